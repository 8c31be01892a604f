"""Figures that staff bring: read as an import reads, seen by a second person, then public."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.accounts.queries import find_account_by_email
from portal.accounts.rules import Grant, Role
from portal.accounts.services import give_role
from portal.audit.models import AuditLine
from portal.budget.models import BudgetLine, Execution
from portal.config import ROOT
from portal.core import clock
from portal.core.errors import Invalid
from portal.core.imports import Outcome
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.importers.dataset import import_dataset
from portal.importers.figures import take_figures, try_figures
from portal.importers.models import FigureUpload
from portal.importers.reports import Report
from tests.accounts.staff import make_account, post, sign_in
from tests.moderation.desk import decide, text_of
from tests.support.client import PageClient

DESK = "/staff/content/figure_uploads"
EXECUTION = "budget/execution.csv"
MEDIA = "media-advertising,2020,2020-10-31,thousand,3562908,,,889957,24.9,2672951"
#: More was spent, so less is planned: all of it still adds up to the current budget.
NEW_MEDIA = MEDIA.replace("889957", "889999").replace("2672951", "2672909")
TOTAL = "total,2020,2020-10-31,million,27766"


@pytest.fixture
def people(fresh_app: Flask) -> Iterator[tuple[PageClient, PageClient]]:
    """Give a budget officer and a second reader, both signed in."""
    officer = sign_in(fresh_app, make_account(fresh_app, Role.BUDGET_OFFICER))
    reader = sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR))
    yield officer, reader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of Seoul's data that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def table(*changes: tuple[str, str], path: str = EXECUTION) -> str:
    """Return a file of Seoul's data with changes."""
    text = (ROOT / "data" / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def words_of(answer: TestResponse) -> str:
    """Return what a page says, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text_of(answer))).split())


def send(officer: PageClient, address: str, content: bytes | str, **more: str) -> TestResponse:
    """Send the form with a table, as a file where it is bytes."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', text_of(officer.get(address)))
    assert token
    fields = {"path": EXECUTION, "as_of": "2020-10-31", "csrf_token": token[1]} | more
    if isinstance(content, bytes):
        return officer.post(address, data={**fields, "file": (BytesIO(content), "집행.csv")})
    return officer.post(address, data={**fields, "content": content})


def bring(officer: PageClient, content: bytes | str, **more: str) -> str:
    """Bring a table and return its address at the desk."""
    answer = send(officer, f"{DESK}/new", content, **more)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])


def hand_in(officer: PageClient, row: str) -> TestResponse:
    return post(officer, f"{row}/move", page=row, move="submit")


def publish(people: tuple[PageClient, PageClient], content: str, **more: str) -> str:
    """Bring a table and let it be published; return its address at the desk."""
    officer, reader = people
    row = bring(officer, content, **more)
    assert hand_in(officer, row).status_code == 303
    answer = decide(reader, row, "publish")
    assert answer.status_code == 303, text_of(answer)
    return row


def preview(reader: PageClient, row: str, number: int = 1) -> str:
    """Return what the page says that a table would change, without tags."""
    answer = reader.get(f"{row}/preview/{number}", follow_redirects=True)
    assert answer.status_code == 200
    return words_of(answer)


def spent(app: Flask, slug: str = "media-advertising") -> int | None:
    """Return what a line had spent on its newest day, in won."""
    with app.app_context():
        return db.session.scalar(
            select(Execution.spent_won)
            .join(BudgetLine, BudgetLine.id == Execution.line_id)
            .where(BudgetLine.slug == slug)
            .order_by(Execution.as_of.desc())
        )


def run_import(app: Flask, folder: Path) -> Report:
    with app.app_context():
        report = import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.commit()
        return report


def test_a_changed_amount_is_seen_before_and_after_and_then_public(fresh_app: Flask, people):
    officer, reader = people
    citizen = fresh_app.test_client()
    address = "/budget/2020/media-advertising"
    assert "889,957" in text_of(citizen.get(address))
    row = bring(officer, table((MEDIA, NEW_MEDIA)).encode("utf-8-sig"))
    answer = hand_in(officer, row)
    assert answer.status_code == 303, text_of(answer)
    assert f"{row}/preview/1" in text_of(reader.get(row.replace("/content/", "/review/")))
    shown = preview(reader, row)
    assert "지출액 8억 8,995만 7,000 원 8억 8,999만 9,000 원" in shown
    assert "889,957" in text_of(citizen.get(address))
    assert spent(fresh_app) == 889_957_000
    assert decide(reader, row, "publish").status_code == 303
    assert spent(fresh_app) == 889_999_000
    assert "889,999" in text_of(citizen.get(address))
    assert "예산 집행, 2020. 10. 31." in text_of(citizen.get("/corrections"))


