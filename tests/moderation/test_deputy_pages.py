"""Deputies with dates, and what staff home says: whose turn it is, and what came back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.rules import Role
from portal.audit.models import AuditLine
from portal.core.clock import real_now, today
from portal.extensions import db
from portal.moderation.models import Deputy
from portal.publications.models import Publication
from tests.accounts.staff import account_of, make_account, post, sign_in
from tests.moderation.desk import decide, text_of
from tests.support.client import PageClient

DEPUTIES = "/staff/deputies"
DESK = "/staff/content/publications"
DAY = timedelta(days=1)


class Staff:
    """An editor, a moderator and an administrator, signed in, and their keys."""

    def __init__(self, app: Flask) -> None:
        """Make the accounts in the order of their ids."""
        self.app = app
        roles = (Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR, Role.EVENTS_OFFICER)
        emails = {role: make_account(app, role) for role in roles}
        self.keys = {role: account_of(app, email).key for role, email in emails.items()}
        self.clients = {role: sign_in(app, email) for role, email in emails.items()}

    def home(self, role: Role) -> str:
        return text_of(self.clients[role].get("/staff/"))

    def appoint(self, role: Role, **fields: str) -> TestResponse:
        return post(self.clients[role], DEPUTIES, **fields)


@pytest.fixture
def staff(fresh_app: Flask) -> Iterator[Staff]:
    yield Staff(fresh_app)


def days(app: Flask, first: int, last: int) -> dict[str, str]:
    """Return first and last day of an appointment, counted from today."""
    with app.app_context():
        now = today()
    return {
        "starts_on": (now + first * DAY).isoformat(),
        "ends_on": (now + last * DAY).isoformat(),
    }


def hand_in(client: PageClient) -> str:
    """Write a notice and hand it in; return its address at the desk."""
    answer = post(client, f"{DESK}/new", kind="notice", title="감나무 소식")
    row = str(answer.headers["Location"])
    assert post(client, f"{row}/move", move="submit").status_code == 303
    return row


def let_wait(app: Flask, row: str, hours: int) -> None:
    """Let a thing have waited for so many hours."""
    with app.app_context():
        found = db.session.get(Publication, int(row.rpartition("/")[2]))
        assert found
        found.submitted_at = real_now() - timedelta(hours=hours)
        db.session.commit()


def send_back(client: PageClient, row: str, reason: str) -> None:
    answer = decide(client, row, "send_back", reason=reason)
    assert answer.status_code == 303, text_of(answer)


def appointments(app: Flask) -> list[tuple[str, str, date, date]]:
    with app.app_context():
        rows = db.session.query(Deputy).order_by(Deputy.id)
        return [(r.account_key, r.deputy_key, r.starts_on, r.ends_on) for r in rows]


def last_deed(app: Flask) -> str:
    with app.app_context():
        line = db.session.query(AuditLine).order_by(AuditLine.number.desc()).first()
        assert line
        return line.deed


def test_everybody_appoints_their_own_deputy(fresh_app: Flask, staff: Staff):
    deputy = staff.keys[Role.EVENTS_OFFICER]
    answer = staff.appoint(Role.EDITOR, deputy=deputy, **days(fresh_app, 0, 3))
    assert answer.status_code == 303, text_of(answer)
    ((account, found, first, last),) = appointments(fresh_app)
    assert (account, found, last - first) == (staff.keys[Role.EDITOR], deputy, 3 * DAY)
    assert Role.EVENTS_OFFICER in text_of(staff.clients[Role.EDITOR].get(DEPUTIES))


def test_nobody_but_an_administrator_appoints_for_others(fresh_app: Flask, staff: Staff):
    fields = {
        "account": staff.keys[Role.MODERATOR],
        "deputy": staff.keys[Role.EVENTS_OFFICER],
        **days(fresh_app, 0, 3),
    }
    staff.appoint(Role.EDITOR, **fields)
    staff.appoint(Role.ADMINISTRATOR, **fields)
    absent = [account for account, *_rest in appointments(fresh_app)]
    assert absent == [staff.keys[Role.EDITOR], staff.keys[Role.MODERATOR]]


def test_others_appointments_are_shown_to_administrators_only(fresh_app: Flask, staff: Staff):
    fields = {"deputy": staff.keys[Role.EVENTS_OFFICER], **days(fresh_app, 0, 3)}
    staff.appoint(Role.EDITOR, **fields)
    button = "/staff/deputies/1/end"
    assert button in text_of(staff.clients[Role.ADMINISTRATOR].get(DEPUTIES))
    assert button not in text_of(staff.clients[Role.MODERATOR].get(DEPUTIES))


@pytest.mark.parametrize(("first", "last"), [(3, 0), (0, None)])
def test_days_that_do_not_fit_are_refused(
    fresh_app: Flask, staff: Staff, first: int, last: int | None
):
    fields = days(fresh_app, first, last or 0) | ({} if last == 0 else {"ends_on": ""})
    answer = staff.appoint(Role.EDITOR, deputy=staff.keys[Role.MODERATOR], **fields)
    assert answer.status_code == 422
    assert appointments(fresh_app) == []


def test_nobody_stands_in_for_themselves(fresh_app: Flask, staff: Staff):
    fields = {"deputy": staff.keys[Role.EDITOR], **days(fresh_app, 0, 3)}
    assert staff.appoint(Role.EDITOR, **fields).status_code == 422


def test_an_appointment_ends_early_and_the_trail_knows(fresh_app: Flask, staff: Staff):
    staff.appoint(Role.EDITOR, deputy=staff.keys[Role.EVENTS_OFFICER], **days(fresh_app, -2, 3))
    editor = staff.clients[Role.EDITOR]
    assert post(editor, f"{DEPUTIES}/1/end").status_code == 303
    ((_account, _deputy, first, last),) = appointments(fresh_app)
    assert last - first == DAY
    assert last_deed(fresh_app) == "deputy.end"
    assert "/end" not in text_of(editor.get(DEPUTIES))


def test_an_appointment_that_has_not_begun_goes_altogether(fresh_app: Flask, staff: Staff):
    staff.appoint(Role.EDITOR, deputy=staff.keys[Role.EVENTS_OFFICER], **days(fresh_app, 2, 3))
    post(staff.clients[Role.ADMINISTRATOR], f"{DEPUTIES}/1/end")
    assert appointments(fresh_app) == []


def test_somebody_elses_appointment_is_not_ended(fresh_app: Flask, staff: Staff):
    staff.appoint(Role.EDITOR, deputy=staff.keys[Role.EVENTS_OFFICER], **days(fresh_app, 0, 3))
    moderator = staff.clients[Role.MODERATOR]
    assert post(moderator, f"{DEPUTIES}/1/end").status_code == 403
    assert len(appointments(fresh_app)) == 1


def test_what_waits_is_first_the_reviewers_turn(staff: Staff):
    hand_in(staff.clients[Role.EDITOR])
    home = staff.home(Role.MODERATOR)
    assert "감나무 소식" in home and "내 차례" in home
    assert "감나무 소식" not in staff.home(Role.ADMINISTRATOR)


def test_what_waits_too_long_climbs_to_the_administrator(fresh_app: Flask, staff: Staff):
    row = hand_in(staff.clients[Role.EDITOR])
    let_wait(fresh_app, row, 24 * 30)
    assert "내 차례" in staff.home(Role.ADMINISTRATOR)
    home = staff.home(Role.MODERATOR)
    assert "내 차례" not in home
    assert "지금은 administrator 차례" in home


def test_a_deputy_stands_in_while_the_days_last(fresh_app: Flask, staff: Staff):
    hand_in(staff.clients[Role.EDITOR])
    fields = {"deputy": staff.keys[Role.EVENTS_OFFICER]}
    staff.appoint(Role.MODERATOR, **fields, **days(fresh_app, 1, 3))
    assert "감나무 소식" not in staff.home(Role.EVENTS_OFFICER)
    staff.appoint(Role.MODERATOR, **fields, **days(fresh_app, 0, 0))
    assert "내 차례" in staff.home(Role.EVENTS_OFFICER)
    assert "지금은 events_officer 차례" in staff.home(Role.MODERATOR)


def test_who_wrote_something_is_passed_over(staff: Staff):
    hand_in(staff.clients[Role.MODERATOR])
    assert "내 차례" in staff.home(Role.ADMINISTRATOR)
    home = staff.home(Role.MODERATOR)
    assert "지금은 administrator 차례" in home
    assert "내가 검토에 올린 것" in home


def test_an_author_reads_why_a_draft_came_back_until_it_is_written_anew(staff: Staff):
    editor = staff.clients[Role.EDITOR]
    row = hand_in(editor)
    assert "내가 검토에 올린 것" in staff.home(Role.EDITOR)
    send_back(staff.clients[Role.MODERATOR], row, "날짜가 빠졌습니다")
    for page in (staff.home(Role.EDITOR), text_of(editor.get(row))):
        assert "날짜가 빠졌습니다" in page
    assert "날짜가 빠졌습니다" not in staff.home(Role.MODERATOR)
    saved = post(
        editor, f"{row}/edit", kind="notice", title="감나무 소식", summary="11월", based_on="1"
    )
    assert saved.status_code == 303
    assert "날짜가 빠졌습니다" not in staff.home(Role.EDITOR)


def test_who_has_nothing_to_do_is_told_so(staff: Staff):
    assert "나를 기다리는 일" not in staff.home(Role.EDITOR)
