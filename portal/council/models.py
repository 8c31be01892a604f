"""Tables of the council, its members and committees."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.core.models import Imported, Sourced, word_column
from portal.core.partial_dates import first_day
from portal.council.rules import CommitteeKind, Nature, Rank, SeatKind, StartBasis, UnitKind
from portal.extensions import Base
from portal.moderation.models import Publishable
from portal.moderation.parts import Part


class Council(Base):
    """The one council of this portal: its name and where it is found."""

    __tablename__ = "councils"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    secretariat: Mapped[str] = mapped_column(String(120))
    secretariat_en: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    address: Mapped[str | None] = mapped_column(String(300))
    address_en: Mapped[str | None] = mapped_column(String(300))
    postal_code: Mapped[str | None] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(String(40))
    opening_hours: Mapped[str | None] = mapped_column(String(120))
    website: Mapped[str | None] = mapped_column(String(300))


class Term(Imported, Sourced, Base):
    """A council between two elections (대)."""

    __tablename__ = "terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opened_on: Mapped[date | None]
    district_seats: Mapped[int]
    proportional_seats: Mapped[int]


class Party(Imported, Base):
    """A party; a renamed one is another row."""

    __tablename__ = "parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))


class PartySeatCount(Imported, Sourced, Base):
    """How many seats a party held on a day, as printed."""

    __tablename__ = "party_seat_counts"
    __table_args__ = (UniqueConstraint("term_id", "party_id", "as_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    seats: Mapped[int]
    as_of: Mapped[date]


class Area(Imported, Base):
    """A part of the city with districts of its own (자치구)."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str | None] = mapped_column(String(80))


class District(Imported, Base):
    """An electoral district (선거구): a number within an area."""

    __tablename__ = "districts"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))


class Affiliation(Imported, Sourced, Base):
    """The party in which a member was seen, or that they had none.

    :ivar seen_on: partial date of the evidence
    :ivar party_id: None when the member had no party
    """

    __tablename__ = "affiliations"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"), index=True)
    seen_on: Mapped[str | None] = mapped_column(String(10))
    nature: Mapped[Nature] = mapped_column(word_column(Nature, "nature"))
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class Membership(Imported, Sourced, Base):
    """A member's role in a committee or another body, with its dates.

    :ivar starts_on: partial date on which it began or was seen, as ``start_basis`` says
    :ivar first_on: the first day that ``starts_on`` may mean; it follows by itself
    :ivar body: name of a body that is no committee; empty for the council itself
    """

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    body: Mapped[str | None] = mapped_column(String(160))
    body_en: Mapped[str | None] = mapped_column(String(160))
    rank: Mapped[Rank] = mapped_column(word_column(Rank, "rank"))
    role: Mapped[str] = mapped_column(String(160))
    role_en: Mapped[str | None] = mapped_column(String(160))
    starts_on: Mapped[str | None] = mapped_column(String(10))
    first_on: Mapped[date | None] = mapped_column(index=True)
    start_basis: Mapped[StartBasis] = mapped_column(word_column(StartBasis, "start_basis"))
    ends_on: Mapped[date | None]
    end_nature: Mapped[Nature | None] = mapped_column(word_column(Nature, "end_nature"))
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)

    @validates("starts_on")
    def _follow_start(self, _name: str, starts_on: str | None) -> str | None:
        """Let the first day follow, whoever writes the date: an import or a desk."""
        self.first_on = first_day(starts_on) if starts_on else None
        return starts_on


class Member(Publishable, Imported, Sourced, Base):
    """A member of the council in one term."""

    __tablename__ = "members"
    editable_fields = (
        "name",
        "name_en",
        "initials",
        "term_id",
        "seat",
        "district_id",
        "note",
        "note_en",
    )
    parts = (
        Part(
            "affiliations",
            Affiliation,
            ("seen_on", "party_id", "nature", "note", "note_en"),
            "member_id",
        ),
        Part(
            "memberships",
            Membership,
            (
                "starts_on",
                "start_basis",
                "ends_on",
                "end_nature",
                "committee_id",
                "body",
                "body_en",
                "rank",
                "role",
                "role_en",
                "note",
                "note_en",
            ),
            "member_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    name_en: Mapped[str | None] = mapped_column(String(120))
    initials: Mapped[str] = mapped_column(String(120))
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"))
    seat: Mapped[SeatKind] = mapped_column(word_column(SeatKind, "seat"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"), index=True)
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)
    district: Mapped[District | None] = relationship(lazy="raise")


class Remit(Imported, Sourced, Base):
    """An office of the city that a committee watches over."""

    __tablename__ = "remits"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str | None] = mapped_column(String(160))


class Committee(Publishable, Imported, Sourced, Base):
    """A committee; one without dates stands as long as the council."""

    __tablename__ = "committees"
    editable_fields = (
        "position",
        "name",
        "name_en",
        "kind",
        "starts_on",
        "ends_on",
        "is_remit_complete",
        "remit_as_of",
        "note",
        "note_en",
    )
    parts = (Part("remits", Remit, ("name", "name_en"), "committee_id", position="position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str | None] = mapped_column(String(160))
    kind: Mapped[CommitteeKind] = mapped_column(word_column(CommitteeKind, "kind"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    is_remit_complete: Mapped[bool]
    remit_as_of: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class Duty(Imported, Sourced, Base):
    """Something a unit does."""

    __tablename__ = "duties"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)


class Unit(Publishable, Imported, Sourced, Base):
    """A unit of the secretariat, with what it takes to reach it.

    :ivar count: how many such units the row stands for; 1 but for groups such as expert offices
    :ivar opening_hours: such as ``Mo-Fr 09:00-18:00``; closed on holidays
    """

    __tablename__ = "units"
    editable_fields = (
        "position",
        "name",
        "name_en",
        "kind",
        "parent_id",
        "phone",
        "opening_hours",
        "address",
        "address_en",
    )
    parts = (Part("duties", Duty, ("text", "text_en"), "unit_id", position="position"),)
    open_fields = frozenset(("phone", "opening_hours", "address", "address_en"))

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    kind: Mapped[UnitKind] = mapped_column(word_column(UnitKind, "kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    count: Mapped[int] = mapped_column(default=1)
    phone: Mapped[str | None] = mapped_column(String(40))
    opening_hours: Mapped[str | None] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(300))
    address_en: Mapped[str | None] = mapped_column(String(300))


class StaffCount(Imported, Sourced, Base):
    """The posts of a unit and the people present on a day; unit totals only.

    Smaller cells are never kept: they would point at single persons.
    """

    __tablename__ = "staff_counts"
    __table_args__ = (UniqueConstraint("unit_id", "as_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    as_of: Mapped[date]
    quota: Mapped[int]
    present: Mapped[int]