def test_who_brought_a_table_does_not_publish_it(fresh_app: Flask):
    email = make_account(fresh_app, Role.BUDGET_OFFICER)
    with fresh_app.app_context():
        account = find_account_by_email(db.session(), email)
        assert account
        day = clock.real_now().date() - timedelta(days=10000)
        grant = Grant(Role.MODERATOR)
        give_role(db.session(), account=account, grant=grant, actor="tests", on=day)
        db.session.commit()
    officer = sign_in(fresh_app, email)
    row = bring(officer, table((MEDIA, NEW_MEDIA)))
    assert hand_in(officer, row).status_code == 303
    address = row.replace("/content/", "/review/")
    answer = post(officer, address, page=row, move="publish", seen="1")
    assert answer.status_code == 422
    assert spent(fresh_app) == 889_957_000


#: What is changed, where that is told, and how in Korean and in English.
WRONG = {
    "header": (
        ("committed_percent", "rate"),
        f"{EXECUTION}:1:7: ",
        "모르는 열입니다: 'rate'",
        "the column 'rate' is not known",
    ),
    "text": (
        (MEDIA, MEDIA.replace("889957", "많이")),
        f"{EXECUTION}:39:8: spent: ",
        "정수가 아닙니다: '많이'. 27766처럼 적어 주세요.",
        "'많이' is not a whole number",
    ),
    "endless number": (
        (MEDIA, MEDIA.replace("889957", "9" * 25)),
        f"{EXECUTION}:39:8: spent: ",
        "수는 15자리까지 적을 수 있습니다.",
        "a number has at most 15 digits",
    ),
    "large number of a large unit": (
        (MEDIA, MEDIA.replace("3562908", "9" * 15).replace("thousand", "million")),
        f"{EXECUTION}:39:5: current: ",
        "금액이 너무 큽니다.",
        "the amount is too large",
    ),
    "day": (
        (MEDIA, MEDIA.replace("10-31", "10-32")),
        f"{EXECUTION}:39:3: as_of: ",
        "날짜가 아닙니다: '2020-10-32'. 2020-11-09처럼 적어 주세요.",
        "'2020-10-32' is not a day such as 2020-11-09",
    ),
    "more than there is": (
        (MEDIA, MEDIA.replace("889957", "3562909")),
        f"{EXECUTION}:39:8: spent: ",
        "지출액이 예산현액보다 많습니다: 지출액 3,562,909, 예산현액 3,562,908",
        "3,562,909 is more than the current budget, 3,562,908",
    ),
    "unknown line": (
        (MEDIA, MEDIA.replace("media", "medium")),
        f"{EXECUTION}:39:1: line: ",
        "budget_lines에 없습니다: 'medium-advertising'",
        "'medium-advertising' is not in budget_lines",
    ),
    "total": (
        (TOTAL, TOTAL.replace("27766", "27767")),
        "",
        "L643: 적힌 값은 27,766, 부분으로 셈한 값은 27,767입니다.",
        "L643: printed 27,766, the parts give 27,767.",
    ),
}


