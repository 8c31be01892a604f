"""Run the portal: `python3 start.py run`, `demo`, `test`; `help` lists every command.

This file is kept in the syntax of the oldest Python 3, so that an old one gets a clear line
instead of a syntax error. Everything else is in scripts/launch.
"""

import os
import sys

OLDEST_PYTHON = (3, 11)


def main():
    # type: () -> int
    """Check the Python version and hand over to the commands."""
    if sys.version_info < OLDEST_PYTHON:
        sys.stderr.write(
            "portal: this is Python %d.%d, the portal needs 3.11, 3.12 or 3.13. Install one and "
            "start with it: python3.11 start.py run, or make run PYTHON=python3.11\n"
            % (sys.version_info[0], sys.version_info[1])
        )
        return 1
    if os.name != "posix":
        sys.stderr.write("portal: runs on Linux and macOS; on Windows run it inside WSL\n")
        return 1
    from scripts.launch.commands import main as run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
