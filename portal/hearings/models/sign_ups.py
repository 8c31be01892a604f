"""Tables of sign-ups, of what is said around them, and of who wants to be told of the opening."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.crypto import EncryptedText
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.hearings.rules.kinds import Way


class SignUp(Base):
    """Somebody who wants to take part, with a party or alone; how it stands is in its claim.

    :ivar number: by which it can be named at the door and by telephone
    :ivar claim_id: its claim on places, of the room's or the online pool
    :ivar name: None once it was erased; so with all that is encrypted
    :ivar email: None for a caller without one
    :ivar contact_index: keyed hash of the address, or of the telephone of a caller without one
    :ivar needs: what somebody needs to take part, such as an interpreter
    :ivar question: question or opinion in advance
    :ivar consent: version of the consent that was given
    :ivar link_version: raised to revoke its links
    :ivar letter_id: the letter that asks to open the link; its sending starts the time of the hold
    :ivar code_hash: keyed hash of the code on a caller's slip
    :ivar told_moves: the hearing's ``moves`` of which its party knows
    :ivar is_by_staff: the staff wrote it down
    """

    __tablename__ = "sign_ups"
    __table_args__ = (Index(None, "hearing_id", "contact_index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), index=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("place_claims.id"), unique=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    way: Mapped[Way] = mapped_column(word_column(Way, "way"))
    language: Mapped[str] = mapped_column(String(2))
    name: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    contact_index: Mapped[str | None] = mapped_column(String(64))
    needs: Mapped[str | None] = mapped_column(EncryptedText)
    question: Mapped[str | None] = mapped_column(EncryptedText)
    consent: Mapped[str] = mapped_column(String(20))
    link_version: Mapped[int] = mapped_column(default=1)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), index=True)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    told_moves: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    thanked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_by_staff: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignUpRequest(Base):
    """One form that was sent: the same form is one request, and a second one of the same person
    leads to their first sign-up.

    :ivar key_hash: keyed hash of the form's key
    :ivar number: what the page shows, whatever the request led to
    """

    __tablename__ = "sign_up_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    sign_up_id: Mapped[int] = mapped_column(ForeignKey("sign_ups.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class OpeningNotice(Base):
    """Somebody who wants one letter when sign-up opens; erased once it went out.

    :ivar confirmed_at: when the link of the first letter was opened; None: not yet
    """

    __tablename__ = "opening_notices"
    __table_args__ = (UniqueConstraint("hearing_id", "contact_index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), index=True)
    contact_index: Mapped[str] = mapped_column(String(64))
    email: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Message(Base):
    """What the staff wrote to many at once.

    :ivar audience: ``all``, ``confirmed``, ``waiting`` or ``online``
    :ivar letters: how many letters were queued
    """

    __tablename__ = "hearing_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), index=True)
    audience: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    letters: Mapped[int]
    sent_by: Mapped[str] = mapped_column(String(80))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Review(Base):
    """What somebody thought of a hearing afterwards; nothing says who.

    :ivar key_hash: keyed hash of what the link names, so that each is used once
    :ivar content: was it worth coming, 1 to 5; ``access``: could they take part well
    :ivar wish: what should be better, in their words
    """

    __tablename__ = "hearing_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[int]
    access: Mapped[int]
    wish: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
