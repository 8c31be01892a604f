"""Finding members in a list."""

from hypothesis import given
from hypothesis import strategies as st

from portal.core.hangul import initials
from portal.council.pages import MemberRow, Person
from portal.council.rules import SeatKind
from portal.council.search import (
    MemberFilter,
    count_areas,
    find_members,
    has_name,
    missing_districts,
)

NAMES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=4)


def member(name: str, area: str | None = None, number: int | None = None) -> MemberRow:
    return MemberRow(
        person=Person(name, name, None),
        seat=SeatKind.DISTRICT if area else SeatKind.UNKNOWN,
        area_slug=area,
        district_number=number,
        district=None,
        district_en=None,
        party=None,
        roles=(),
    )


@given(NAMES)
def test_everybody_is_found_by_name_part_and_first_consonants(name):
    row = member(name)
    assert has_name(row, name)
    assert has_name(row, name[1:])
    assert has_name(row, initials(name))


def test_empty_filter_keeps_all():
    rows = (member("김정태"), member("이현찬"))
    assert find_members(rows, MemberFilter()) == rows


def test_filters_work_together():
    rows = (member("김정태", "a", 1), member("김인호", "b", 1))
    assert find_members(rows, MemberFilter(name="ㄱ", area="b")) == (rows[1],)


def test_unknown_areas_are_counted_as_such():
    assert count_areas([member("김정태")]) == {"unknown": 1}


def test_gaps_between_known_districts_are_named():
    rows = [member("가나", "a", 1), member("다라", "a", 4), member("마바", "b", 1)]
    assert missing_districts(rows) == {"a": (2, 3), "b": ()}
