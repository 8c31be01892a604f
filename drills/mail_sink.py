"""A thousand letters to a mail server with moods while the worker is killed: none is lost.

The server answers some letters 451 the first time and hangs up after others' DATA. Only a letter
that it hung up on, or that was under way at a kill, may come twice: SMTP cannot tell.
"""

import os
import signal
import socket
import subprocess
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from drills._portal import PYTHON, ROOT, Failed, Portal, folder, is_alive, report, running, until

LETTERS = 1000
KILLS = 3
# The keeper of the worker gives up after three deaths in a minute.
BETWEEN_KILLS_SECONDS = 31.0
PAUSE_SECONDS = 0.08
EACH_LATER, EACH_DROPPED = 10, 50
# A letter whose worker was killed goes out again after thirty times the server's time limit.
TIMEOUT_SECONDS = 2

QUEUE = f"""
from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.notifications.services import queue_letter
from wsgi import app
with app.app_context():
    begin_write()
    for number in range({LETTERS}):
        queue_letter(db.session(), kind="test", to=f"a{{number}}@example.org", language="ko",
                     context={{}}, at=real_now())
    db.session.commit()
"""


class Sink:
    """Takes letters, with moods, and counts them by their Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.hung_up: set[str] = set()
        self._later: set[str] = set()

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take a letter, put it off once, or take it and hang up."""
        time.sleep(PAUSE_SECONDS)
        name = str(message_from_bytes(envelope.original_content or b"")["Message-ID"])
        number = len(self.taken) + len(self._later)
        if number % EACH_LATER == 0 and name not in self._later and not self.taken[name]:
            self._later.add(name)
            return "451 later"
        self.taken[name] += 1
        if number % EACH_DROPPED == 1 and name not in self.hung_up:
            self.hung_up.add(name)
            assert server.transport is not None
            server.transport.close()
        return "250 taken"


def drill() -> str:
    """Queue the letters, kill the worker now and then, and count what arrived."""
    sink = Sink()
    port = _free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    settings = {
        "PORTAL_SMTP_HOST": "127.0.0.1",
        "PORTAL_SMTP_PORT": str(port),
        "PORTAL_SMTP_TLS": "none",
        "PORTAL_SMTP_TIMEOUT": str(TIMEOUT_SECONDS),
    }
    with folder() as path, running(path / "instance", **settings) as portal:
        _queue(path / "instance", settings)
        until(lambda: len(sink.taken) > 20, "letters arrive", within_seconds=90)
        for _kill in range(KILLS):
            _kill_worker(portal)
            time.sleep(BETWEEN_KILLS_SECONDS)
        until(lambda: len(sink.taken) == LETTERS, "every letter arrives", within_seconds=600)
    server.stop()
    return _judge(sink)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _queue(instance: Path, settings: dict[str, str]) -> None:
    """Put the letters into the outbox in one transaction."""
    environ = {**os.environ, "PORTAL_INSTANCE_DIR": str(instance), **settings}
    subprocess.run([PYTHON, "-c", QUEUE], cwd=ROOT, env=environ, check=True)


def _kill_worker(portal: Portal) -> None:
    """Kill the worker outright; its keeper starts another one."""
    victim = next(pid for pid, command in portal.children().items() if " worker" in command)
    os.kill(victim, signal.SIGKILL)
    until(lambda: not is_alive(victim), "the killed worker is dead")


def _judge(sink: Sink) -> str:
    """Only what SMTP cannot tell may come twice."""
    double = {name for name, count in sink.taken.items() if count > 1}
    unexplained = len(double - sink.hung_up)
    if unexplained > KILLS:
        raise Failed(f"{unexplained} letters came twice, more than were under way at {KILLS} kills")
    return (
        f"{LETTERS} letters, {KILLS} kills, {len(sink.hung_up)} hung up on: 0 lost, "
        f"{len(double)} double, {unexplained} of them by a kill"
    )


if __name__ == "__main__":
    raise SystemExit(report(drill))
