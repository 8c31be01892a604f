"""Figures that staff published, and the imports, days and rows they meet."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.audit.models import AuditLine
from portal.budget.models import BudgetLine, Execution
from portal.config import ROOT
from portal.core import clock
from portal.core.errors import Invalid
from portal.core.imports import Outcome
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.importers.figures import take_figures, try_figures
from portal.importers.models import FigureUpload
from tests.accounts.staff import make_account, post, sign_in
from tests.importers.figure_desk import (
    DESK,
    EXECUTION,
    MEDIA,
    NEW_MEDIA,
    bring,
    hand_in,
    preview,
    publish,
    run_import,
    send,
    spent,
    table,
)
from tests.moderation.desk import decide, text_of


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
    assert post(officer, f"{row}/move", move="propose").status_code == 303
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
