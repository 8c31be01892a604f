"""What carries letters out of the house: a mail server, or files where there is none."""

import os
import smtplib
import ssl
from contextlib import suppress
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import current_app
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.smtp import EmailBackend

from portal.core.i18n import in_language
from portal.extensions import db, mail
from portal.notifications.kinds import Attachment, kind_of
from portal.notifications.rules import Channel, Parcel
from portal.notifications.wording import Wording, word_letter


class Carriers:
    """Carries letters during one run of the worker; used as a context."""

    def __init__(self) -> None:
        """Begin without a connection: it is opened for the first e-mail."""
        self._server: EmailBackend | None = None

    def __enter__(self) -> "Carriers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take leave of the server. A letter it has taken is sent, whatever it answers now."""
        if self._server is not None:
            with suppress(OSError):
                self._server.close()

    def carry(self, parcel: Parcel) -> None:
        """Carry one letter.

        :raise OSError: the server did not take it, or its file can't be written
        """
        wording = word_letter(parcel.kind, parcel.language, parcel.context)
        if parcel.channel == Channel.TEXT_MESSAGE:
            _write(_folder("sms"), f"{parcel.letter_id:08}.txt", _short_message(parcel, wording))
        elif current_app.config["SMTP_HOST"]:
            self._post(make_message(parcel, wording))
        else:
            data = make_message(parcel, wording).message().as_bytes()
            _write(_folder("mail"), f"{parcel.letter_id:08}.eml", data)

    def _post(self, message: EmailMultiAlternatives) -> None:
        """Give a message to the server; after a failure the next one gets a new connection."""
        try:
            if self._server is None:
                self._server = _new_server()
                self._server.open()
            self._server.send_messages([message])
        except OSError:
            self._hang_up()
            raise

    def _hang_up(self) -> None:
        """Close the connection without a word: a server that hangs would let the word hang."""
        server, self._server = self._server, None
        if server is not None and server.connection is not None:
            server.connection.close()


def make_message(parcel: Parcel, wording: Wording) -> EmailMultiAlternatives:
    """Return the e-mail of a letter.

    Two attempts differ in their date, and in what is attached when rows changed in between.
    """
    headers = {
        "Message-ID": parcel.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": parcel.language,
    }
    message = EmailMultiAlternatives(
        wording.subject,
        wording.text,
        current_app.config["MAIL_SENDER"],
        [parcel.recipient],
        headers=headers,
    )
    message.attach_alternative(wording.html, "text/html")
    for attachment in _attachments_of(parcel):
        message.attach(_as_part(attachment))
    return message


def _attachments_of(parcel: Parcel) -> tuple[Attachment, ...]:
    """Return what goes with a letter, made now of its context."""
    attach = kind_of(parcel.kind).attach
    if attach is None:
        return ()
    try:
        with in_language(parcel.language):
            return attach(parcel.context, parcel.language)
    finally:
        # What it read ends here: no transaction waits for the mail server.
        db.session.rollback()


def _as_part(attachment: Attachment) -> MIMEBase:
    """Return a file as part of an e-mail, byte for byte, under its type with all parameters.

    The library would read a text anew and write a charset of its own behind it.
    """
    part = MIMEBase("application", "octet-stream")
    part.replace_header("Content-Type", attachment.media_type)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=_mail_name(attachment.filename))
    return part


def _mail_name(name: str) -> str | tuple[str, str, str]:
    """Return a file's name as an e-mail's header takes it (RFC 2231)."""
    return name if name.isascii() else ("utf-8", "", name)


class _CheckedSmtp(smtplib.SMTP):
    """Checks the certificate of the server at STARTTLS, which the library does not."""

    def starttls(self, *_args: Any, **_kwargs: Any) -> tuple[int, bytes]:
        """Begin encryption."""
        return super().starttls(context=ssl.create_default_context())


class _CheckedBackend(EmailBackend):
    """The library's SMTP with a checked certificate in both modes of encryption."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return what speaks to the server."""
        return smtplib.SMTP_SSL if self.use_ssl else _CheckedSmtp


def _new_server() -> EmailBackend:
    """Return the mail server of the settings, not yet connected."""
    config = current_app.config
    server: EmailBackend = mail.get_connection(
        backend=_CheckedBackend,
        host=config["SMTP_HOST"],
        port=config["SMTP_PORT"],
        username=config["SMTP_USER"],
        password=config["SMTP_PASSWORD"],
        use_tls=config["SMTP_TLS"] == "starttls",
        use_ssl=config["SMTP_TLS"] == "tls",
        timeout=config["SMTP_TIMEOUT"],
    )
    return server


def _short_message(parcel: Parcel, wording: Wording) -> bytes:
    """Return a text message as a file: the number, and the sentence of its kind alone."""
    return f"{parcel.recipient}\n{wording.subject}\n".encode()


def _folder(name: str) -> Path:
    """Return a folder of letters as files, for the portal's own account only."""
    folder: Path = current_app.config["INSTANCE_DIR"] / name
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a file that is whole or not there; a second attempt writes the same one again."""
    partial = folder / f".{name}"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / name)
