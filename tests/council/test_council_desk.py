"""The desks of members, committees and units: what the public sees of it, and from which day."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.slugs import slug_of_name, slug_of_person
from portal.council import queries
from portal.council.models import Committee, Member, Membership, Party, Term, Unit
from portal.extensions import db
from portal.importers.measures import measure_everything
from portal.moderation.checking import register_own_words
from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in, text_of, written_fields
from tests.support.client import PageClient

MEMBERS, COMMITTEES, UNITS = (
    f"/staff/content/{kind}" for kind in ("members", "committees", "units")
)
MUNICIPAL = "감나무골"


def written(editor: PageClient, path: str) -> dict[str, str]:
    """Return what the form of a row holds, as a browser would send it."""
    return written_fields(text_of(editor.get(path)))


def add(editor: PageClient, desk: str, **fields: str) -> str:
    """Write a new row and return its address at the desk."""
    answer = post(editor, f"{desk}/new", **fields)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])


def publish(people: tuple[PageClient, PageClient], row: str) -> None:
    editor, reader = people
    hand_in(editor, row)
    assert decide(reader, row, "publish").status_code == 303


def change(people: tuple[PageClient, PageClient], row: str, **fields: str) -> None:
    """Change a public row by two people."""
    editor, reader = people
    edit = f"{row}/edit"
    saved = post(editor, edit, **(written(editor, edit) | fields))
    assert saved.status_code == 303, text_of(saved)
    hand_in(editor, row, "propose")
    assert decide(reader, row, "accept").status_code == 303


def id_of(app: Flask, model: type, **known: object) -> str:
    with app.app_context():
        return str(db.session.scalars(select(model.id).filter_by(**known)).one())


def row_of(app: Flask, desk: str, model: type, slug: str) -> str:
    return f"{desk}/{id_of(app, model, slug=slug)}"


def newcomer(app: Flask) -> dict[str, str]:
    """Return what is written of somebody who joins."""
    return {
        "name": MUNICIPAL,
        "term_id": id_of(app, Term, number=10),
        "seat": "proportional",
        "affiliations-0-seen_on": "2020-10",
        "affiliations-0-party_id": id_of(app, Party, slug="justice"),
        "affiliations-0-nature": "stated",
        "memberships-0-committee_id": id_of(app, Committee, slug="transport"),
        "memberships-0-starts_on": "2020-10",
        "memberships-0-start_basis": "began",
        "memberships-0-rank": "member",
        "memberships-0-role": "위원",
    }


PAGES = (
    "/council/members",
    "/council/members.csv",
    "/council/committees/transport",
    "/council/members?name=%E3%84%B1%E3%84%B4%E3%85%81%E3%84%B1",
)


def test_a_member_who_joins_is_nowhere_until_a_second_person_publishes(fresh_app: Flask, people):
    editor, _reader = people
    citizen = fresh_app.test_client()
    before = text_of(citizen.get("/council/members"))
    row = add(editor, MEMBERS, **newcomer(fresh_app))
    address = f"/council/members/{slug_of_person(MUNICIPAL)}"
    assert citizen.get(address).status_code == 404
    assert text_of(citizen.get("/council/members")) == before
    for page in PAGES:
        assert MUNICIPAL not in text_of(citizen.get(page)), page
    publish(people, row)
    for page in (*PAGES, address):
        assert MUNICIPAL in text_of(citizen.get(page)), page
    assert "정의당" in text_of(citizen.get(address))


def test_seats_and_party_follow_the_day(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, MEMBERS, **newcomer(fresh_app))
    publish(people, row)
    citizen = fresh_app.test_client()
    address = f"/council/members/{slug_of_person(MUNICIPAL)}"
    assert MUNICIPAL not in text_of(citizen.get("/council/committees/transport?on=2020-09-30"))
    assert MUNICIPAL in text_of(citizen.get("/council/committees/transport?on=2020-10-01"))
    assert "정의당" not in text_of(citizen.get(f"{address}?on=2020-09-30"))
    assert "정의당" in text_of(citizen.get(f"{address}?on=2020-10-01"))


def test_a_member_leaves_with_the_last_day_of_the_seat(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, MEMBERS, **newcomer(fresh_app))
    publish(people, row)
    change(people, row, **{"memberships-0-ends_on": "2020-11-08", "change_note": "사직"})
    citizen = fresh_app.test_client()
    committee = "/council/committees/transport"
    assert MUNICIPAL not in text_of(citizen.get(committee))
    assert MUNICIPAL in text_of(citizen.get(f"{committee}?on=2020-11-08"))


def test_a_member_changes_party_and_keeps_the_old_one_before(fresh_app: Flask, people):
    row = row_of(fresh_app, MEMBERS, Member, "gim-jeongtae")
    change(
        people,
        row,
        **{
            "affiliations-1-seen_on": "2020-11-01",
            "affiliations-1-party_id": "",
            "affiliations-1-nature": "stated",
            "change_note": "탈당",
        },
    )
    citizen = fresh_app.test_client()
    address = "/council/members/gim-jeongtae"
    assert "무소속" in text_of(citizen.get("/council/members?name=김정태", follow_redirects=True))
    assert "무소속" not in text_of(citizen.get(f"{address}?on=2020-10-31"))
    page = text_of(citizen.get(address))
    assert "무소속" in page and "더불어민주당" in page
    assert "바로잡" in page and "탈당" in page


def test_who_reads_a_change_sees_names_not_numbers(fresh_app: Flask, people):
    editor, reader = people
    row = add(editor, MEMBERS, **newcomer(fresh_app))
    assert post(editor, f"{row}/move", move="submit").status_code == 303
    review = row.replace("/staff/content/", "/staff/review/")
    for page in (review, f"{row}/history/1"):
        shown = text_of(reader.get(page))
        for word in ("비례대표", "교통위원회", "정의당", "그날 시작함"):
            assert word in shown, (page, word)


def test_what_was_not_changed_keeps_its_source(fresh_app: Flask, people):
    row = row_of(fresh_app, MEMBERS, Member, "gim-jeongtae")
    with fresh_app.app_context():
        before = memberships(fresh_app)
    change(people, row, name_en="Kim Jung-tae", change_note="영어 이름")
    assert memberships(fresh_app) == before


def memberships(app: Flask) -> list[tuple[object, ...]]:
    columns = (Membership.id, Membership.source_id, Membership.first_on, Membership.role)
    with app.app_context():
        found = select(*columns).join(Member, Member.id == Membership.member_id)
        rows = db.session.execute(
            found.where(Member.slug == "gim-jeongtae").order_by(Membership.id)
        )
        return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("memberships-0-starts_on", "지난달"),
        ("memberships-0-ends_on", "2020-09-30"),
        ("memberships-0-role", ""),
        ("affiliations-0-nature", ""),
        ("affiliations-0-seen_on", "2020-13"),
    ],
)
def test_a_half_written_entry_is_refused_beside_its_field(
    fresh_app: Flask, people, field: str, value: str
):
    editor, _reader = people
    answer = post(editor, f"{MEMBERS}/new", **(newcomer(fresh_app) | {field: value}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in text_of(answer)


def test_one_more_entry_can_be_asked_for(fresh_app: Flask, people):
    editor, _reader = people
    answer = post(editor, f"{MEMBERS}/new", **newcomer(fresh_app), more="memberships")
    assert answer.status_code == 200
    assert 'name="memberships-1-committee_id"' in text_of(answer)


def test_two_of_one_name_have_addresses_of_their_own(fresh_app: Flask, people):
    editor, _reader = people
    for _number in range(2):
        add(editor, MEMBERS, **newcomer(fresh_app))
    with fresh_app.app_context():
        slugs = db.session.scalars(select(Member.slug).where(Member.name == MUNICIPAL))
        stem = slug_of_person(MUNICIPAL)
        assert set(slugs) == {stem, f"{stem}-2"}


def test_addresses_are_the_names_in_latin_letters():
    assert slug_of_person("김정태") == "gim-jeongtae"
    assert slug_of_person("Kim, Jung-tae") == "kim-jungtae"
    assert slug_of_name("Citizens’ Rights Division") == "citizens-rights-division"
    assert slug_of_name("청년위원회") == "cheongnyeonwiwonhoe"


def test_the_first_day_follows_the_date_of_the_beginning():
    seat = Membership(starts_on="2020")
    assert seat.first_on == date(2020, 1, 1)
    seat.starts_on = "2020-07"
    assert seat.first_on == date(2020, 7, 1)
    seat.starts_on = None
    assert seat.first_on is None


COMMITTEE = {
    "position": "80",
    "name": "감나무 특별위원회",
    "name_en": "Special Committee on Persimmons",
    "kind": "special_ad_hoc",
    "starts_on": "2020-10-01",
    "ends_on": "2020-11-15",
    "remits-0-name": "감나무과",
}


def test_a_draft_committee_is_nowhere_not_even_as_a_seat(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, COMMITTEES, **COMMITTEE)
    member = row_of(fresh_app, MEMBERS, Member, "gim-jeongtae")
    held = written(editor, f"{member}/edit")
    free = max(int(n.split("-")[1]) for n in held if n.startswith("memberships-"))
    seat = {
        "committee_id": row.rpartition("/")[2],
        "starts_on": "2020-10-01",
        "start_basis": "began",
        "rank": "member",
        "role": "위원",
    }
    seats = {f"memberships-{free}-{name}": value for name, value in seat.items()}
    change(people, member, **seats, change_note="새 위원회")
    pages = ("/council", "/council/committees", "/council/members/gim-jeongtae", "/council/members")
    citizen = fresh_app.test_client()
    for page in pages:
        assert COMMITTEE["name"] not in text_of(citizen.get(page)), page
    address = "/council/committees/special-committee-on-persimmons"
    assert citizen.get(address).status_code == 404
    publish(people, row)
    for page in pages:
        assert COMMITTEE["name"] in text_of(citizen.get(page)), page
    shown = text_of(citizen.get(address))
    assert "감나무과" in shown and "6일 남음" in shown and "김정태" in shown


def test_a_draft_that_something_else_names_is_not_thrown_away(people):
    editor, _reader = people
    whole = add(editor, UNITS, **UNIT)
    part = add(editor, UNITS, **(UNIT | {"parent_id": whole.rpartition("/")[2]}))
    assert post(editor, f"{whole}/discard").status_code == 409
    assert post(editor, f"{part}/discard").status_code == 303
    assert post(editor, f"{whole}/discard").status_code == 303


def test_a_committee_whose_time_is_extended_says_why(fresh_app: Flask, people):
    row = row_of(fresh_app, COMMITTEES, Committee, "steering")
    change(people, row, **{"remits-0-name": "의회사무처 감사실", "change_note": "소관이 바뀜"})
    page = text_of(fresh_app.test_client().get("/council/committees/steering"))
    assert "의회사무처 감사실" in page and "소관이 바뀜" in page


def test_drafts_do_not_count_among_what_printed_figures_are_checked_against(
    fresh_app: Flask, people
):
    editor, _reader = people
    with fresh_app.app_context():
        before = measured()
    add(editor, COMMITTEES, **COMMITTEE)
    add(editor, UNITS, **UNIT)
    with fresh_app.app_context():
        assert measured() == before


def measured() -> dict[str, int]:
    return measure_everything(db.session(), "KR")


UNIT = {
    "position": "90",
    "name": "감나무관리팀",
    "name_en": "Persimmon Office",
    "kind": "office",
    "phone": "02-2180-7999",
    "opening_hours": "Mo-Fr 09:00-18:00",
    "duties-0-text": "감나무를 돌보는 일",
}


def test_a_draft_unit_is_nowhere_and_a_public_one_says_when_it_is_open(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, UNITS, **UNIT)
    citizen = fresh_app.test_client()
    assert UNIT["name"] not in text_of(citizen.get("/council/organisation"))
    assert citizen.get("/council/organisation/persimmon-office").status_code == 404
    publish(people, row)
    assert "감나무를 돌보는 일" in text_of(citizen.get("/council/organisation"))
    page = text_of(citizen.get("/council/organisation/persimmon-office"))
    assert "02-2180-7999" in page and "09:00–18:00" in page


def test_hours_that_no_page_could_read_are_refused(people):
    editor, _reader = people
    answer = post(editor, f"{UNITS}/new", **(UNIT | {"opening_hours": "아침부터"}))
    assert answer.status_code == 422
    assert 'id="opening_hours-error"' in text_of(answer)


def test_a_corrected_contact_is_public_at_once_with_its_reason(fresh_app: Flask, people):
    row = row_of(fresh_app, UNITS, Unit, "citizens-rights")
    citizen = fresh_app.test_client()
    address = "/council/organisation/citizens-rights"
    assert "02-2180-7999" not in text_of(citizen.get(address))
    change(people, row, phone="02-2180-7999", change_note="번호가 빠져 있었음")
    page = text_of(citizen.get(address))
    assert "02-2180-7999" in page and "번호가 빠져 있었음" in page


def test_a_contact_of_the_council_is_personal_before_and_not_after(fresh_app: Flask, people):
    editor, reader = people
    notice = {"kind": "notice", "title": "묻는 곳", "body": "전화 010-2180-7999"}
    row = add(editor, "/staff/content/publications", **notice)
    assert post(editor, f"{row}/move", move="submit").status_code == 303
    review = row.replace("/staff/content/", "/staff/review/")
    assert 'name="passed_because"' in text_of(reader.get(review))
    unit = row_of(fresh_app, UNITS, Unit, "citizens-rights")
    change(people, unit, phone="010-2180-7999", change_note="당직 전화")
    # Another feature that knows words of its own takes none away from the council.
    register_own_words(fresh_app, lambda _session: frozenset())
    assert 'name="passed_because"' not in text_of(reader.get(review))


def test_own_words_are_those_of_public_units_only(fresh_app: Flask, people):
    editor, _reader = people
    add(editor, UNITS, **UNIT)
    with fresh_app.app_context():
        assert UNIT["phone"] not in queries.own_words(db.session())


def test_a_unit_is_no_part_of_what_is_below_it(fresh_app: Flask, people):
    editor, _reader = people
    top = row_of(fresh_app, UNITS, Unit, "secretariat")
    below = row_of(fresh_app, UNITS, Unit, "press").rpartition("/")[2]
    fields = written_fields(text_of(editor.get(f"{top}/edit")))
    refused = post(editor, f"{top}/edit", **(fields | {"parent_id": below}))
    assert refused.status_code == 422
    assert 'id="parent_id-error"' in text_of(refused)


@pytest.mark.parametrize(
    ("desk", "model", "slug", "address"),
    [
        (MEMBERS, Member, "gim-jeongtae", "/council/members/gim-jeongtae"),
        (COMMITTEES, Committee, "steering", "/council/committees/steering"),
        (UNITS, Unit, "press", "/council/organisation/press"),
    ],
)
def test_what_was_withdrawn_is_gone(fresh_app: Flask, people, desk, model, slug, address):
    _editor, reader = people
    row = row_of(fresh_app, desk, model, slug)
    answer = post(reader, f"{row}/withdraw", move="withdraw", reason="잘못 실음")
    assert answer.status_code == 303
    assert fresh_app.test_client().get(address).status_code == 410


@pytest.mark.parametrize("desk", [MEMBERS, COMMITTEES, UNITS])
def test_each_desk_opens_and_has_its_help_beside_it(people, desk):
    editor, _reader = people
    assert f"{desk}/help" in text_of(editor.get(desk))
    assert editor.get(f"{desk}/help").status_code == 200
    assert editor.get(f"{desk}/new").status_code == 200
