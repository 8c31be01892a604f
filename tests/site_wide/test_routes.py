"""The list of routes in git: no address of the site dies or appears unnoticed."""

from pathlib import Path

from flask import Flask

LIST = Path(__file__).parent / "routes.txt"
#: Answered to every GET route by the framework itself.
_IMPLIED = frozenset(("HEAD", "OPTIONS"))


def routes_of(app: Flask) -> set[str]:
    """Return a line for each route: methods, address, view."""
    return {
        f"{','.join(sorted((rule.methods or set()) - _IMPLIED))} {rule.rule} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
    }


def listed_routes() -> set[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_no_route_was_removed(app: Flask) -> None:
    gone = sorted(listed_routes() - routes_of(app))
    assert not gone, (
        "These routes are gone. Somebody may have kept their address: let the old address redirect "
        "to where its content is now, then change the line in tests/site_wide/routes.txt.\n"
        + "\n".join(gone)
    )


def test_every_route_is_listed(app: Flask) -> None:
    new = sorted(routes_of(app) - listed_routes())
    assert not new, (
        "These routes are new. An address is a promise: when it is the one you want to keep for "
        "years, add these lines to tests/site_wide/routes.txt.\n" + "\n".join(new)
    )


def test_the_list_is_in_order() -> None:
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert lines == sorted(lines, key=lambda line: line.split()[1])


def test_public_routes_take_nothing_but_get_save_the_forms_of_readers(app: Flask) -> None:
    public = [line for line in routes_of(app) if not line.split()[1].startswith("/staff")]
    writing = [line for line in public if not line.startswith("GET ")]
    assert sorted(writing) == [
        "GET,POST /feedback feedback.write_remark",
        "GET,POST /hearings/<slug>/link sign_ups.send_link",
        "GET,POST /hearings/<slug>/notice sign_ups.ask_notice",
        "GET,POST /hearings/<slug>/opinion opinions.write_opinion",
        "GET,POST /hearings/<slug>/sign-up sign_ups.sign_up",
        "GET,POST /hearings/notices/<token> sign_ups.confirm_notice",
        "GET,POST /hearings/review/<token> sign_ups.review",
        "GET,POST /hearings/slip sign_ups.use_slip",
        "POST /hearings/my/<token>/cancel sign_ups.cancel",
        "POST /hearings/my/<token>/change sign_ups.change",
        "POST /hearings/my/<token>/keep sign_ups.keep",
        "POST /hearings/opinions/<key>/objection opinions.object_to_hiding",
    ]
