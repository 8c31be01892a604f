"""Find members in a list: by name, first consonants, party, committee, area."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.hangul import first_initial, initials, is_initials, romanise_name
from portal.council.pages import MemberRow

#: Filter word for members whose party, area or committee is not known.
UNKNOWN = "unknown"
#: Filter word for members without a party.
NO_PARTY = "none"
PROPORTIONAL = "proportional"


@dataclass(frozen=True)
class MemberFilter:
    """What a list of members is narrowed to; empty words narrow nothing.

    :ivar name: part of a name in Hangul, Latin letters or first consonants
    """

    name: str = ""
    party: str = ""
    committee: str = ""
    area: str = ""
    initial: str = ""


def find_members(rows: Iterable[MemberRow], wanted: MemberFilter) -> tuple[MemberRow, ...]:
    """Return the members that fit, in their order."""
    return tuple(row for row in rows if _fits(row, wanted))


@dataclass(frozen=True)
class MemberCounts:
    """How members are spread: by filter word of area, party and first consonant.

    :ivar missing: see ``missing_districts``
    """

    areas: Mapping[str, int]
    parties: Mapping[str, int]
    initials: Mapping[str, int]
    missing: Mapping[str, tuple[int, ...]]


def count_members(rows: Iterable[MemberRow]) -> MemberCounts:
    """Return how members are spread."""
    every = tuple(rows)
    return MemberCounts(
        areas=count_areas(every),
        parties=count_parties(every),
        initials=count_initials(every),
        missing=missing_districts(every),
    )


def count_areas(rows: Iterable[MemberRow]) -> Counter[str]:
    """Return how many members each area has."""
    return Counter(area_of(row) for row in rows)


def missing_districts(rows: Iterable[MemberRow]) -> dict[str, tuple[int, ...]]:
    """Return for each area the numbers of districts below the highest known one without a member.

    How many districts an area has is not in the data, so higher numbers may be missing, too.
    """
    known: dict[str, set[int]] = {}
    for row in rows:
        if row.area_slug and row.district_number:
            known.setdefault(row.area_slug, set()).add(row.district_number)
    return {
        area: tuple(number for number in range(1, max(numbers)) if number not in numbers)
        for area, numbers in known.items()
    }


def count_parties(rows: Iterable[MemberRow]) -> Counter[str]:
    """Return how many members were last seen in each party."""
    return Counter(party_of(row) for row in rows)


def count_initials(rows: Iterable[MemberRow]) -> Counter[str]:
    """Return how many names begin with each consonant or letter."""
    return Counter(first_initial(row.person.name) for row in rows)


def party_of(row: MemberRow) -> str:
    """Return the filter word of a member's party."""
    if row.party is None:
        return UNKNOWN
    return row.party.slug or NO_PARTY


def area_of(row: MemberRow) -> str:
    """Return the filter word of a member's area."""
    if row.area_slug:
        return row.area_slug
    return PROPORTIONAL if row.seat == "proportional" else UNKNOWN


def _fits(row: MemberRow, wanted: MemberFilter) -> bool:
    return (
        has_name(row, wanted.name)
        and wanted.party in ("", party_of(row))
        and wanted.area in ("", area_of(row))
        and wanted.initial in ("", first_initial(row.person.name))
        and (not wanted.committee or any(r.committee_slug == wanted.committee for r in row.roles))
    )


def has_name(row: MemberRow, text: str) -> bool:
    """Say whether a member's name has a part, in Hangul, first consonants or Latin letters."""
    text = text.replace(" ", "")
    name = row.person.name.replace(" ", "")
    if not text or text in name:
        return True
    if is_initials(text):
        return text in initials(name)
    latin = (row.person.name_en or romanise_name(row.person.name)).lower()
    wanted = text.lower().replace("-", "")
    return text.isascii() and wanted in latin.replace(" ", "").replace("-", "")
