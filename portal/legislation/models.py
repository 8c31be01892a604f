"""Tables of ordinances, bills and highlights."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import Imported, Sourced, word_column
from portal.council.rules import Nature
from portal.extensions import Base
from portal.legislation.rules.kinds import (
    BillKind,
    CostCategory,
    EnactmentKind,
    Field,
    Proposer,
    SponsorRole,
    StepKind,
    StepResult,
)
from portal.moderation.models import ATTACHMENTS, Publishable
from portal.moderation.parts import Part


class Ordinance(Publishable, Imported, Sourced, Base):
    """An ordinance by its official title; what was decided about it are its enactments.

    :ivar plain_title: what people call it, in a few words
    :ivar address: where its official text can be read
    """

    __tablename__ = "ordinances"
    title_field = "title"
    editable_fields = (
        "title",
        "title_en",
        "plain_title",
        "plain_title_en",
        "field",
        "address",
        "note",
        "note_en",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    plain_title: Mapped[str | None] = mapped_column(String(120))
    plain_title_en: Mapped[str | None] = mapped_column(String(120))
    field: Mapped[Field] = mapped_column(word_column(Field, "field"), index=True)
    address: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class EnactmentSponsor(Imported, Base):
    """A member who brought an enactment in."""

    __tablename__ = "enactment_sponsors"
    __table_args__ = (UniqueConstraint("enactment_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enactment_id: Mapped[int] = mapped_column(ForeignKey("enactments.id"), index=True)
    position: Mapped[int]
    role: Mapped[SponsorRole] = mapped_column(word_column(SponsorRole, "role"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(80))


class Enactment(Publishable, Imported, Sourced, Base):
    """One time that an ordinance was made, changed or repealed, with its dates.

    :ivar passed_on: day of the plenary's decision; ``passed_nature`` says whether it is printed
    :ivar promulgation: printed number of the promulgation, such as ``제7541호``
    :ivar session_number: session in which it passed; ``session_nature`` says whether it is printed
    :ivar proposer: who brought it in, as printed
    :ivar summary: what it changes, in words of our own
    """

    __tablename__ = "enactments"
    title_field = "summary"
    editable_fields = (
        "ordinance_id",
        "kind",
        "summary",
        "summary_en",
        "passed_on",
        "passed_nature",
        "transmitted_on",
        "promulgated_on",
        "promulgation",
        "in_force_on",
        "session_number",
        "session_nature",
        "committee_id",
        "proposer",
        "proposer_en",
        "note",
        "note_en",
    )
    parts = (
        Part(
            "sponsors",
            EnactmentSponsor,
            ("role", "member_id", "name"),
            "enactment_id",
            position="position",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    ordinance_id: Mapped[int] = mapped_column(ForeignKey("ordinances.id"), index=True)
    kind: Mapped[EnactmentKind] = mapped_column(word_column(EnactmentKind, "kind"), index=True)
    summary: Mapped[str] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    passed_on: Mapped[date | None]
    passed_nature: Mapped[Nature] = mapped_column(word_column(Nature, "passed_nature"))
    transmitted_on: Mapped[date | None]
    promulgated_on: Mapped[date | None]
    promulgation: Mapped[str | None] = mapped_column(String(40))
    in_force_on: Mapped[date | None]
    session_number: Mapped[int | None] = mapped_column(index=True)
    session_nature: Mapped[Nature] = mapped_column(word_column(Nature, "session_nature"))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    proposer: Mapped[str | None] = mapped_column(String(160))
    proposer_en: Mapped[str | None] = mapped_column(String(160))
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class OrdinanceVersion(Base):
    """The text of an ordinance as it stood from one promulgation on, as an operator imported it.

    :ivar number: printed number of the promulgation, without leading zeros
    :ivar content: articles and addenda (``rules.text``)
    :ivar checksum: of the file it was read from
    """

    __tablename__ = "ordinance_versions"
    __table_args__ = (UniqueConstraint("ordinance_id", "promulgated_on", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ordinance_id: Mapped[int] = mapped_column(ForeignKey("ordinances.id"), index=True)
    number: Mapped[str] = mapped_column(String(40))
    promulgated_on: Mapped[date]
    in_force_on: Mapped[date | None]
    change: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    checksum: Mapped[str] = mapped_column(String(64))


class BillSponsor(Imported, Base):
    """A member who brought a bill in or supports it; ``name`` where it is no known member."""

    __tablename__ = "bill_sponsors"
    __table_args__ = (UniqueConstraint("bill_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bills.id"), index=True)
    position: Mapped[int]
    role: Mapped[SponsorRole] = mapped_column(word_column(SponsorRole, "role"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(80))


class BillStep(Imported, Sourced, Base):
    """A dated step of a bill; before several committees each has its own.

    :ivar on: its day; None where no source says it
    :ivar nature: whether the day is printed for this step or was derived
    :ivar event_id: the sitting in which it happened
    :ivar text: what the source says of it besides, such as who was elected
    """

    __tablename__ = "bill_steps"
    # The indexes hold all that asks what bills came to, so that no step itself is read for it.
    __table_args__ = (
        UniqueConstraint("bill_id", "position"),
        Index("ix_bill_steps_bill_id_kind_result_on", "bill_id", "kind", "result", "on"),
        Index("ix_bill_steps_kind_on_bill_id", "kind", "on", "bill_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bills.id"), index=True)
    position: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(word_column(StepKind, "kind"))
    on: Mapped[date | None] = mapped_column(index=True)
    nature: Mapped[Nature] = mapped_column(word_column(Nature, "nature"))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    result: Mapped[StepResult | None] = mapped_column(word_column(StepResult, "result"))
    text: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstained: Mapped[int | None]
    present: Mapped[int | None]


class Bill(Publishable, Imported, Sourced, Base):
    """A bill, from its proposal on; ``BillStep`` says what became of it.

    :ivar number: number under which the council keeps it (의안번호); None: not known
    :ivar proposer: who brought it in, as printed
    :ivar amount: the money it is about, as printed
    :ivar cost_yearly_won: estimated costs in a year on average
    :ivar ordinance_id: the ordinance that it makes or changes
    """

    __tablename__ = "bills"
    # The list in its order, with what narrows it; and which rows leave the public next, which
    # every page asks.
    __table_args__ = (
        Index("ix_bills_listed", "state", "session_number", "number", "id", "withdraw_at", "kind"),
        Index("ix_bills_state_withdraw_at", "state", "withdraw_at"),
    )
    title_field = "title"
    editable_fields = (
        "number",
        "title",
        "title_en",
        "kind",
        "session_number",
        "proposed_by",
        "proposer",
        "proposer_en",
        "summary",
        "summary_en",
        "amount",
        "amount_en",
        "cost_category",
        "cost_yearly_won",
        "cost_once_won",
        "ordinance_id",
        "note",
        "note_en",
    )
    parts = (
        Part(
            "steps",
            BillStep,
            (
                "kind",
                "on",
                "nature",
                "committee_id",
                "event_id",
                "result",
                "text",
                "text_en",
                "votes_for",
                "votes_against",
                "abstained",
                "present",
            ),
            "bill_id",
            position="position",
        ),
        Part(
            "sponsors", BillSponsor, ("role", "member_id", "name"), "bill_id", position="position"
        ),
        ATTACHMENTS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    number: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    kind: Mapped[BillKind] = mapped_column(word_column(BillKind, "kind"), index=True)
    session_number: Mapped[int | None] = mapped_column(index=True)
    proposed_by: Mapped[Proposer | None] = mapped_column(word_column(Proposer, "proposed_by"))
    proposer: Mapped[str | None] = mapped_column(String(160))
    proposer_en: Mapped[str | None] = mapped_column(String(160))
    summary: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[str | None] = mapped_column(String(200))
    amount_en: Mapped[str | None] = mapped_column(String(200))
    cost_category: Mapped[CostCategory | None] = mapped_column(
        word_column(CostCategory, "cost_category")
    )
    cost_yearly_won: Mapped[int | None] = mapped_column(BigInteger)
    cost_once_won: Mapped[int | None] = mapped_column(BigInteger)
    ordinance_id: Mapped[int | None] = mapped_column(ForeignKey("ordinances.id"), index=True)
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class Collection(Publishable, Imported, Sourced, Base):
    """A choice of highlights, such as the ordinances of an anniversary.

    :ivar position: its place on the page, from 1
    :ivar text: why and by whom they were chosen, in Markdown
    """

    __tablename__ = "highlight_collections"
    title_field = "title"
    editable_fields = ("position", "title", "title_en", "text", "text_en")

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str | None] = mapped_column(String(120))
    text: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)


class Highlight(Publishable, Imported, Sourced, Base):
    """What an ordinance changes in people's lives, as the editors tell it.

    :ivar effect: what changes for you, in one sentence
    :ivar affected: for whom
    :ivar position: its place in its collection, from 1
    :ivar script: the words of its pictures, or the story without pictures, in Markdown
    """

    __tablename__ = "highlights"
    title_field = "effect"
    editable_fields = (
        "ordinance_id",
        "collection_id",
        "position",
        "effect",
        "effect_en",
        "affected",
        "affected_en",
        "since",
        "script",
        "script_en",
    )
    parts = (ATTACHMENTS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    ordinance_id: Mapped[int] = mapped_column(ForeignKey("ordinances.id"), index=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("highlight_collections.id"), index=True)
    position: Mapped[int]
    effect: Mapped[str] = mapped_column(String(300))
    effect_en: Mapped[str | None] = mapped_column(String(300))
    affected: Mapped[str | None] = mapped_column(String(160))
    affected_en: Mapped[str | None] = mapped_column(String(160))
    since: Mapped[str | None] = mapped_column(String(10))
    script: Mapped[str | None] = mapped_column(Text)
    script_en: Mapped[str | None] = mapped_column(Text)


class SupportProgramme(Imported, Base):
    """A work programme by which the secretariat helps with bills.

    :ivar programme: its address (slug)
    """

    __tablename__ = "support_programmes"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    programme: Mapped[str] = mapped_column(String(80), unique=True)


class CostYear(Imported, Sourced, Base):
    """How many bills were looked at for their costs in one time, and what came of it.

    :ivar period: as ``2019`` or ``2020-01/2020-10``
    :ivar total: as printed
    :ivar estimates: got a cost estimate (비용추계서)
    :ivar reasons: got a statement of reason instead (미첨부사유서); ``small`` and ``declaratory``
        are its two kinds, no. 1 and no. 2; None where only both together are printed
    :ivar none: cost nothing (비대상사유서)
    """

    __tablename__ = "cost_years"

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(21), unique=True)
    total: Mapped[int]
    estimates: Mapped[int]
    reasons: Mapped[int]
    small: Mapped[int | None]
    declaratory: Mapped[int | None]
    none: Mapped[int]


class HardWord(Publishable, Imported, Base):
    """A word that citizens rarely use, with a plainer one; writers of summaries are told of it."""

    __tablename__ = "hard_words"
    title_field = "word"
    editable_fields = ("word", "plainer")

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(60), unique=True)
    plainer: Mapped[str] = mapped_column(String(120))
