"""The desks of ordinances, enactments, bills, highlights and hard words, by two people."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import Place, Role, ScopeKind
from portal.calendar.models import Event
from portal.council.models import Member
from portal.extensions import db
from portal.legislation.models import (
    Bill,
    BillSponsor,
    BillStep,
    Collection,
    Enactment,
    HardWord,
    Highlight,
    Ordinance,
)
from portal.legislation.rules.kinds import StepKind
from portal.moderation.rules import PublicationState
from tests.accounts.staff import make_account, post, sign_in
from tests.calendar.test_calendar_desk import add, add_unchecked, correct, publish
from tests.legislation.desks import (
    BILL,
    BILLS,
    COLLECTION,
    COLLECTIONS,
    DESKS,
    ENACTMENT,
    ENACTMENTS,
    HARD_WORD,
    HARD_WORDS,
    HIGHLIGHTS,
    ORDINANCE,
    ORDINANCES,
    id_of,
    in_committee,
    made_of,
    of_highlight,
    of_ordinance,
    row_at,
)
from tests.moderation.desk import decide, hand_in, review_address, save, text_of, written_fields
from tests.moderation.test_desk_forms import summary_of
from tests.support.client import PageClient
from tests.support.samples import picture


def steps_of(app: Flask, row: str) -> list[tuple[StepKind, int | None, str | None]]:
    """Return the steps of a bill: kind, votes for, result."""
    with app.app_context():
        own = select(BillStep).where(BillStep.bill_id == int(row.rpartition("/")[2]))
        steps = db.session.scalars(own.order_by(BillStep.position))
        return [(step.kind, step.votes_for, step.result) for step in steps]


def errors_of(page: str) -> dict[str, str]:
    """Return the sentences of the error summary, by where they lead."""
    return dict(summary_of(page))


def new_row(app: Flask, editor: PageClient, desk: str) -> str:
    """Write a new row at one of the desks."""
    fields = {
        ORDINANCES: ORDINANCE,
        ENACTMENTS: ENACTMENT | of_ordinance(app),
        BILLS: BILL,
        HIGHLIGHTS: of_highlight(app),
        COLLECTIONS: COLLECTION,
        HARD_WORDS: HARD_WORD,
    }
    return add(editor, desk, fields[desk])


MODELS = {
    ORDINANCES: Ordinance,
    ENACTMENTS: Enactment,
    BILLS: Bill,
    HIGHLIGHTS: Highlight,
    COLLECTIONS: Collection,
    HARD_WORDS: HardWord,
}


@pytest.mark.parametrize("desk", DESKS)
def test_a_second_person_publishes_what_was_written(fresh_app: Flask, people, desk: str):
    editor, reader = people
    row = new_row(fresh_app, editor, desk)
    assert made_of(fresh_app, MODELS[desk], row).state is PublicationState.DRAFT
    publish(people, row)
    assert made_of(fresh_app, MODELS[desk], row).state is PublicationState.PUBLISHED
    for address in (desk, f"{desk}/new", f"{desk}/help", row, f"{row}/edit", f"{row}/history/1"):
        assert reader.get(address).status_code == 200, address
        assert reader.get(f"/en{address}").status_code == 200, address


CHANGES = {
    ORDINANCES: {"plain_title": "감나무"},
    ENACTMENTS: {"in_force_on": "2020-12-01", "sponsors-0-role": "lead", "sponsors-0-name": "홍"},
    BILLS: {"steps-0-kind": "laid", "steps-0-nature": "stated", "cost_category": "none"},
    HIGHLIGHTS: {"since": "2020"},
    COLLECTIONS: {"text": "**감나무**를 기리려고"},
    HARD_WORDS: {"plainer": "불태움"},
}


@pytest.mark.parametrize("desk", DESKS)
def test_what_waits_is_read_with_its_difference(fresh_app: Flask, people, desk: str):
    editor, reader = people
    row = new_row(fresh_app, editor, desk)
    hand_in(editor, row)
    assert reader.get(review_address(row)).status_code == 200
    assert decide(reader, row, "publish").status_code == 303
    assert save(editor, row, **CHANGES[desk], change_note="다시 읽음").status_code == 303
    hand_in(editor, row, "propose")
    assert reader.get(review_address(row)).status_code == 200


@pytest.mark.parametrize("desk", [ORDINANCES, ENACTMENTS, BILLS, HIGHLIGHTS, COLLECTIONS])
def test_what_an_import_brought_is_saved_as_it_is(fresh_app: Flask, people, desk: str):
    editor, _reader = people
    with fresh_app.app_context():
        newest = select(MODELS[desk].id).order_by(MODELS[desk].id.desc())
        rows = [row_at(desk, row_id) for row_id in db.session.scalars(newest.limit(4))]
    refused = {row: save(editor, row, change_note="읽음").status_code for row in rows}
    assert set(refused.values()) == {303}, refused


SHOWN = {
    ORDINANCES: "서울특별시 감나무 보호 조례",
    ENACTMENTS: "두 그루를 심어야",
    BILLS: "감나무 보호 조례안",
    HIGHLIGHTS: "감을 따도 됩니다.",
    COLLECTIONS: "감나무 열 그루",
}


@pytest.mark.parametrize("desk", SHOWN)
def test_the_preview_is_the_page_that_will_be_public(fresh_app: Flask, people, desk: str):
    editor, _reader = people
    row = new_row(fresh_app, editor, desk)
    assert editor.get(f"{row}/preview/1").status_code == 200
    assert SHOWN[desk] in text_of(editor.get(f"{row}/page/1"))


def test_a_title_belongs_to_one_ordinance(fresh_app: Flask, people):
    editor, reader = people
    row = add(editor, ORDINANCES, ORDINANCE)
    assert made_of(fresh_app, Ordinance, row).slug == "ordinance-2020-11-09"
    refused = add_unchecked(editor, ORDINANCES, ORDINANCE | {"title": f" {ORDINANCE['title']} "})
    assert refused.status_code == 422
    assert "이 제목의 조례가 이미 있습니다." in errors_of(text_of(refused))["#title"]
    assert save(editor, row, plain_title="감나무").status_code == 303
    publish(people, row)
    leave = {"page": row, "move": "withdraw", "reason": "폐지"}
    assert post(reader, f"{row}/withdraw", **leave).status_code == 303
    refused = add_unchecked(editor, ORDINANCES, ORDINANCE)
    assert "내린 조례" in errors_of(text_of(refused))["#title"]


def test_an_ordinance_has_a_whole_web_address(people):
    editor, _reader = people
    refused = add_unchecked(editor, ORDINANCES, ORDINANCE | {"address": "law.go.kr"})
    assert list(errors_of(text_of(refused))) == ["#address"]


def test_an_enactment_is_of_a_public_ordinance(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, ORDINANCES, ORDINANCE)
    own = {"ordinance_id": row.rpartition("/")[2]}
    assert "감나무" not in text_of(editor.get(f"{ENACTMENTS}/new"))
    assert add_unchecked(editor, ENACTMENTS, ENACTMENT | own).status_code == 422
    publish(people, row)
    add(editor, ENACTMENTS, ENACTMENT | own)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"transmitted_on": "2020-11-01"}, "transmitted_on"),
        ({"promulgated_on": "2020-11-03"}, "promulgated_on"),
        ({"transmitted_on": "", "in_force_on": "2020-11-01"}, "in_force_on"),
    ],
)
def test_days_of_an_enactment_follow_each_other(
    fresh_app: Flask, people, days: dict[str, str], field: str
):
    editor, _reader = people
    fields = ENACTMENT | of_ordinance(fresh_app) | days | {"proposer": "감나무위원장"}
    refused = add_unchecked(editor, ENACTMENTS, fields)
    page = text_of(refused)
    assert refused.status_code == 422
    assert list(errors_of(page)) == [f"#{field}"]
    assert "두 날 가운데 하나를 고쳐 주세요." in errors_of(page)[f"#{field}"]
    kept = written_fields(page)
    assert kept["proposer"] == "감나무위원장" and kept[field] == days[field]


def test_days_that_are_not_known_may_stay_empty(fresh_app: Flask, people):
    editor, _reader = people
    none = {"passed_on": "", "transmitted_on": ""}
    row = add(editor, ENACTMENTS, ENACTMENT | of_ordinance(fresh_app) | none)
    assert made_of(fresh_app, Enactment, row).passed_on is None


def test_an_imported_enactment_is_corrected(fresh_app: Flask, people):
    row = row_at(ENACTMENTS, id_of(fresh_app, Enactment, "shop-tenants-2020"))
    correct(people, row, in_force_on="2020-03-26", change_note="부칙에서 확인")
    assert made_of(fresh_app, Enactment, row).in_force_on.isoformat() == "2020-03-26"


def test_sponsors_are_members_or_names(fresh_app: Flask, people):
    editor, _reader = people
    member = str(id_of(fresh_app, Member, "gim-hyeryeon"))
    wrong = {
        "sponsors-0-role": "lead",
        "sponsors-0-member_id": member,
        "sponsors-0-name": "김혜련",
        "sponsors-1-role": "sponsor",
        "sponsors-2-role": "sponsor",
        "sponsors-2-member_id": member,
        "sponsors-3-name": "홍길동",
    }
    errors = errors_of(text_of(add_unchecked(editor, BILLS, BILL | wrong)))
    assert set(errors) == {
        "#sponsors-0-name",
        "#sponsors-1-name",
        "#sponsors-2-member_id",
        "#sponsors-3-role",
    }
    right = {
        "sponsors-0-role": "lead",
        "sponsors-0-member_id": member,
        "sponsors-1-role": "supporter",
        "sponsors-1-name": "홍길동",
    }
    row = add(editor, BILLS, BILL | right)
    with fresh_app.app_context():
        own = select(BillSponsor.name).where(BillSponsor.bill_id == int(row.rpartition("/")[2]))
        assert list(db.session.scalars(own.order_by(BillSponsor.position))) == [None, "홍길동"]


def test_a_number_and_title_belong_to_one_bill(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, BILLS, BILL)
    assert made_of(fresh_app, Bill, row).slug == "bill-1999"
    assert list(errors_of(text_of(add_unchecked(editor, BILLS, BILL)))) == ["#number"]
    add(editor, BILLS, BILL | {"title": "다음 대의 다른 의안"})
    assert save(editor, row, title_en="On persimmon trees").status_code == 303


def test_a_step_is_recorded_in_the_empty_entry_at_the_end(fresh_app: Flask, people):
    row = row_at(BILLS, id_of(fresh_app, Bill, "292-01"))
    editor, reader = people
    number = len(steps_of(fresh_app, row))
    fields = written_fields(text_of(editor.get(f"{row}/edit")))
    assert fields[f"steps-{number}-kind"] == ""
    step = {"kind": "transmitted", "on": "2020-03-25", "nature": "stated"}
    entry = {f"steps-{number}-{name}": value for name, value in step.items()}
    correct(people, row, **entry, change_note="이송")
    assert steps_of(fresh_app, row)[-1][0] is StepKind.TRANSMITTED
    assert reader.get(f"{row}/history/2").status_code == 200


def test_a_step_before_an_earlier_one_is_refused_and_answers_stay(fresh_app: Flask, people):
    editor, _reader = people
    row = row_at(BILLS, id_of(fresh_app, Bill, "292-01"))
    step = {"kind": "transmitted", "on": "2020-03-23", "nature": "stated", "text": "시장에게"}
    refused = save(editor, row, **{f"steps-1-{name}": value for name, value in step.items()})
    page = text_of(refused)
    assert refused.status_code == 422
    assert list(errors_of(page)) == ["#steps-1-on"]
    assert "2020. 3. 24.(화)" in errors_of(page)["#steps-1-on"]
    assert written_fields(page)["steps-1-text"] == "시장에게"
    assert save(editor, row, **{"steps-1-is_removed": "y"}).status_code == 303


def test_a_step_says_what_it_is(people):
    editor, _reader = people
    refused = add_unchecked(editor, BILLS, BILL | {"steps-0-on": "2020-11-02"})
    assert set(errors_of(text_of(refused))) == {"#steps-0-kind", "#steps-0-nature"}


def test_several_committees_have_the_bill_at_once(fresh_app: Flask, people):
    editor, _reader = people
    steps = (
        in_committee(fresh_app, 0, "transport", kind="referred", on="2020-11-02")
        | in_committee(fresh_app, 1, "transport", kind="reviewed", on="2020-11-04", result="passed")
        | in_committee(fresh_app, 2, "education", kind="referred", on="2020-11-05")
        | in_committee(fresh_app, 3, "education", kind="reviewed", on="2020-11-06")
    )
    row = add(editor, BILLS, BILL | steps)
    publish(people, row)
    assert [kind for kind, _votes, _result in steps_of(fresh_app, row)] == [
        StepKind.REFERRED,
        StepKind.REVIEWED,
        StepKind.REFERRED,
        StepKind.REVIEWED,
    ]
    refused = save(editor, row, **{"steps-3-on": "2020-11-04"})
    assert list(errors_of(text_of(refused))) == ["#steps-3-on"]


PLENARY = {
    "steps-0-kind": "plenary",
    "steps-0-on": "2020-11-02",
    "steps-0-nature": "stated",
    "steps-0-result": "passed",
    "steps-0-votes_for": "99",
    "steps-0-votes_against": "0",
    "steps-0-abstained": "1",
}


def test_votes_are_no_more_than_the_members_present(fresh_app: Flask, people):
    editor, _reader = people
    refused = add_unchecked(editor, BILLS, BILL | PLENARY | {"steps-0-present": "99"})
    errors = errors_of(text_of(refused))
    assert "표가 100표인데 출석은 99명입니다." in errors["#steps-0-present"]
    row = add(editor, BILLS, BILL | PLENARY | {"steps-0-present": "100"})
    assert steps_of(fresh_app, row) == [(StepKind.PLENARY, 99, "passed")]


def test_a_sitting_is_of_the_day_of_the_step(fresh_app: Flask, people):
    editor, _reader = people
    near = str(id_of(fresh_app, Event, "plenary-2020-11-02"))
    wrong = BILL | PLENARY | {"steps-0-event_id": near, "steps-0-on": "2020-11-03"}
    errors = errors_of(text_of(add_unchecked(editor, BILLS, wrong)))
    assert "2020. 11. 2.(월)" in errors["#steps-0-event_id"]
    row = add(editor, BILLS, BILL | PLENARY | {"steps-0-event_id": near})
    assert written_fields(text_of(editor.get(f"{row}/edit")))["steps-0-event_id"] == near


def test_a_sitting_of_long_ago_stays_where_it_was_chosen(fresh_app: Flask, people):
    editor, _reader = people
    row = row_at(BILLS, id_of(fresh_app, Bill, "292-01"))
    old = str(id_of(fresh_app, Event, "plenary-2020-03-24"))
    fields = written_fields(text_of(editor.get(f"{row}/edit")))
    assert fields["steps-0-event_id"] == old
    offered = text_of(editor.get(f"{BILLS}/new"))
    assert "2020. 11. 2.(월)" in offered and "2020. 3. 24.(화)" not in offered


def test_costs_are_whole_won_of_any_size(fresh_app: Flask, people):
    editor, _reader = people
    costs = {"cost_category": "estimate", "cost_yearly_won": "12,345,678,900"}
    row = add(editor, BILLS, BILL | costs)
    assert made_of(fresh_app, Bill, row).cost_yearly_won == 12_345_678_900
    for number in ("9" * 19, "-1", "천 원"):
        refused = add_unchecked(editor, BILLS, BILL | {"title": "다른 안", "cost_once_won": number})
        assert list(errors_of(text_of(refused))) == ["#cost_once_won"]


def send_picture(app: Flask, editor: PageClient, **more: str) -> str:
    """Send a highlight with a picture and return what came back."""
    fields = written_fields(text_of(editor.get(f"{HIGHLIGHTS}/new")))
    words = of_highlight(app) | {"new_alt": "감나무 아래의 사람들"} | more
    file = (BytesIO(picture("PNG")), "감나무.png")
    answer = editor.post(f"{HIGHLIGHTS}/new", data=fields | words | {"new_file": file})
    return str(answer.headers.get("Location") or text_of(answer))


def test_pictures_have_their_story_in_words(fresh_app: Flask, people):
    editor, _reader = people
    assert list(errors_of(send_picture(fresh_app, editor))) == ["#script", "#new_file"]
    row = send_picture(fresh_app, editor, script="감나무 아래에서 **누구나** 감을 땁니다.")
    refused = save(editor, row, script=" ")
    assert list(errors_of(text_of(refused))) == ["#script"]
    gone = {"script": "", "files-0-is_removed": "y"}
    assert save(editor, row, **gone).status_code == 303


def test_a_highlight_says_since_when_as_far_as_it_is_known(fresh_app: Flask, people):
    editor, _reader = people
    fields = of_highlight(fresh_app)
    assert list(
        errors_of(text_of(add_unchecked(editor, HIGHLIGHTS, fields | {"since": "작년"})))
    ) == ["#since"]
    assert add(editor, HIGHLIGHTS, fields | {"since": "2020-07"})


def test_hints_name_long_sentences_and_hard_words_and_refuse_nothing(fresh_app: Flask, people):
    editor, _reader = people
    summary = "안전을 제고하기 위하여 " + "아주 " * 20 + "긴 글을 씁니다."
    row = add(editor, BILLS, BILL | {"summary": summary})
    page = text_of(editor.get(f"{row}/edit"))
    assert "제고 → 높임" in page
    assert page.count("긴 글을 씁니다.") == 2
    assert "누가 언제부터" in page
    plain = text_of(editor.get(f"{BILLS}/new"))
    assert "→" not in plain.partition("<form")[2] and "누가 언제부터" in plain
    assert editor.get(f"/en{row}/edit").status_code == 200


def test_a_hard_word_is_told_once_it_is_public(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, BILLS, BILL | {"summary": "소훼된 감나무를 새로 심습니다."})
    word = add(editor, HARD_WORDS, HARD_WORD)
    assert "소훼 → 태움" not in text_of(editor.get(f"{row}/edit"))
    publish(people, word)
    assert "소훼 → 태움" in text_of(editor.get(f"{row}/edit"))
    assert list(errors_of(text_of(add_unchecked(editor, HARD_WORDS, HARD_WORD)))) == ["#word"]


@pytest.fixture
def office(fresh_app: Flask) -> PageClient:
    """Give an editor for the committee of transport only."""
    place = Place(ScopeKind.COMMITTEE, "transport")
    return sign_in(fresh_app, make_account(fresh_app, Role.EDITOR, place=place))


def test_an_office_writes_the_bills_of_its_committee(fresh_app: Flask, office: PageClient):
    own = in_committee(fresh_app, 0, "transport", kind="referred", on="2020-11-02")
    other = in_committee(fresh_app, 1, "education", kind="referred", on="2020-11-02")
    row = add(office, BILLS, BILL | own)
    assert save(office, row, title_en="On persimmon trees").status_code == 303
    assert add_unchecked(office, BILLS, BILL | {"title": "남의 안"}).status_code == 422
    assert save(office, row, **other).status_code == 422
    everywhere = sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR))
    assert save(everywhere, row, **other).status_code == 303
    assert office.get(f"{row}/edit").status_code == 403


def test_an_office_writes_the_enactments_of_its_committee(fresh_app: Flask, office: PageClient):
    fields = ENACTMENT | of_ordinance(fresh_app)
    committee = in_committee(fresh_app, 0, "transport")["steps-0-committee_id"]
    assert add_unchecked(office, ENACTMENTS, fields).status_code == 422
    assert add(office, ENACTMENTS, fields | {"committee_id": committee})
