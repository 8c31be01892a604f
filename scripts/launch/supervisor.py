"""Keep the web server and the worker alive, and end them together.

The children stay in the process group of start.py, so that the terminal reaches all of them;
none of them outlives start.py, however it ends.
"""

import os
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from scripts.launch.processes import Command, start
from scripts.launch.words import Refusal, say

MOST_DEATHS = 3
DEATHS_WITHIN_SECONDS = 60.0
# A little longer than the web server itself gives its requests (deploy/gunicorn.conf.py).
STOP_SECONDS = 35.0
READY_WITHIN_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 1.0
# `timeout` and `make` pass one wish to stop on twice, to the process and to its group.
_SAME_WISH_SECONDS = 1.0


@dataclass
class Child:
    """One process that is kept alive.

    :ivar name: what people call it: "web server", "worker"
    :ivar pass_fds: open files that it inherits
    """

    name: str
    command: Command
    environ: Mapping[str, str]
    pass_fds: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    deaths: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        """Start the process so that it ends when this one ends."""
        self.process = start(self.command, environ=self.environ, pass_fds=self.pass_fds)

    def exit_code(self) -> int | None:
        """Return the exit code, negative for a signal; None while it lives."""
        return self.process.poll() if self.process else None

    def tell(self, signal_number: int) -> None:
        """Send a signal to a process that still lives."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal_number)

    def died_too_often(self, now: float) -> bool:
        """Count a death and tell whether it was one too many.

        :param now: seconds of a clock that never goes back
        """
        self.deaths.append(now)
        while self.deaths[0] <= now - DEATHS_WITHIN_SECONDS:
            self.deaths.popleft()
        return len(self.deaths) >= MOST_DEATHS


class Supervisor:
    """Run children until a signal or until one of them dies too often.

    Used as a context, so that children that were started early are ended in any case.

    :param is_ready: asked again and again after the start until it says yes
    :param announce: called once, when the site is ready
    :param close_entrance: called when the stop begins, so that no further request comes in
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        is_ready: Callable[[], bool],
        announce: Callable[[], None],
        close_entrance: Callable[[], None],
    ) -> None:
        self._children = children
        self._is_ready = is_ready
        self._announce = announce
        self._close_entrance = close_entrance
        self._announced = False
        self._stop_asked_at = 0.0
        self._is_in_hurry = False
        self._alarm_read, self._alarm_write = os.pipe()

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_: object) -> None:
        """End whatever was started, however the block was left."""
        self._stop()

    def run(self) -> int:
        """Start the children that do not run yet and stay until the end; return the exit code.

        :raise Refusal: a child died too often, or the site never became ready
        """
        self._catch_signals()
        give_up_at = time.monotonic() + READY_WITHIN_SECONDS
        for child in self._children:
            if child.process is None:
                child.start()
        while not self._stop_asked_at:
            self._revive()
            self._greet(give_up_at)
            self._sleep()
        return 0

    def _catch_signals(self) -> None:
        """Note each signal and wake the loop; a signal in between is never lost."""
        os.set_blocking(self._alarm_write, False)
        os.set_blocking(self._alarm_read, False)
        signal.set_wakeup_fd(self._alarm_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note_stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._note_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _note_stop(self, number: int, frame: FrameType | None) -> None:
        """Note the wish to stop; a second one is in a hurry."""
        if not self._stop_asked_at:
            self._stop_asked_at = time.monotonic()
        elif time.monotonic() - self._stop_asked_at > _SAME_WISH_SECONDS:
            self._is_in_hurry = True

    def _revive(self) -> None:
        """Start a child again that has died."""
        for child in self._children:
            code = child.exit_code()
            if code is None or self._stop_asked_at:
                continue
            too_often = child.died_too_often(time.monotonic())
            if not self._announced:
                raise Refusal(f"the {child.name} {_ending(code)} before the site was ready")
            if too_often:
                raise Refusal(
                    f"the {child.name} {_ending(code)}, {MOST_DEATHS} times in "
                    f"{DEATHS_WITHIN_SECONDS:.0f} seconds. Given up; the lines above say why"
                )
            say(f"portal: the {child.name} {_ending(code)}; it is started again")
            child.start()

    def _greet(self, give_up_at: float) -> None:
        """Announce the site once it answers."""
        if self._announced or self._stop_asked_at:
            return
        if self._is_ready():
            self._announced = True
            self._announce()
        elif time.monotonic() > give_up_at:
            raise Refusal(f"the site did not answer within {READY_WITHIN_SECONDS:.0f} seconds")

    def _sleep(self, seconds: float = _LOOK_AGAIN_SECONDS) -> None:
        """Wait for a signal, at most so long; before the site is ready hardly at all."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._alarm_read, selectors.EVENT_READ)
            if selector.select(seconds if self._announced or self._stop_asked_at else 0.05):
                os.read(self._alarm_read, 4096)

    def _stop(self) -> None:
        """End all children: asked first, killed when time is up or a second signal comes."""
        self._close_entrance()
        for child in self._children:
            child.tell(signal.SIGTERM)
        end_at = time.monotonic() + STOP_SECONDS
        while self._are_alive() and not self._is_in_hurry and time.monotonic() < end_at:
            self._sleep(0.1)
        for child in self._children:
            child.tell(signal.SIGKILL)
            if child.process:
                child.process.wait()

    def _are_alive(self) -> bool:
        """Tell whether any child still lives."""
        return any(child.process and child.exit_code() is None for child in self._children)


def _ending(code: int) -> str:
    """Return in words how a process ended."""
    return f"was ended by signal {-code}" if code < 0 else f"ended (exit code {code})"
