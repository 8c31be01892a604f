"""What an auditor sees of the trail, and that nobody else does."""

from flask import Flask

from portal.accounts.rules import Role
from portal.extensions import db
from tests.accounts.staff import make_account, sign_in
from tests.support.client import PageClient


def auditor_of(app: Flask, role: Role = Role.AUDITOR) -> PageClient:
    return sign_in(app, make_account(app, role))


def test_an_auditor_finds_the_sign_in_and_reads_it_as_a_file(fresh_app: Flask) -> None:
    client = auditor_of(fresh_app)
    assert "/staff/audit" in client.get("/staff/").text
    page = client.get("/staff/audit?deed=account.sign_in").text
    assert "account.sign_in" in page
    assert "account.give_role" not in page.split("<tbody")[1]
    file = client.get("/staff/audit.csv?deed=account.sign_in").text
    assert file.count("account.sign_in") == page.count(">account.sign_in<") == 1


def test_taking_the_file_is_a_line_itself(fresh_app: Flask) -> None:
    client = auditor_of(fresh_app)
    client.get("/staff/audit.csv?kind=events")
    assert "audit.exported" in client.get("/staff/audit").text


def test_nobody_else_reads_the_trail(fresh_app: Flask) -> None:
    client = auditor_of(fresh_app, Role.ADMINISTRATOR)
    assert client.get("/staff/audit").status_code == 403
    assert client.get("/staff/audit.csv").status_code == 403
    assert "/staff/audit" not in client.get("/staff/").text


def test_a_filter_that_is_no_day_is_refused_and_an_empty_trail_says_so(fresh_app: Flask) -> None:
    client = auditor_of(fresh_app)
    refused = client.get("/staff/audit?first=banana&last=2026-01-01")
    assert refused.status_code == 400
    assert 'id="filter-first-error"' in refused.text
    assert 'value="banana"' in refused.text and 'value="2026-01-01"' in refused.text
    page = client.get("/en/staff/audit?deed=nothing.like.it").text
    assert "No line fits" in page
    with fresh_app.app_context():
        db.session.rollback()
