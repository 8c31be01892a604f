"""Write requirements-build.txt, requirements.txt and requirements-dev.txt from their .in files.

One lock serves Python 3.11, 3.12 and 3.13 on every platform, each file pinned by hash.
Run with `make lock`; it needs the package index. With `--upgrade` newer versions are taken,
otherwise the versions that the lock holds are kept where they still fit.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
    *("--python-version", OLDEST_PYTHON),
    # A wheel for everything but Flask-Principal, which Flask-Security needs and which has none:
    # nothing else is built on the machine that installs.
    *("--only-binary", ":all:", "--no-binary", "flask-principal"),
    # The name of an index in the lock would bind everybody to the one used here.
    *("--no-emit-index-url", "--no-emit-find-links"),
    *("--custom-compile-command", "make lock"),
)


def lock(name: str, *, options: list[str]) -> None:
    """Write one lock file beside its .in file.

    :param name: file name without its ending, such as `requirements-dev`
    :param options: further options of `uv pip compile`
    :raise subprocess.CalledProcessError: when the requirements cannot be met
    """
    command = [sys.executable, "-m", *COMPILE, *options, f"{name}.in", "-o", f"{name}.txt"]
    subprocess.run(command, cwd=FOLDER, check=True)


def main() -> int:
    """Lock the files, the one for development bound to the versions of the other."""
    options = [option for option in sys.argv[1:] if option == "--upgrade"]
    try:
        lock("requirements-build", options=options)
        lock("requirements", options=options)
        lock("requirements-dev", options=[*options, "--constraint", "requirements.txt"])
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
