"""Say things to the person at the terminal, and end with one clear line."""

import sys


class Refusal(Exception):
    """Tell the person in one line why it does not go on and what to do next."""

    def __init__(self, english: str, korean: str = "") -> None:
        super().__init__(f"{english} / {korean}" if korean else english)


def prepare_output() -> None:
    """Make output line by line and never fail on a terminal that can't print Korean."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]


def say(text: str) -> None:
    """Print one line; a reader who went away is no reason to stop."""
    try:
        print(text, flush=True)
    except OSError:
        # The terminal or pipe is gone. The site goes on; there is nobody left to tell.
        sys.stdout = open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115


def refuse(refusal: Refusal) -> int:
    """Print why it does not go on and return the exit code."""
    try:
        print(f"portal: {refusal}", file=sys.stderr, flush=True)
    except OSError:
        # Nobody reads; the exit code still tells.
        return 1
    return 1
