"""The first steps of a new colleague: invited with a role, and not locked out without one."""

import html

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import Place, Role, ScopeKind
from portal.council.models import Committee
from portal.extensions import db
from tests.accounts.staff import PASSWORD, account_of, current_code, make_account, post, sign_in
from tests.support.client import PageClient

INVITE = "/staff/accounts/invite"
MAIL = "lee@council.example"
NEW = {"name": "이둘", "email": MAIL, "language": "ko"}
OWN = ("/staff/", "/staff/account", "/staff/account/password", "/staff/account/passkeys/new")


@pytest.fixture
def chief(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))


@pytest.mark.parametrize("path", OWN)
def test_somebody_without_a_role_keeps_their_own_account(fresh_app: Flask, path: str):
    client = sign_in(fresh_app, make_account(fresh_app, None))
    page = client.get(f"/en{path}")
    assert page.status_code == 200
    assert "Sign out" in page.text
    assert client.get("/staff/waiting").status_code in (403, 404)


def test_home_says_that_a_role_is_missing_and_who_gives_it(fresh_app: Flask):
    client = sign_in(fresh_app, make_account(fresh_app, None))
    assert "You have no role yet. Ask an administrator" in client.get("/en/staff/").text


def test_somebody_without_a_role_signs_out_and_changes_the_password(fresh_app: Flask):
    email = make_account(fresh_app, None)
    client = sign_in(fresh_app, email)
    fields = {"password": PASSWORD, "new_password": "새로 심은 매화 두 그루"}
    assert post(client, "/staff/account/password", **fields).status_code == 303
    assert post(client, "/staff/sign-out").status_code == 303
    assert client.get("/staff/").status_code == 303
    assert current_code(fresh_app, email)


def test_an_invitation_gives_the_first_role(fresh_app: Flask, chief: PageClient):
    refused = post(chief, INVITE, **NEW)
    assert refused.status_code == 422
    assert post(chief, INVITE, **NEW, role="editor").status_code == 200
    number = account_of(fresh_app, MAIL).id
    assert "Editor" in chief.get(f"/en/staff/accounts/{number}").text.split("Give a role")[0]


def test_an_office_of_nobody_makes_no_account(fresh_app: Flask, chief: PageClient):
    assert post(chief, INVITE, **NEW, role="committee_office").status_code == 422
    assert MAIL not in chief.get("/staff/accounts").text


def test_an_account_that_was_never_set_up_is_called_invited(fresh_app: Flask, chief: PageClient):
    post(chief, INVITE, **NEW, role="editor")
    number = account_of(fresh_app, MAIL).id
    for path in ("/en/staff/accounts", f"/en/staff/accounts/{number}"):
        assert "Invited, not set up yet" in chief.get(path).text
    own = account_of(fresh_app, "administrator@council.example").id
    assert "Active" in chief.get(f"/en/staff/accounts/{own}").text


def test_a_place_is_chosen_by_its_name_and_read_by_it(fresh_app: Flask, chief: PageClient):
    with fresh_app.app_context():
        committee = db.session.scalars(select(Committee).order_by(Committee.position)).first()
        assert committee and committee.name_en
        slug, name = committee.slug, committee.name_en
    form = chief.get(f"/en{INVITE}").text
    assert f'value="committee:{slug}">{name}' in form
    assert '<optgroup label="Member">' in form
    answer = post(chief, INVITE, **NEW, role="committee_office", place=f"committee:{slug}")
    assert answer.status_code == 200
    for path in ("/en/staff/accounts", f"/en/staff/accounts/{account_of(fresh_app, MAIL).id}"):
        assert f"Committee office ({name})" in html.unescape(chief.get(path).text)


def test_home_says_of_which_committee_it_is(fresh_app: Flask):
    place = Place(ScopeKind.COMMITTEE, "steering")
    client = sign_in(fresh_app, make_account(fresh_app, Role.COMMITTEE_OFFICE, place=place))
    page = html.unescape(client.get("/staff/").text)
    assert "committee: steering" not in page
    assert "운영위원회" in page


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.COMMITTEE_OFFICE, ScopeKind.COMMITTEE), (Role.MEMBERS_OFFICE, ScopeKind.MEMBER)],
)
def test_an_office_reads_what_it_will_be_able_to_do(fresh_app: Flask, role: Role, kind: ScopeKind):
    client = sign_in(fresh_app, make_account(fresh_app, role, place=Place(kind, "x")))
    assert "This role applies for hearings" in client.get("/en/staff/").text


def test_a_session_says_since_when_it_lasts_and_when_it_was_used(fresh_app: Flask):
    client = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    listed = client.get("/en/staff/account").text.split("Where I am signed in")[1]
    assert "Signed in:" in listed.split("End session")[0]
    assert "Last used:" in listed.split("End session")[0]


def test_an_address_breaks_behind_its_at_and_the_menu_is_folded(
    fresh_app: Flask, chief: PageClient
):
    page = chief.get("/en/staff/accounts").text
    assert "administrator@<wbr>council.example" in page
    assert '<details class="staff-fold"><summary>Menu of the staff' in page
