"""The desks' pages: a notice from its first word to its correction, by two people."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree

import time_machine
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse
from wtforms import FieldList, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import Length

from portal.core.clock import real_now
from portal.core.files.models import StoredFile
from portal.core.files.queries import waiting_files
from portal.core.files.tasks import read_file
from portal.council.models import Committee
from portal.extensions import db
from portal.moderation.desks import desks
from portal.moderation.models import Revision
from portal.moderation.rules import PublicationState
from portal.moderation.tasks import remove_files
from portal.publications.models import Publication
from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in, review_address, save, text_of
from tests.support.client import PageClient
from tests.support.samples import hwpx, picture

DESK = "/staff/content/publications"
PICTURE = ("본회의장.png", picture("PNG"))
WORDS = {"kind": "notice", "title": "방청 안내", "title_en": "Watching a sitting"}


def write(editor: PageClient, **more: str) -> str:
    """Write a new notice and return its address at the desk."""
    answer = post(editor, f"{DESK}/new", **(WORDS | more))
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])


def slug_of(app: Flask, row: str) -> str:
    with app.app_context():
        found = db.session.get(Publication, int(row.rpartition("/")[2]))
        assert found
        return found.slug


def publish(people: tuple[PageClient, PageClient], **more: str) -> str:
    """Write, hand in and publish a notice; return its address at the desk."""
    editor, reader = people
    row = write(editor, **more)
    hand_in(editor, row)
    answer = decide(reader, row, "publish")
    assert answer.status_code == 303, text_of(answer)
    return row


def test_a_notice_becomes_public_by_a_second_person(fresh_app: Flask, people):
    row = publish(people, body="본회의는 **누구나**를 위해 열립니다.")
    page = text_of(fresh_app.test_client().get(f"/news/{slug_of(fresh_app, row)}"))
    assert "방청 안내" in page
    assert "2020. 11. 9." in page.partition("<h1")[2].partition("</main>")[0]
    assert "<strong>누구나</strong>를" in page
    assert "출처 의회사무처에서 직접 알림" in page


def text_fields(form: BaseForm) -> Iterator[TextAreaField]:
    """Give the long texts of a form and of its parts."""
    for field in form:
        if isinstance(field, FieldList):
            yield from text_fields((field[0] if field else field.append_entry()).form)
        elif isinstance(field, TextAreaField):
            yield field


def test_no_text_of_a_desk_is_endless(fresh_app: Flask):
    with fresh_app.test_request_context():
        endless = [
            (kind, field.name)
            for kind, desk in desks().items()
            for field in text_fields(desk.form(formdata=None))
            if not any(isinstance(check, Length) for check in field.validators)
        ]
    # A table of figures is bounded by its bytes instead.
    assert endless == [("figure_uploads", "content")]


def test_a_control_sign_in_a_title_leaves_the_feed_readable(fresh_app: Flask, people):
    row = publish(people, title="방\x0b청 안\ufffe내\x00", body="첫 줄\n\t둘째 줄")
    with fresh_app.app_context():
        found = db.session.get_one(Publication, int(row.rpartition("/")[2]))
        assert (found.title, found.body) == ("방청 안내", "첫 줄\n\t둘째 줄")
        found.title = "방청\x0b 안내"
        db.session.commit()
    feed = fresh_app.test_client().get("/feeds/news.atom").data
    ElementTree.fromstring(feed)  # noqa: S314 - our own


def test_who_wrote_is_offered_no_decision(people):
    _editor, reader = people
    row = write(reader)
    hand_in(reader, row)
    page = text_of(reader.get(review_address(row)))
    assert 'value="publish"' not in page


def test_a_change_waits_and_its_reason_is_published(fresh_app: Flask, people):
    editor, reader = people
    row = publish(people)
    saved = post(
        editor,
        f"{row}/edit",
        **WORDS,
        summary="오후 두 시",
        based_on="1",
        change_note="시각을 빠뜨렸음",
    )
    assert saved.status_code == 303, text_of(saved)
    address = f"/news/{slug_of(fresh_app, row)}"
    assert "오후 두 시" not in text_of(reader.get(address))
    hand_in(editor, row, "propose")
    assert decide(reader, row, "accept").status_code == 303
    page = text_of(fresh_app.test_client().get(address))
    assert "오후 두 시" in page
    assert "시각을 빠뜨렸음" in page
    assert "시각을 빠뜨렸음" in text_of(fresh_app.test_client().get("/corrections"))


def test_a_withdrawn_notice_is_gone(fresh_app: Flask, people):
    _editor, reader = people
    row = publish(people)
    assert post(reader, f"{row}/withdraw", move="withdraw", reason="끝남").status_code == 303
    address = f"/news/{slug_of(fresh_app, row)}"
    gone = fresh_app.test_client().get(address)
    assert gone.status_code == 410
    assert "지금은 공개하지 않습니다" in text_of(gone)
    assert "끝남" not in text_of(gone)


def test_the_second_of_two_editors_sees_the_difference_and_loses_nothing(people):
    editor, reader = people
    row = write(editor)
    post(editor, f"{row}/edit", **(WORDS | {"title": "방청하는 법"}), based_on="1")
    answer = post(reader, f"{row}/edit", **(WORDS | {"title": "방청 길잡이"}), based_on="1")
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="방청 길잡이"' in page
    assert "방청하는" in page
    assert 'name="based_on" type="hidden" value="2"' in page


def test_a_resident_number_is_published_with_a_reason_only(people):
    editor, reader = people
    row = write(editor, body="신청인 900101-1234568")
    hand_in(editor, row)
    refused = decide(reader, row, "publish")
    assert refused.status_code == 422
    assert "900●●●" in text_of(refused)
    passed = decide(reader, row, "publish", passed_because="보기로 지어낸 번호")
    assert passed.status_code == 303


def test_a_resident_number_in_a_change_is_accepted_with_a_reason_only(people):
    editor, reader = people
    row = publish(people)
    changed = WORDS | {"body": "신청인 900101-1234568", "based_on": "1"}
    assert post(editor, f"{row}/edit", **changed, change_note="빠짐").status_code == 303
    hand_in(editor, row, "propose")
    assert decide(reader, row, "accept").status_code == 422
    assert decide(reader, row, "accept", passed_because="보기 번호").status_code == 303


def test_a_file_is_read_before_it_is_public_and_may_hold_no_number(fresh_app: Flask, people):
    editor, reader = people
    row = write(editor)
    document = ("명단.hwpx", hwpx("신청인 900101-1234568"))
    assert upload(editor, row, document, based_on="1").status_code == 303
    hand_in(editor, row)
    unread = decide(reader, row, "publish", passed_because="보기 번호")
    assert unread.status_code == 422
    assert "아직 읽고" in text_of(unread)
    with fresh_app.app_context():
        for file_id in waiting_files(db.session()):
            read_file(file_id)
    refused = decide(reader, row, "publish")
    assert refused.status_code == 422
    assert "900●●●" in text_of(refused)
    assert decide(reader, row, "publish", passed_because="보기 번호").status_code == 303


def test_picture_and_document_come_with_the_form(fresh_app: Flask, people):
    editor, reader = people
    row = write(editor)
    for number, file in enumerate((PICTURE, ("안내문.hwpx", hwpx())), start=1):
        answer = upload(editor, row, file, based_on=str(number))
        assert answer.status_code == 303, text_of(answer)
    hand_in(editor, row)
    waiting = text_of(reader.get(review_address(row)))
    assert "본회의장.png (본회의장)" in waiting
    assert re.search(r'href="/files/\d+/[^"]+">본회의장.png</a>', waiting)
    assert "아직 읽고 있습니다" in waiting
    with fresh_app.app_context():
        for file_id in waiting_files(db.session()):
            read_file(file_id)
    assert decide(reader, row, "publish").status_code == 303
    page = text_of(fresh_app.test_client().get(f"/news/{slug_of(fresh_app, row)}"))
    picture = re.search(r'<img src="(/files/\d+/[^"]+)" alt="본회의장"', page)
    document = re.search(r'href="(/files/\d+/[^"]+\.hwpx)"', page)
    assert picture and document
    given = fresh_app.test_client().get(document[1])
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert fresh_app.test_client().get(picture[1]).mimetype == "image/png"


def test_a_file_of_a_draft_is_for_staff_only(fresh_app: Flask, people):
    editor, _reader = people
    row = write(editor)
    upload(editor, row, PICTURE, based_on="1")
    page = text_of(editor.get(f"{row}/page/2"))
    address = re.search(r'<img src="(/files/[^"]+)"', page)
    assert address
    shown = editor.get(address[1])
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert fresh_app.test_client().get(address[1]).status_code == 404


def test_a_file_of_another_purpose_can_not_be_made_public(fresh_app: Flask, people):
    editor, _reader = people
    row = write(editor)
    upload(editor, row, PICTURE, based_on="1")
    with fresh_app.app_context():
        db.session.query(StoredFile).update({"purpose": "case"})
        db.session.commit()
    answer = post(editor, f"{row}/edit", **WORDS, based_on="2", **{"files-0-file_id": "1"})
    assert answer.status_code == 422
    assert editor.get("/files/1/a.png").status_code == 404


def test_a_picture_without_words_is_refused_and_the_text_stays(people):
    editor, _reader = people
    row = write(editor)
    answer = upload(editor, row, PICTURE, based_on="1", new_alt="", summary="새 글")
    assert answer.status_code == 422
    assert 'value="새 글"' in text_of(answer)


def test_the_preview_is_the_page_itself_and_keeps_nothing(fresh_app: Flask, people):
    editor, _reader = people
    row = write(editor)
    assert "방청 안내" in text_of(editor.get(f"{row}/page/1"))
    assert fresh_app.test_client().get(f"/news/{slug_of(fresh_app, row)}").status_code == 404


def test_what_is_kept_by_itself_is_offered_again(fresh_app: Flask, people):
    editor, reader = people
    row = write(editor)
    kept = post(editor, f"{row}/autosave", **WORDS, body="반쯤 쓴 글")
    assert kept.status_code == 204
    assert "use=saved" in text_of(editor.get(f"{row}/edit"))
    assert "반쯤 쓴 글" in text_of(editor.get(f"{row}/edit?use=saved"))
    assert "use=saved" not in text_of(reader.get(f"{row}/edit"))


def test_a_draft_can_be_thrown_away_and_a_published_one_not(fresh_app: Flask, people):
    editor, _reader = people
    row = write(editor)
    assert "버릴까요?" in text_of(editor.get(f"{row}/discard"))
    assert "방청 안내" in text_of(editor.get(row))
    assert post(editor, f"{row}/discard").status_code == 303
    assert editor.get(row).status_code == 404
    with fresh_app.app_context():
        assert db.session.query(Revision).count() == 0
    public = publish(people)
    assert post(editor, f"{public}/discard").status_code == 409
    assert editor.get(f"{public}/discard").location == public


def test_many_are_approved_with_one_press(fresh_app: Flask, people):
    editor, reader = people
    rows = [write(editor), write(editor), write(editor, body="연락처 010-1234-5678")]
    for row in rows:
        hand_in(editor, row)
    page = text_of(reader.get("/staff/review"))
    chosen = re.findall(r'name="chosen" value="([^"]+)"', page)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token and len(chosen) == 3
    answer = reader.post("/staff/review", data={"chosen": chosen, "csrf_token": token[1]})
    assert answer.status_code == 200
    assert "notice-warning" in text_of(answer)
    publics = [
        fresh_app.test_client().get(f"/news/{slug_of(fresh_app, r)}").status_code for r in rows
    ]
    assert publics == [200, 200, 404]


def test_an_old_version_is_written_anew(people):
    editor, _reader = people
    row = write(editor)
    post(editor, f"{row}/edit", **(WORDS | {"title": "다른 제목"}), based_on="1")
    answer = post(editor, f"{row}/restore", number="1", based_on="2")
    assert answer.status_code == 303
    assert "방청 안내" in text_of(editor.get(row))


def upload(editor: PageClient, row: str, file: tuple[str, bytes], **more: str) -> TestResponse:
    """Save a notice with one more file, keeping those it has."""
    page = text_of(editor.get(f"{row}/edit"))
    kept = re.findall(r'name="(files-\d+-file_id)" value="(\d+)"', page)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    name, content = file
    fields = WORDS | dict(kept) | {"new_alt": "본회의장", "csrf_token": token[1]} | more
    return editor.post(f"{row}/edit", data={**fields, "new_file": (BytesIO(content), name)})


def count_files(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(StoredFile.id))) or 0


def test_no_file_is_kept_of_a_row_that_may_not_be_written(fresh_app: Flask, people):
    editor, _reader = people
    row = write(editor)
    page = text_of(editor.get(f"{row}/edit"))
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    hand_in(editor, row)
    fields = WORDS | {"new_alt": "본회의장", "csrf_token": token[1], "based_on": "1"}
    name, content = PICTURE
    file = (BytesIO(content), name)
    assert editor.post(f"{row}/edit", data={**fields, "new_file": file}).status_code == 422
    assert count_files(fresh_app) == 0


def test_files_that_nothing_names_go_after_a_day(fresh_app: Flask, people):
    editor, _reader = people
    kept, gone = write(editor), write(editor)
    for row in (kept, gone):
        upload(editor, row, PICTURE, based_on="1")
    post(editor, f"{kept}/edit", **WORDS, based_on="2")
    post(editor, f"{gone}/discard")
    with fresh_app.app_context():
        remove_files()
    assert count_files(fresh_app) == 2
    with time_machine.travel(real_now() + timedelta(hours=25), tick=False), fresh_app.app_context():
        remove_files()
        remove_files()
    assert count_files(fresh_app) == 1


def test_every_page_of_a_desk_speaks_english(people):
    editor, reader = people
    row = publish(people)
    post(
        editor,
        f"{row}/edit",
        **WORDS,
        summary="오후 두 시",
        based_on="1",
        change_note="시각을 빠뜨렸음",
    )
    hand_in(editor, row, "propose")
    pages = (
        row,
        f"{row}/history/2",
        f"{row}/history/2?view=inline",
        f"{row}/preview/2",
        DESK,
        f"{DESK}/help",
        f"{DESK}/new",
    )
    for page in (*pages, "/staff/review", review_address(row), "/staff/"):
        assert reader.get(f"/en{page}").status_code == 200
    post(reader, review_address(row), move="accept", seen="2")
    assert editor.get(f"/en{row}/edit").status_code == 200
    assert editor.get("/en/corrections").status_code == 200


def test_a_notice_and_its_committee_lead_to_each_other(fresh_app: Flask, people):
    row = publish(people, committee="transport")
    client = fresh_app.test_client()
    assert "/council/committees/transport" in text_of(
        client.get(f"/news/{slug_of(fresh_app, row)}")
    )
    assert "방청 안내" in text_of(client.get("/council/committees/transport"))


def end_of(app: Flask, row: str) -> datetime | None:
    with app.app_context():
        found = db.session.get(Publication, int(row.rpartition("/")[2]))
        assert found
        return found.withdraw_at


def test_accepting_a_change_leaves_the_end_of_publication(fresh_app: Flask, people):
    editor, reader = people
    row = write(editor)
    hand_in(editor, row)
    assert decide(reader, row, "publish", withdraw_at="2020-11-20T18:00").status_code == 303
    ends_at = end_of(fresh_app, row)
    assert ends_at is not None
    post(editor, f"{row}/edit", **WORDS, summary="오후 두 시", based_on="1", change_note="시각")
    hand_in(editor, row, "propose")
    assert decide(reader, row, "accept").status_code == 303
    assert end_of(fresh_app, row) == ends_at


def test_what_was_taken_back_is_offered_its_hours_again(people):
    editor, reader = people
    row = write(editor)
    hand_in(editor, row)
    hours = {"publish_at": "2020-11-20T09:00", "withdraw_at": "2020-11-21T18:00"}
    assert decide(reader, row, "schedule", **hours).status_code == 303
    hand_in(editor, row, "take_back")
    hand_in(editor, row)
    page = text_of(reader.get(review_address(row)))
    for name, hour in hours.items():
        assert re.search(rf'<input[^>]*name="{name}"[^>]*value="{hour}"', page), name


def test_what_comes_out_later_shows_neither_file_nor_correction(fresh_app: Flask, people):
    editor, reader = people
    row = write(editor, issued="2020-11-10")
    upload(editor, row, ("안내문.hwpx", hwpx()), based_on="1", issued="2020-11-10")
    with fresh_app.app_context():
        for file_id in waiting_files(db.session()):
            read_file(file_id)
    hand_in(editor, row)
    assert decide(reader, row, "publish").status_code == 303
    save(editor, row, title="앞당긴 방청 안내", change_note="빠뜨림")
    hand_in(editor, row, "propose")
    assert decide(reader, row, "accept").status_code == 303
    hidden = ("/files/1/a.hwpx", "/files/1/text", f"/news/{slug_of(fresh_app, row)}")
    assert {fresh_app.test_client().get(path).status_code for path in hidden} == {404}
    lists = ("/corrections", "/feeds/corrections.atom")
    told = [text_of(fresh_app.test_client().get(path)) for path in lists]
    assert not any("앞당긴 방청 안내" in words for words in told)
    fresh_app.test_cli_runner().invoke(args=["clock", "set", "2020-11-10"])
    assert {fresh_app.test_client().get(path).status_code for path in hidden[::2]} == {200}
    assert "앞당긴 방청 안내" in text_of(fresh_app.test_client().get("/corrections"))


def test_a_publication_keeps_the_committee_that_is_not_public_any_more(fresh_app: Flask, people):
    row = publish(people, committee="steering")
    with fresh_app.app_context():
        committee = db.session.query(Committee).filter_by(slug="steering").one()
        committee.state = PublicationState.WITHDRAWN
        db.session.commit()
    editor, _reader = people
    assert save(editor, row, summary="새 글").status_code == 303
    with fresh_app.app_context():
        newest = db.session.query(Revision).order_by(Revision.id.desc()).first()
        assert newest and newest.fields["summary"] == "새 글"
        assert newest.fields["committee"] == "steering"
        db.session.rollback()