@pytest.mark.parametrize(("change", "place", "korean", "english"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_in_the_pages_language_and_is_not_handed_in(
    fresh_app: Flask, people, change: tuple[str, str], place: str, korean: str, english: str
):
    officer, reader = people
    row = bring(officer, table(change))
    for address, reason in ((row, korean), (f"/en{row}", english)):
        shown = words_of(officer.get(address))
        assert f"{place}{reason}" in shown
        assert f"{place}{reason}" in preview(reader, address)
    assert english not in words_of(officer.get(row))
    assert 'value="submit"' not in text_of(officer.get(row))
    answer = hand_in(officer, row)
    assert answer.status_code == 422
    assert f"{place}{korean}" in words_of(answer)
    assert spent(fresh_app) == 889_957_000
    with fresh_app.app_context():
        upload = db.session.query(FigureUpload).one()
        assert upload.content == table(change).strip()


def test_a_draft_with_errors_shows_no_sums_and_says_what_to_do(people):
    officer, reader = people
    row = bring(officer, table((TOTAL, TOTAL.replace("27766", "27767"))))
    shown = preview(reader, f"/en{row}")
    assert "The whole table" not in shown
    assert "What the whole table would give is shown once they are corrected." in shown
    assert "declare the difference in identities.csv" in shown
    page = words_of(officer.get(f"/en{row}"))
    assert "identities.csv:" not in page
    assert "look at the preview, then hand it in" not in page
    assert "Correct them by Write" in page


def test_the_preview_names_rows_and_columns_in_words(people):
    officer, reader = people
    row = bring(officer, table((MEDIA, NEW_MEDIA)))
    korean, english = preview(reader, row), preview(reader, f"/en{row}")
    assert "media-advertising" not in korean + english
    assert "2020. 10. 31." in korean
    assert "지출액" in korean
    assert "31 Oct 2020" in english
    assert "Amount spent" in english


def test_the_preview_says_units_in_words(people):
    officer, reader = people
    covid = next(line for line in table().splitlines() if line.startswith("covid"))
    row = bring(officer, table((covid, covid.replace("2020-10-31", "2020-09-30"))))
    assert "적힌 단위 천 원" in preview(reader, row)
    assert "Printed unit thousand won" in preview(reader, f"/en{row}")


def test_the_command_line_tells_what_is_wrong_in_english(fresh_app: Flask, folder: Path):
    change, place, _korean, english = WRONG["text"]
    (folder / EXECUTION).write_text(table(change), encoding="utf-8")
    with fresh_app.app_context():
        result = fresh_app.test_cli_runner().invoke(args=["import", str(folder)])
    assert result.exit_code == 1
    assert f"{place}{english}" in result.output


def test_figures_that_are_checked_are_told_in_english(fresh_app: Flask, folder: Path):
    identities = folder / "identities.csv"
    text = identities.read_text(encoding="utf-8")
    identities.write_text(text.replace("110,", "111,", 1), encoding="utf-8")
    with fresh_app.app_context():
        result = fresh_app.test_cli_runner().invoke(args=["check-data", str(folder)])
    assert result.exit_code == 1
    assert "111 is printed, the parts give 110: they differ" in result.output


def test_only_the_budget_office_writes_figures(fresh_app: Flask, people):
    officer, reader = people
    row = bring(officer, table((MEDIA, NEW_MEDIA)))
    assert reader.get(f"{DESK}/new").status_code == 403
    assert "다른 부서가 쓰는" in text_of(reader.get(f"{row}/edit"))
    assert f"{DESK}/new" not in text_of(reader.get(DESK))
    assert post(reader, f"{row}/discard", page="/staff/content/publications/new").status_code == 403
    answer = post(reader, f"{row}/restore", page="/staff/account", number="1", based_on="1")
    assert answer.status_code == 403


def test_only_the_budget_office_hands_figures_in_and_takes_them_back(fresh_app: Flask, people):
    officer, _reader = people
    row = bring(officer, table())
    editor = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    other = "/staff/content/publications/new"
    assert 'value="submit"' not in words_of(editor.get(row))
    assert post(editor, f"{row}/move", page=other, move="submit").status_code == 403
    hand_in(officer, row)
    assert 'value="take_back"' not in words_of(editor.get(row))
    assert post(editor, f"{row}/move", page=other, move="take_back").status_code == 403
    assert post(officer, f"{row}/move", page=row, move="take_back").status_code == 303
    send(officer, f"{row}/edit", table(), based_on="1", title="다른 이름")
    assert "restore" not in words_of(editor.get(f"{row}/history/1"))


def test_a_file_in_another_encoding_is_refused_with_its_line(people):
    officer, _reader = people
    lines = table(path="budget/lines.csv").encode("cp949")
    answer = send(officer, f"{DESK}/new", lines, path="budget/lines.csv")
    assert answer.status_code == 422
    assert "2번째 줄이 UTF-8이 아닙니다" in text_of(answer)
    assert "한 곳을 고쳐 주세요" in text_of(answer)


def test_an_import_of_an_unchanged_folder_leaves_published_figures(
    fresh_app: Flask, people, folder: Path
):
    publish(people, table((MEDIA, NEW_MEDIA)))
    assert run_import(fresh_app, folder).differences == []
    sources = folder / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run_import(fresh_app, folder)
    assert spent(fresh_app) == 889_999_000


def test_a_changed_file_replaces_published_figures_and_says_so(
    fresh_app: Flask, people, folder: Path
):
    publish(people, table((MEDIA, NEW_MEDIA)))
    (folder / EXECUTION).write_text(table() + "\n", encoding="utf-8")
    report = run_import(fresh_app, folder)
    assert spent(fresh_app) == 889_957_000
    told = f"{EXECUTION}: the file replaced figures as of 2020-10-31 that staff had published"
    assert told in report.differences


def test_figures_of_a_new_day_come_with_their_document_and_are_shown_at_once(
    fresh_app: Flask, people
):
    citizen = fresh_app.test_client()
    assert 'value="8807000000"' in text_of(citizen.get("/budget/2020"))
    document = "report-2020-11-05,report,11월 5일 집행 현황,,,2020-11-05\n"
    publish(people, table(path="sources.csv") + document, path="sources.csv")
    rows = table(("8807,72.5", "8907,73.3")).splitlines()[1:14]
    new = "\n".join(rows).replace("2020-10-31", "2020-11-05")
    new = new.replace("report-2020-11,", "report-2020-11-05,")
    row = publish(people, f"{table()}{new}\n", as_of="2020-11-05")
    assert 'value="8907000000"' in text_of(citizen.get("/budget/2020"))
    _officer, reader = people
    assert "바뀌는 것이 없습니다" in preview(reader, row)
    assert "오류가 있어" not in text_of(reader.get(row))
    assert "새 행: 13" in preview(reader, row)


def test_rows_that_come_and_go_are_named(people):
    officer, reader = people
    covid = next(line for line in table().splitlines() if line.startswith("covid"))
    row = bring(officer, table((covid, covid.replace("2020-10-31", "2020-09-30"))))
    shown = preview(reader, row)
    assert "새 행: 1" in shown and "없어지는 행: 1" in shown
    assert "코로나19 대비 청사방역 등 · 2020 · 2020. 9. 30." in shown
    assert "코로나19 대비 청사방역 등 · 2020 · 2020. 10. 31." in shown
    assert "예산현액 5,500만 원" in shown


def test_the_tables_as_they_are_now_are_given_as_a_start(fresh_app: Flask, people, folder: Path):
    officer, _reader = people
    assert "/staff/figures" in text_of(officer.get(f"{DESK}/new"))
    link = re.search(r'href="([^"]+execution\.csv)"', text_of(officer.get("/staff/figures")))
    assert link
    assert officer.get(link[1]).get_data(as_text=True) == f"\ufeff{table()}"
    publish(people, table((MEDIA, NEW_MEDIA)))
    assert NEW_MEDIA in officer.get(link[1]).get_data(as_text=True)
    (folder / EXECUTION).write_text(table() + "\n", encoding="utf-8")
    run_import(fresh_app, folder)
    assert NEW_MEDIA not in officer.get(link[1]).get_data(as_text=True)
    assert officer.get("/staff/figures/tables/members.csv").status_code == 404


def test_older_figures_are_warned_of_and_not_refused(fresh_app: Flask, people):
    officer, reader = people
    publish(people, table((MEDIA, NEW_MEDIA)))
    older = bring(officer, table(), as_of="2020-09-30")
    assert "더 새로운 수치가 이미 공개되었습니다" in preview(reader, older)
    same = bring(officer, table())
    assert "더 새로운 수치" not in preview(reader, same)
    assert hand_in(officer, older).status_code == 303
    assert decide(reader, older, "publish").status_code == 303
    assert spent(fresh_app) == 889_957_000


def test_what_fitted_when_it_was_handed_in_is_tried_again(fresh_app: Flask, people):
    officer, reader = people
    row = bring(officer, table((MEDIA, NEW_MEDIA)))
    assert hand_in(officer, row).status_code == 303
    with fresh_app.app_context():
        line = db.session.query(BudgetLine).filter_by(slug="media-advertising").one()
        line.import_key = "another"
        db.session.commit()
    assert decide(reader, row, "publish").status_code == 422
    with fresh_app.test_request_context():
        begin_write()
        upload = db.session.query(FigureUpload).one()
        assert upload.published_at is None
        # So it is at the hour for which it was approved: the worker asks nobody.
        with pytest.raises(Invalid, match=f"{EXECUTION}:39:1: line"):
            take_figures(db.session(), upload, at=clock.real_now())
        db.session.rollback()


def test_a_row_changed_by_hand_stays_and_staff_are_told(fresh_app: Flask, people):
    with fresh_app.app_context():
        line = db.session.query(BudgetLine).filter_by(slug="media-advertising").one()
        execution = db.session.query(Execution).filter_by(line_id=line.id).one()
        execution.remaining_reason = "사람이 고친 글"
        db.session.commit()
    officer, reader = people
    assert "media-advertising" not in text_of(reader.get("/staff/"))
    row = bring(officer, table((MEDIA, NEW_MEDIA)))
    assert "사람이 고친 대로 남는 행: 1" in preview(reader, row)
    assert hand_in(officer, row).status_code == 303
    assert decide(reader, row, "publish").status_code == 303
    assert spent(fresh_app) == 889_957_000
    for person in people:
        assert f"{EXECUTION}:39: media-advertising" in text_of(person.get("/staff/"))
        assert f"{EXECUTION}:39: media-advertising" in text_of(person.get("/staff/review"))
    editor = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    assert "media-advertising" not in text_of(editor.get("/staff/"))
    publish(people, table())
    assert "media-advertising" not in text_of(reader.get("/staff/"))


def test_a_row_changed_by_hand_stays_when_it_leaves_its_file(fresh_app: Flask, folder: Path):
    with fresh_app.app_context():
        line = db.session.query(BudgetLine).filter_by(slug="covid-disinfection").one()
        execution = db.session.query(Execution).filter_by(line_id=line.id).one()
        execution.remaining_reason = "사람이 고친 글"
        db.session.commit()
    covid = next(line for line in table().splitlines(True) if line.startswith("covid"))
    (folder / EXECUTION).write_text(table((covid, "")), encoding="utf-8")
    report = run_import(fresh_app, folder)
    assert any("covid-disinfection" in difference for difference in report.differences)
    assert spent(fresh_app, "covid-disinfection") == 55_000_000


def test_the_trail_says_which_table_was_taken(fresh_app: Flask, people):
    publish(people, table((MEDIA, NEW_MEDIA)))
    with fresh_app.app_context():
        line = db.session.scalars(
            select(AuditLine).where(
                AuditLine.deed == "data.imported", AuditLine.kind == "figure_uploads"
            )
        ).one()
        assert json.loads(line.after) == {"file": EXECUTION, "changed": "1", "same": "42"}


def test_an_accepted_change_of_published_figures_is_taken_too(fresh_app: Flask, people):
    officer, reader = people
    row = publish(people, table((MEDIA, NEW_MEDIA)))
    answer = send(officer, f"{row}/edit", table(), based_on="1", change_note="잘못 적은 금액")
    assert answer.status_code == 303, text_of(answer)
    assert spent(fresh_app) == 889_999_000
    assert post(officer, f"{row}/move", page=row, move="propose").status_code == 303
    assert decide(reader, row, "accept").status_code == 303
    assert spent(fresh_app) == 889_957_000


def test_why_figures_changed_is_looked_through_before_it_is_public(people):
    officer, reader = people
    said = "김철수 과장 010-2345-6789"
    row = bring(officer, table((MEDIA, NEW_MEDIA)), change_note=said)
    assert hand_in(officer, row).status_code == 303
    refused = decide(reader, row, "publish")
    assert refused.status_code == 422
    assert "●●●●" in text_of(refused)
    assert decide(reader, row, "publish", passed_because="본인이 원함").status_code == 303
    assert said in text_of(reader.get("/corrections"))


def test_both_databases_undo_what_was_tried_out(any_database: Flask):
    with any_database.app_context():
        upgrade()
    run_import(any_database, ROOT / "data")
    lines = table(path="budget/lines.csv").splitlines(True)
    without_leaf = "".join(line for line in lines if not line.startswith("covid-disinfection"))
    with any_database.test_request_context():
        begin_write()
        at, session = clock.real_now(), db.session()
        changed = try_figures(session, EXECUTION, table((MEDIA, NEW_MEDIA)), at=at)
        assert changed.report.totals[Outcome.CHANGED] == 1
        assert not changed.errors
        misfit = try_figures(session, "budget/lines.csv", without_leaf, at=at)
        assert "다른 파일과 맞지 않습니다" in str(misfit.errors[0])
        again = try_figures(session, EXECUTION, table(), at=at)
        assert again.report.totals == {Outcome.SAME: 43}
        db.session.remove()
        db.engine.dispose()
