"""The moderators' desk: reading, publishing, hiding, objections, answers."""

import io
import threading

import pytest
from flask import Flask
from sqlalchemy import text

from portal.accounts.rules import Place, Role, ScopeKind
from portal.core.clock import real_now
from portal.core.errors import Conflict, NotFound
from portal.core.versions import read_versions
from portal.extensions import db
from portal.hearings.rules.opinions import HouseRule, ObjectionState, OpinionState
from portal.hearings.services import opinion_decisions as services
from tests.accounts.staff import account_of, make_account, post, sign_in
from tests.hearings.opinions import (
    EMAIL,
    NAME,
    SLUG,
    TEXT,
    all_opinions,
    hidden_fields,
    letters,
    make_hearing,
    open_form,
    send,
    send_one,
    the_opinion,
)
from tests.support.client import PageClient
from tests.support.samples import picture

DESKS = "/staff/hearings/opinions"
PUBLIC = f"/hearings/{SLUG}/opinions"
ANSWER = "내년 예산에 그늘막 스무 곳을 넣었습니다."
WHY = "저는 아무도 모욕하지 않았습니다."


@pytest.fixture
def citizen(fresh_app: Flask) -> PageClient:
    make_hearing(fresh_app)
    client = fresh_app.test_client()
    assert isinstance(client, PageClient)
    return client


@pytest.fixture
def moderator(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR))


def decide(client: PageClient, number: int, move: str, **fields: str):
    """Press a button of the desk of an opinion, with what its forms bring along."""
    page = client.get(f"{DESKS}/{number}").get_data(as_text=True)
    given = {"public_text": TEXT, "reason": "", **hidden_fields(page), **fields}
    return client.post(f"{DESKS}/{number}/{move}", data=given)


def deeds(app: Flask) -> list[tuple[str, str | None]]:
    with app.app_context():
        query = text(
            "SELECT deed, reason FROM audit_lines WHERE kind = 'hearing_opinions' ORDER BY number"
        )
        told = [(row[0], row[1]) for row in db.session.execute(query)]
        db.session.rollback()
        return told


def object_to(client: PageClient, receipt: str, why: str = WHY):
    return post(client, f"{receipt}/objection", objection=why)


def as_another(app: Flask, opinion_id: int) -> None:
    """Let it have been decided by somebody else than the one who is signed in."""
    with app.app_context():
        statement = "UPDATE hearing_opinions SET decided_by = 'staff:999' WHERE id = :id"
        db.session.execute(text(statement), {"id": opinion_id})
        db.session.commit()


