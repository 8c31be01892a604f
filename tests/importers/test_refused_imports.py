"""A refused import is told to staff until one goes well."""

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from portal.accounts.rules import Role
from portal.core.refusals import find_refusal
from portal.extensions import db
from tests.accounts.staff import make_account, sign_in
from tests.support.prepared import DATA_DIRS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of Seoul's data in which two values can't be read."""
    made = Path(shutil.copytree(DATA_DIRS["seoul"], tmp_path / "new-data"))
    path = made / "council" / "terms.csv"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("2018-07-01", "2018-07-32", 1), encoding="utf-8")
    return made


def run_import(app: Flask, folder: Path) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["import", str(folder)])


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BUDGET_OFFICER])
def test_who_can_mend_it_sees_why_an_import_was_refused(fresh_app: Flask, folder: Path, role: Role):
    client = sign_in(fresh_app, make_account(fresh_app, role))
    assert "was refused" not in client.get("/en/staff/").text
    assert run_import(fresh_app, folder).exit_code == 1
    home = client.get("/en/staff/").text
    assert "The last import was refused" in home and "new-data" in home
    assert "council/terms.csv:2:4: " in home and str(folder) not in home
    assert run_import(fresh_app, DATA_DIRS["seoul"]).exit_code == 0
    assert "was refused" not in client.get("/en/staff/").text


def test_nobody_else_is_told(fresh_app: Flask, folder: Path):
    run_import(fresh_app, folder)
    client = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    assert "was refused" not in client.get("/en/staff/").text


def test_a_database_that_refuses_is_told_by_its_reason(fresh_app: Flask):
    with fresh_app.app_context():
        db.session.execute(text("DROP TABLE imported_files"))
        db.session.commit()
    assert run_import(fresh_app, DATA_DIRS["seoul"]).exit_code == 1
    with fresh_app.app_context():
        refusal = find_refusal(db.session())
        db.session.rollback()
    assert refusal and "imported_files" in refusal.errors[0]


def test_a_refusal_that_cannot_be_kept_is_still_printed(fresh_app: Flask, folder: Path):
    with fresh_app.app_context():
        db.session.execute(text("DROP TABLE site_states"))
        db.session.commit()
    result = run_import(fresh_app, folder)
    assert result.exit_code == 1 and "council/terms.csv:2:4: " in result.output
