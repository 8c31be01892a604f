"""Every deed that is recorded has its words, and the trail shows them beside the code."""

import re
from pathlib import Path

from flask import Flask

from portal.accounts.rules import Role
from portal.config import ROOT
from portal.core.deeds import _words, deed_words
from portal.hearings.rules.applications import ApplicationState
from portal.moderation.rules import Move
from tests.accounts.staff import make_account, sign_in

_NAMED = re.compile(r'\bdeed="([a-z_.]+)"')
_FILE = re.compile(r'_record\(session, actor, "([a-z_.]+)"')
_ACCOUNT = re.compile(r'\brecord\((?:db\.session\(\)|session), [\w.]+, "([a-z_]+)"')
_CONTENT = re.compile(r'\brecord\(session, actor\.key, "([a-z_]+)"')


def found(pattern: re.Pattern[str], folder: Path) -> set[str]:
    """Return what a pattern finds in the code of a folder."""
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    return {name for text in texts for name in pattern.findall(text)}


def recorded() -> set[str]:
    """Return every deed that the code records."""
    portal = ROOT / "portal"
    deeds = found(_NAMED, portal) | found(_FILE, portal / "core" / "files")
    deeds |= {f"account.{name}" for name in found(_ACCOUNT, portal / "accounts")}
    deeds |= {f"content.{name}" for name in found(_CONTENT, portal / "moderation")}
    deeds |= {"account.failed_password", "account.failed_code", "account.set_up_second_factor"}
    deeds |= {"account.replace_second_factor"}
    deeds |= {f"remark.{word}" for word in ("answered", "closed", "hidden", "reopened")}
    deeds |= {f"opinion.{word}" for word in ("published", "changed", "hidden", "reopened")}
    deeds |= {f"opinion.{word}" for word in ("restored", "upheld")}
    deeds |= {f"hearing_application.{state}" for state in ApplicationState}
    return deeds | {f"content.{move}" for move in Move}


def test_every_deed_has_its_words_and_no_words_are_left_over(app: Flask):
    assert len(recorded()) > 30
    assert recorded() == set(_words)


def test_the_trail_says_a_deed_in_words_with_its_code(fresh_app: Flask):
    client = sign_in(fresh_app, make_account(fresh_app, Role.AUDITOR))
    row = client.get("/en/staff/audit?deed=account.sign_in").text.partition("<tbody")[2]
    assert re.search(r'Signed in <span class="cell-extra">account\.sign_in</span>', row)
    assert "로그인" in client.get("/staff/audit?deed=account.sign_in").text.partition("<tbody")[2]


def test_a_deed_without_words_is_shown_by_its_code(app: Flask):
    with app.app_context():
        assert deed_words("gone.long_ago") == ""