def test_the_whole_way_of_an_opinion(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    receipt = send_one(citizen, email=EMAIL)
    number = the_opinion(fresh_app).id
    assert "의견 1건이 기다립니다" in moderator.get("/staff/").get_data(as_text=True)
    assert f"{DESKS}/{number}" in moderator.get(DESKS).get_data(as_text=True)
    desk = moderator.get(f"{DESKS}/{number}").get_data(as_text=True)
    assert TEXT in desk and NAME in desk and EMAIL not in desk
    assert TEXT not in citizen.get(PUBLIC).get_data(as_text=True)
    assert decide(moderator, number, "publish").status_code == 303
    page = citizen.get(PUBLIC).get_data(as_text=True)
    assert TEXT in page and "홍○○" in page and NAME not in page
    assert decide(moderator, number, "answer", answer=ANSWER, answer_en="").status_code == 303
    assert ANSWER in citizen.get(PUBLIC).get_data(as_text=True)
    assert ANSWER in citizen.get(f"/en{PUBLIC}").get_data(as_text=True)
    assert ANSWER in citizen.get(receipt).get_data(as_text=True)
    kinds = [kind for kind, _to, _context in letters(fresh_app)]
    assert kinds == ["opinion_received", "opinion_published", "opinion_answered"]
    assert all(TEXT not in str(context) for _kind, _to, context in letters(fresh_app))
    done = [deed for deed, _reason in deeds(fresh_app)]
    assert done == ["opinion.sent", "opinion.published", "opinion.answered"]
    assert "기다립니다" not in moderator.get("/staff/").get_data(as_text=True)


def test_opinions_of_one_text_are_one_line_and_decided_together(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    for words in (TEXT, f"{TEXT}!", f" {TEXT} ", "다른 의견입니다."):
        send_one(citizen, text=words, email=EMAIL)
    first, second, third, other = (opinion.id for opinion in all_opinions(fresh_app))
    listed = moderator.get(DESKS).get_data(as_text=True)
    assert f"{DESKS}/{first}" in listed and f"{DESKS}/{other}" in listed
    assert f"{DESKS}/{second}" not in listed and f"{DESKS}/{third}" not in listed
    assert "같은 글의 의견이 3건입니다" in moderator.get(f"{DESKS}/{second}").get_data(as_text=True)
    assert decide(moderator, second, "publish").status_code == 303
    states = [opinion.state for opinion in all_opinions(fresh_app)]
    assert states == [OpinionState.PUBLISHED] * 3 + [OpinionState.WAITING]
    assert {opinion.public_text for opinion in all_opinions(fresh_app)[:3]} == {TEXT}
    decide(moderator, first, "answer", answer=ANSWER, answer_en="")
    assert [opinion.answer for opinion in all_opinions(fresh_app)] == [ANSWER] * 3 + [None]


def test_one_that_arrives_while_the_desk_is_open_waits_on(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    form = hidden_fields(moderator.get(f"{DESKS}/{number}").get_data(as_text=True))
    send_one(citizen)
    moderator.post(f"{DESKS}/{number}/hide", data={**form, "because": "advertising"})
    states = [opinion.state for opinion in all_opinions(fresh_app)]
    assert states == [OpinionState.HIDDEN, OpinionState.WAITING]


def test_foreign_ids_are_not_decided_along(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    send_one(citizen, text="다른 의견입니다.")
    one, other = (opinion.id for opinion in all_opinions(fresh_app))
    decide(moderator, one, "publish", together=f"{one},{other},x,²,-1")
    assert all_opinions(fresh_app)[1].state is OpinionState.WAITING


def test_what_looks_personal_is_blacked_out_or_has_a_reason(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    words = "제 전화는 010-1234-5678 입니다. 그늘막을 놓아 주세요."
    send_one(citizen, text=words)
    number = the_opinion(fresh_app).id
    desk = moderator.get(f"{DESKS}/{number}").get_data(as_text=True)
    assert "제 전화는 ●●●● 입니다." in desk and "010-●●●●-●●●●" in desk
    refused = decide(moderator, number, "publish", public_text=words)
    assert refused.status_code == 422 and words in refused.get_data(as_text=True)
    assert the_opinion(fresh_app).state is OpinionState.WAITING
    assert (
        decide(moderator, number, "publish", public_text=words, reason="상담 전화").status_code
        == 303
    )
    opinion = the_opinion(fresh_app)
    assert (opinion.public_text, opinion.text) == (words, words)
    assert deeds(fresh_app)[-1] == ("opinion.published", "상담 전화")


def test_no_reason_lets_a_resident_number_be_read(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    words = f"{TEXT} 900101-1234567"
    assert decide(moderator, number, "publish", public_text=words, reason="왜").status_code == 422
    assert the_opinion(fresh_app).state is OpinionState.WAITING


def test_a_number_in_place_of_a_name_is_found(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen, name="010-1234-5678", name_shown="full")
    number = the_opinion(fresh_app).id
    assert decide(moderator, number, "publish").status_code == 422


def test_an_edited_text_keeps_what_was_written(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    decide(moderator, number, "publish", public_text="그늘막을 놓아 주세요.")
    assert the_opinion(fresh_app).text == TEXT
    assert decide(moderator, number, "change", public_text="고친 글").status_code == 422
    decide(moderator, number, "change", public_text="고친 글", reason="집 주소를 지움")
    opinion = the_opinion(fresh_app)
    assert (opinion.public_text, opinion.text) == ("고친 글", TEXT)
    assert "고친 글" in citizen.get(PUBLIC).get_data(as_text=True)


def test_a_hidden_opinion_has_a_rule_and_one_objection(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    receipt = send_one(citizen, email=EMAIL)
    number = the_opinion(fresh_app).id
    assert decide(moderator, number, "hide").status_code == 422
    assert decide(moderator, number, "hide", because="insult").status_code == 303
    opinion = the_opinion(fresh_app)
    assert (opinion.state, opinion.hidden_because) == (OpinionState.HIDDEN, HouseRule.INSULT)
    assert letters(fresh_app)[1][2]["rule"] == "누군가를 모욕하거나 위협함"
    assert "누군가를 모욕하거나 위협함" in citizen.get(receipt).get_data(as_text=True)
    assert object_to(citizen, receipt, " ").status_code == 422
    assert object_to(citizen, receipt, "900101-1234567").status_code == 422
    form = hidden_fields(citizen.get(receipt).get_data(as_text=True))
    for _ in range(2):
        sent = citizen.post(f"{receipt}/objection", data={**form, "objection": WHY})
        assert sent.status_code == 303
    again = citizen.post(f"{receipt}/objection", data={**form, "objection": "또 냅니다."})
    assert again.status_code == 409
    assert the_opinion(fresh_app).objection == WHY
    assert "이의 1건이 기다립니다" in moderator.get("/staff/").get_data(as_text=True)
    listed = moderator.get(f"{DESKS}?state=objected").get_data(as_text=True)
    assert f"{DESKS}/{number}" in listed


def test_who_hid_an_opinion_does_not_read_the_objection(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    receipt = send_one(citizen, email=EMAIL)
    number = the_opinion(fresh_app).id
    decide(moderator, number, "hide", because="insult")
    object_to(citizen, receipt)
    desk = moderator.get(f"{DESKS}/{number}").get_data(as_text=True)
    assert WHY in desk and f"{number}/uphold" not in desk and f"{number}/restore" not in desk
    assert decide(moderator, number, "restore").status_code == 409
    assert post(moderator, f"{DESKS}/{number}/uphold").status_code == 409
    assert decide(moderator, number, "reopen").status_code == 409
    assert the_opinion(fresh_app).objection_state is ObjectionState.OPEN


#: A page of the staff with a form, for its token.


def test_another_moderator_restores_and_it_is_not_hidden_again(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    receipt = send_one(citizen, email=EMAIL)
    number = the_opinion(fresh_app).id
    decide(moderator, number, "hide", because="insult")
    object_to(citizen, receipt)
    as_another(fresh_app, number)
    assert decide(moderator, number, "restore").status_code == 303
    opinion = the_opinion(fresh_app)
    assert (opinion.state, opinion.hidden_because) == (OpinionState.PUBLISHED, None)
    assert opinion.objection_by == account_of(fresh_app, "moderator@council.example").key
    assert letters(fresh_app)[-1][0] == "opinion_restored"
    page = citizen.get(PUBLIC).get_data(as_text=True)
    assert TEXT in page and "이의를 받아들여 다시 공개" in page
    late = {"because": "insult", "seen": "published"}
    assert decide(moderator, number, "hide", **late).status_code == 409


def test_another_moderator_lets_it_stay_hidden(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    receipt = send_one(citizen, email=EMAIL)
    number = the_opinion(fresh_app).id
    decide(moderator, number, "hide", because="unrelated")
    object_to(citizen, receipt)
    as_another(fresh_app, number)
    assert decide(moderator, number, "uphold").status_code == 303
    opinion = the_opinion(fresh_app)
    assert (opinion.state, opinion.decided_by) == (OpinionState.HIDDEN, "staff:999")
    assert letters(fresh_app)[-1][0] == "opinion_upheld"
    assert "계속 가려 둡니다" in citizen.get(receipt).get_data(as_text=True)
    assert "행사 주제와 관계없음: " in citizen.get(PUBLIC).get_data(as_text=True)


def test_what_is_not_hidden_takes_no_objection(citizen: PageClient) -> None:
    receipt = send_one(citizen)
    form = hidden_fields(citizen.get(f"/hearings/{SLUG}/opinion").get_data(as_text=True))
    sent = citizen.post(f"{receipt}/objection", data={**form, "objection": WHY})
    assert sent.status_code == 409
    missing = f"/hearings/opinions/{'x' * 22}/objection"
    assert citizen.post(missing, data={**form, "objection": WHY}).status_code == 404


def test_one_hidden_by_mistake_is_taken_up_again(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    number, sent_at = the_opinion(fresh_app).id, the_opinion(fresh_app).sent_at
    decide(moderator, number, "publish")
    decide(moderator, number, "hide", because="insult")
    assert TEXT not in citizen.get(PUBLIC).get_data(as_text=True)
    assert decide(moderator, number, "reopen").status_code == 303
    opinion = the_opinion(fresh_app)
    assert (opinion.state, opinion.sent_at) == (OpinionState.WAITING, sent_at)
    assert (opinion.decided_by, opinion.public_text) == (None, None)


def test_only_what_is_published_is_answered(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    assert decide(moderator, number, "answer", answer=ANSWER, answer_en="").status_code == 409
    assert the_opinion(fresh_app).answer is None


def test_a_changed_answer_sends_no_second_letter(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen, email=EMAIL)
    number = the_opinion(fresh_app).id
    decide(moderator, number, "publish")
    for words in (ANSWER, "고친 답"):
        decide(moderator, number, "answer", answer=words, answer_en="An answer")
    assert [kind for kind, _to, _c in letters(fresh_app)].count("opinion_answered") == 1
    assert the_opinion(fresh_app).answer == "고친 답"
    assert "An answer" in citizen.get(f"/en{PUBLIC}").get_data(as_text=True)


def test_every_decision_lets_the_hearings_page_be_made_anew(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    opinion = the_opinion(fresh_app)
    seen = []
    for move, fields in (
        ("publish", {}),
        ("answer", {"answer": ANSWER, "answer_en": ""}),
        ("hide", {"because": "insult"}),
    ):
        decide(moderator, opinion.id, move, **fields)
        with fresh_app.app_context():
            seen.append(read_versions(db.engine)[f"hearing:{SLUG}"])
    assert seen == [1, 2, 3]


def test_only_moderators_of_the_council_read_opinions(
    fresh_app: Flask, citizen: PageClient
) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    officer = sign_in(fresh_app, make_account(fresh_app, Role.EVENTS_OFFICER))
    assert officer.get(f"{DESKS}/{number}").status_code == 403
    assert "기다립니다" not in officer.get("/staff/").get_data(as_text=True)
    place = Place(ScopeKind.COMMITTEE, "transport")
    narrow = sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR, place=place))
    assert narrow.get(f"{DESKS}/{number}").status_code == 403
    assert narrow.get(DESKS).status_code == 403
    refused = post(narrow, f"{DESKS}/{number}/reopen")
    assert refused.status_code == 403


def test_the_file_is_for_moderators_alone(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen, file=(io.BytesIO(picture()), "정류장.jpg"))
    send_one(citizen, text="파일 없는 의견")
    with_file, without = (opinion.id for opinion in all_opinions(fresh_app))
    given = moderator.get(f"{DESKS}/{with_file}/file")
    assert given.status_code == 200 and given.headers["Cache-Control"] == "no-store"
    assert "attachment" in given.headers["Content-Disposition"]
    assert moderator.get(f"{DESKS}/{without}/file").status_code == 404
    assert citizen.get(f"{DESKS}/{with_file}/file").status_code == 303


def test_the_review_queue_lists_what_waits(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    page = moderator.get("/staff/review").get_data(as_text=True)
    assert the_opinion(fresh_app).number in page and TEXT not in page


def test_the_section_of_the_hearings_page(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    for words in (TEXT, "두 번째 의견입니다."):
        send_one(citizen, text=words)
    first, second = all_opinions(fresh_app)
    decide(moderator, first.id, "publish")
    decide(moderator, second.id, "hide", because="advertising")
    shown = citizen.get(f"/hearings/{SLUG}").get_data(as_text=True)
    assert TEXT in shown and "광고: " in shown and "두 번째" not in shown
    assert f"/hearings/{SLUG}/opinion" in shown


def test_many_opinions_are_shown_in_pages(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    for _ in range(21):
        send(citizen, open_form(citizen))
    decide(moderator, all_opinions(fresh_app)[0].id, "publish")
    first = citizen.get(PUBLIC).get_data(as_text=True)
    second = citizen.get(f"{PUBLIC}?page=2").get_data(as_text=True)
    assert first.count('class="opinion"') == 20 and second.count('class="opinion"') == 1


def test_the_house_rules_stand_in_both_languages(citizen: PageClient) -> None:
    page = citizen.get("/hearings/house-rules").get_data(as_text=True)
    assert 'id="insult"' in page and "다른 검토자" in page
    english = citizen.get("/en/hearings/house-rules").get_data(as_text=True)
    assert "Another moderator reads it" in english


def test_nothing_is_decided_twice(fresh_app: Flask, citizen: PageClient) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    how = {"opinion_id": number, "together": (), "actor": "staff:1", "at": real_now()}
    seen = OpinionState.WAITING
    with fresh_app.test_request_context():
        services.hide_opinions(db.session(), because=HouseRule.INSULT, seen=seen, **how)
        with pytest.raises(Conflict):
            services.publish_opinions(db.session(), public_text=TEXT, reason="", **how)
        with pytest.raises(NotFound):
            missing = {**how, "opinion_id": number + 1}
            services.hide_opinions(db.session(), because=HouseRule.INSULT, seen=seen, **missing)
        db.session.rollback()


def test_two_moderators_at_once_decide_once(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    form = hidden_fields(moderator.get(f"{DESKS}/{number}").get_data(as_text=True))
    other = fresh_app.test_client()
    cookie = moderator.get_cookie(fresh_app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    other.set_cookie(cookie.key, cookie.value)
    answers: list[int] = []
    gate = threading.Barrier(2)

    def press(client: PageClient, move: str, fields: dict[str, str]) -> None:
        gate.wait()
        path = f"{DESKS}/{number}/{move}"
        answer = super(PageClient, client).open(path, method="POST", data={**form, **fields})
        answers.append(answer.status_code)

    threads = [
        threading.Thread(target=press, args=(moderator, "publish", {"public_text": TEXT})),
        threading.Thread(target=press, args=(other, "publish", {"public_text": TEXT})),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 409]
    assert [deed for deed, _reason in deeds(fresh_app)].count("opinion.published") == 1


def test_what_was_published_meanwhile_is_not_hidden_unread(
    fresh_app: Flask, citizen: PageClient, moderator: PageClient
) -> None:
    send_one(citizen)
    number = the_opinion(fresh_app).id
    page = moderator.get(f"{DESKS}/{number}").get_data(as_text=True)
    decide(moderator, number, "publish")
    late = {**hidden_fields(page), "because": "insult"}
    assert moderator.post(f"{DESKS}/{number}/hide", data=late).status_code == 409
    assert the_opinion(fresh_app).state is OpinionState.PUBLISHED
