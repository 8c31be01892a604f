"""`kill -9` of the web server's processes under load: the next request is answered."""

import os
import signal
import threading
import time

from drills._portal import Failed, Portal, folder, is_alive, report, running, until

READERS = 4
KILLS = 5
PAGES = ("/", "/calendar", "/council/members", "/en/council")


class Load:
    """Readers that ask for pages until they are told to stop."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._stops = threading.Event()
        self.answered = 0
        self.lost = 0
        self.errors: list[int] = []
        self._threads = [threading.Thread(target=self._read) for _ in range(READERS)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stops.set()
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        """Ask for one page after the other; a request that is lost counts, then the next."""
        while not self._stops.is_set():
            for path in PAGES:
                status = self._portal.get(path)
                if status == 0:
                    self.lost += 1
                elif status >= 500:
                    self.errors.append(status)
                else:
                    self.answered += 1


def drill() -> str:
    """Kill processes one after the other while pages are read."""
    with folder() as path, running(path / "instance") as portal, Load(portal) as load:
        until(lambda: load.answered > 50, "pages are answered")
        slowest = 0.0
        for number in range(KILLS):
            # The last one is the keeper of all the others.
            victims = list(portal.children(portal.web_pid()))
            victim = portal.web_pid() if number == KILLS - 1 else victims[number % len(victims)]
            _kill(victim, portal)
            slowest = max(slowest, _seconds_to_answer(portal))
        before = load.answered
        until(lambda: load.answered > before + 50, "pages are answered again")
    return _judge(load, slowest)


def _kill(victim: int, portal: Portal) -> None:
    """Kill a process and wait until it and those below it are dead.

    A process that is dying may still take a connection with it.
    """
    held = [victim, *portal.children(victim)]
    os.kill(victim, signal.SIGKILL)
    until(lambda: not any(is_alive(pid) for pid in held), "the killed are dead")


def _seconds_to_answer(portal: Portal) -> float:
    """Ask once, right after a kill, and return how long the answer took."""
    began = time.monotonic()
    status = portal.get("/")
    if status != 200:
        raise Failed(f"the next request after a kill was not answered (status {status})")
    return time.monotonic() - began


def _judge(load: Load, slowest: float) -> str:
    """Only requests that a killed process already held may be lost."""
    if load.errors:
        raise Failed(f"{len(load.errors)} answers were errors: {sorted(set(load.errors))}")
    if load.lost > KILLS * READERS:
        raise Failed(f"{load.lost} requests were lost, more than the killed processes held")
    return (
        f"{KILLS} kills, {load.answered} requests answered, {load.lost} lost in the killed "
        f"processes; the next request took at most {slowest:.2f} s"
    )


if __name__ == "__main__":
    raise SystemExit(report(drill))
