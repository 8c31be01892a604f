"""Ctrl-C under load: what was begun is answered, nothing stays behind."""

from drills._portal import Failed, folder, is_alive, report, running, until
from drills.kill_worker import Load


def drill() -> str:
    """Stop a portal that is being read and look at what is left."""
    with folder() as path, running(path / "instance") as portal, Load(portal) as load:
        until(lambda: load.answered > 100, "pages are answered")
        web = portal.web_pid()
        pids = [*portal.children(), *portal.children(web)]
        code = portal.end()
        left = [pid for pid in pids if is_alive(pid)]
    if code != 0 or left or load.errors:
        raise Failed(f"exit code {code}, left behind {left}, errors {load.errors}")
    return f"exit code 0, {load.answered} answered, no process left"


if __name__ == "__main__":
    raise SystemExit(report(drill))
