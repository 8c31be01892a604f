"""Letters that became files, read again: without a mail server, the folder is the post box."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from markupsafe import Markup

from portal.notifications.wording import as_paragraphs


@dataclass(frozen=True)
class FiledLetter:
    """A letter as it would have arrived.

    :ivar at: when it was written, aware; None when its date can't be read
    :ivar paragraphs: its text; addresses of the portal are links
    """

    subject: str
    to: str
    at: datetime | None
    language: str
    paragraphs: tuple[Markup, ...]


def filed_letters(folder: Path, *, most: int) -> Iterator[FiledLetter]:
    """Give the letters of a folder, the newest first."""
    names = sorted((path.name for path in folder.glob("*.eml")), reverse=True)
    for name in names[:most]:
        with (folder / name).open("rb") as file:
            yield _read(BytesParser(EmailMessage, policy=policy.default).parse(file))


def _read(message: EmailMessage) -> FiledLetter:
    """Return a letter from its message."""
    body = message.get_body(("plain",))
    dated = message["Date"]
    return FiledLetter(
        subject=str(message["Subject"]),
        to=str(message["To"]),
        at=dated.datetime if dated else None,
        language=str(message["Content-Language"]),
        paragraphs=as_paragraphs(body.get_content() if body else ""),
    )
