"""What an auditor sees of the trail, and that nobody else does."""

from flask import Flask

from portal.accounts.rules import Role
from portal.core.audit import record
from portal.council.models import Committee
from portal.extensions import db
from tests.accounts.staff import account_of, make_account, sign_in
from tests.support.client import PageClient

#: The frame of a staff page, a query for the lines, the people, and each kind of thing.
MOST_QUERIES = 20


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


def test_the_trail_names_people_things_and_states_in_words(fresh_app: Flask) -> None:
    client = auditor_of(fresh_app)
    number = account_of(fresh_app, "auditor@council.example").id
    with fresh_app.app_context():
        record(
            db.session(),
            actor=f"staff:{number}",
            deed="content.submit",
            kind="committees",
            row_id=1,
            before={"state": "draft"},
            after={"state": "in_review", "revision": "2"},
        )
        title = db.session.get_one(Committee, 1).name_en or ""
        db.session.commit()
    page = client.get("/en/staff/audit")
    body = page.text.split("<tbody")[1]
    assert f'auditor <span class="cell-extra">staff:{number}' in body
    assert title in body
    assert "State: Draft → In review" in body
    assert "Version: 2" in body
    assert "Role: Auditor" in body
    assert "{&#34;" not in page.text
    assert "/staff/content/committees/1" not in body


def test_the_trail_is_narrowed_by_choosing(fresh_app: Flask) -> None:
    client = auditor_of(fresh_app)
    number = account_of(fresh_app, "auditor@council.example").id
    page = client.get(f"/en/staff/audit?actor=staff:{number}&deed=nothing.like.it").text
    assert f'<option value="staff:{number}" selected>auditor (staff:{number})' in page
    assert '<option value="nothing.like.it" selected>' in page
    assert '<option value="account.sign_in">Signed in' in page
    assert '<option value="staff_account">Accounts of the staff' in page


def test_many_lines_of_the_trail_are_read_with_few_queries(fresh_app: Flask) -> None:
    client = auditor_of(fresh_app)
    with fresh_app.app_context():
        for row_id in range(1, 40):
            record(
                db.session(), actor="import", deed="content.create", kind="events", row_id=row_id
            )
        db.session.commit()
    assert client.get("/staff/audit").status_code == 200
    assert len(fresh_app.extensions["test_watch"].statements) < MOST_QUERIES
