"""Who may open what: every staff address, every role."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.accounts.guard import OPEN, is_staff_rule
from portal.accounts.rules import OWN, PERMISSIONS, SCOPES_NEEDED, Permission, Place, Role
from tests.accounts.staff import give_password, make_account, sign_in

MATRIX = Path(__file__).parent / "matrix.txt"


def staff_routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Give method and rule of each staff address."""
    for rule in app.url_map.iter_rules():
        if is_staff_rule(rule.rule):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, rule


def address_of(rule: Rule) -> str:
    """Return an address of a rule, about row 0, which is never there."""
    path = rule.rule
    for argument in rule.arguments:
        for shape in (f"<row:{argument}>", f"<{argument}>"):
            path = path.replace(shape, "0")
    return path


def matrix_of(app: Flask) -> list[str]:
    """Return a line for each method and view: the roles that may."""
    lines = []
    for method, rule in staff_routes(app):
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        roles = [r.value for r in Role if permission in {p.value for p in PERMISSIONS[r]}]
        held = "signed in" if permission in OWN else " ".join(roles) or "nobody"
        who = "everybody" if rule.endpoint in OPEN else held
        lines.append(f"{method} {rule.endpoint}: {who}")
    return sorted(lines)


def test_every_staff_address_names_a_permission_that_exists(app: Flask):
    known = {p.value for p in Permission}
    for _method, rule in staff_routes(app):
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        assert (permission in known) != (rule.endpoint in OPEN), rule.endpoint


def test_the_matrix_is_the_one_in_git(app: Flask):
    lines = MATRIX.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == matrix_of(app)


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_each_role_opens_what_the_matrix_says(fresh_app: Flask, role: Role | None):
    fresh_app.config["WTF_CSRF_ENABLED"] = False
    kind = SCOPES_NEEDED.get(role) if role else None
    client = sign_in_without_tokens(fresh_app, role, Place(kind, "x") if kind else None)
    held = {p.value for p in (PERMISSIONS[role] if role else frozenset()) | OWN}
    # What ends the session itself comes last.
    routes = sorted(staff_routes(fresh_app), key=lambda pair: "end_all" in pair[1].endpoint)
    for method, rule in routes:
        if rule.endpoint in OPEN:
            continue
        permission = getattr(fresh_app.view_functions[rule.endpoint], "permission", None)
        status = client.open(address_of(rule), method=method).status_code
        assert (status == 403) == (permission not in held), (method, rule.rule, status)


def sign_in_without_tokens(app: Flask, role: Role | None, place: Place | None):
    """Return a signed-in client of an application that asks for no form token."""
    app.config["WTF_CSRF_ENABLED"] = True
    client = sign_in(app, make_account(app, role, place=place))
    app.config["WTF_CSRF_ENABLED"] = False
    return client


def test_the_password_alone_opens_nothing(fresh_app: Flask):
    client = fresh_app.test_client()
    give_password(client, make_account(fresh_app, Role.ADMINISTRATOR))
    fresh_app.config["WTF_CSRF_ENABLED"] = False
    for method, rule in staff_routes(fresh_app):
        if rule.endpoint not in OPEN:
            answer = client.open(address_of(rule), method=method)
            assert answer.location.startswith("/staff/second-factor"), rule.rule


def test_who_has_a_second_factor_cannot_set_up_another_with_the_password(fresh_app: Flask):
    client = fresh_app.test_client()
    give_password(client, make_account(fresh_app, Role.ADMINISTRATOR))
    assert client.get("/staff/second-factor/new").location == "/staff/second-factor"


def test_a_view_without_permission_is_refused(fresh_app: Flask):
    fresh_app.add_url_rule("/staff/forgotten", "forgotten", lambda: "secret")
    client = sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))
    assert client.get("/staff/forgotten").status_code == 403
