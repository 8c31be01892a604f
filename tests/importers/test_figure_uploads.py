"""Figures that staff bring: read as an import reads, seen by a second person, then public."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.queries import find_account_by_email
from portal.accounts.rules import Grant, Role
from portal.accounts.services import give_role
from portal.core import clock
from portal.extensions import db
from portal.importers.models import FigureUpload
from tests.accounts.staff import make_account, post, sign_in
from tests.importers.figure_desk import (
    DESK,
    EXECUTION,
    MEDIA,
    NEW_MEDIA,
    TOTAL,
    bring,
    hand_in,
    preview,
    send,
    spent,
    table,
    words_of,
)
from tests.moderation.desk import decide, text_of


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
    answer = post(officer, address, move="publish", seen="1")
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
    assert post(reader, f"{row}/discard").status_code == 403
    answer = post(reader, f"{row}/restore", number="1", based_on="1")
    assert answer.status_code == 403


def test_only_the_budget_office_hands_figures_in_and_takes_them_back(fresh_app: Flask, people):
    officer, _reader = people
    row = bring(officer, table())
    editor = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    assert 'value="submit"' not in words_of(editor.get(row))
    assert post(editor, f"{row}/move", move="submit").status_code == 403
    hand_in(officer, row)
    assert 'value="take_back"' not in words_of(editor.get(row))
    assert post(editor, f"{row}/move", move="take_back").status_code == 403
    assert post(officer, f"{row}/move", move="take_back").status_code == 303
    send(officer, f"{row}/edit", table(), based_on="1", title="다른 이름")
    assert "restore" not in words_of(editor.get(f"{row}/history/1"))


def test_a_file_in_another_encoding_is_refused_with_its_line(people):
    officer, _reader = people
    lines = table(path="budget/lines.csv").encode("cp949")
    answer = send(officer, f"{DESK}/new", lines, path="budget/lines.csv")
    assert answer.status_code == 422
    assert "2번째 줄이 UTF-8이 아닙니다" in text_of(answer)
    assert "한 곳을 고쳐 주세요" in text_of(answer)
