"""A second start is open in under five seconds."""

from drills._portal import Failed, folder, report, running

MOST_SECONDS = 5.0
STARTS = 3


def drill() -> str:
    """Start an instance once, then some times more, and time those."""
    with folder() as path:
        with running(path / "instance") as first:
            first_seconds = first.opened_after_seconds
        seconds = []
        for _ in range(STARTS):
            with running(path / "instance") as portal:
                seconds.append(portal.opened_after_seconds)
    words = f"first {first_seconds:.1f} s, then {', '.join(f'{s:.1f}' for s in seconds)} s"
    if min(seconds) > MOST_SECONDS:
        raise Failed(words)
    return words


if __name__ == "__main__":
    raise SystemExit(report(drill))
