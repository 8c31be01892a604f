"""An outbox for tests: letters in it, and a mail server that takes them."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from portal.extensions import db
from portal.notifications import services
from portal.notifications.models import Letter

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


class Sink:
    """A mail server that keeps what it takes and answers as it is told, then 250."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.seen: list[str] = []
        self.kept: list[str] = []
        self.letters: list[bytes] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.answers and self.answers[0].startswith("550"):
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        name = email.message_from_bytes(envelope.content)["Message-ID"]
        self.seen.append(name)
        self.letters.append(envelope.content)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "drop":
            server.transport.abort()
            return "421 gone"
        if answer.startswith("250"):
            self.kept.append(name)
        return answer


@contextmanager
def mail_server() -> Iterator[tuple[Sink, int]]:
    """Run a mail server on this machine, and give its port."""
    handler = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def read_letter(raw: bytes) -> EmailMessage:
    """Return a letter as a program of the reader's sees it."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def queue(**changes) -> Letter:
    values = {"kind": "test", "to": "kim@example.kr", "language": "ko", "context": {}, "at": NOW}
    letter = services.queue_letter(db.session(), **{**values, **changes})
    db.session.commit()
    return letter


def state_of(letter: Letter) -> str:
    return letter.state.value
