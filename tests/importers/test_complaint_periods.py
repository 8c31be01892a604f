"""``data/complaints/periods.yaml``: what a council may state, and where it is refused."""

from pathlib import Path

import pytest
from flask import Flask

from portal.complaints.periods import find_periods
from portal.complaints.rules.periods import LAW, Basis, ComplaintKind, Period, Unit
from portal.core import clock
from portal.core.i18n import in_language
from portal.extensions import db
from portal.importers.complaint_periods import PATH, parse_periods
from portal.importers.dataset import import_dataset
from portal.importers.tables import DataErrors

STATED = """\
# What our council promises.
grievance:
  amount: 5
  unit: days
  basis: practice
  rule: 의회신문고 안내
  rule_en: Guide
"""
GRIEVANCE = Period(5, Unit.DAYS, Basis.PRACTICE, "의회신문고 안내", "Guide")


def stated(**changes: str) -> str:
    text = STATED
    for name, value in changes.items():
        text = "\n".join(
            f"  {name}: {value}" if line.startswith(f"  {name}:") else line
            for line in text.splitlines()
        )
    return text


def run_import(app: Flask, folder: Path) -> None:
    with app.app_context():
        import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.commit()


def test_a_council_states_only_what_differs_from_the_law(fresh_app: Flask, folder: Path):
    with fresh_app.app_context():
        assert find_periods(db.session()) == LAW
    (folder / PATH).write_text(STATED, encoding="utf-8")
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        assert find_periods(db.session()) == {**LAW, ComplaintKind.GRIEVANCE: GRIEVANCE}
    (folder / PATH).unlink()
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        assert find_periods(db.session()) == LAW


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("grievance: 5", ":1:12: write amount, unit, basis and rule below the kind"),
        ("- grievance", ":1:1: write a name, a colon, and below it the texts"),
        ("grievance: [", ":1:13: not YAML"),
        (STATED.replace("grievance", "wish"), ":2:1: kind: 'wish' is none of: law_question"),
        (stated(amount="eight"), ":3:11: amount: 'eight' is not a whole number"),
        (stated(amount="0"), ":3:11: amount: write 1 or more"),
        (stated(amount="8"), ":3:11: amount: the law allows at most 7 days"),
        (stated(amount="57", unit="hours"), ":3:11: amount: the law allows at most 7 days"),
        (stated(unit="weeks"), ":4:9: unit: 'weeks' is none of: hours, days"),
        (stated(basis="habit"), ":5:10: basis: 'habit' is none of: law, practice"),
        (STATED.replace("  rule: 의회신문고 안내\n", ""), ":2:1: rule: must not be empty"),
        (stated(rule=""), ":6:8: rule: must not be empty"),
        (stated(rule_en="[a, b]"), ":7:12: rule_en: write one value"),
        (STATED + "  from: today\n", ":8:3: 'from' is not known"),
        (STATED + STATED, ":9:1: grievance stands in the file twice"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place(app: Flask, text: str, said: str):
    with app.test_request_context(), in_language("en"), pytest.raises(DataErrors) as refused:
        parse_periods(text, PATH)
    assert str(refused.value).startswith(f"{PATH}{said}")


def test_what_is_simple_may_take_as_long_as_the_council_says():
    text = STATED.replace("grievance", "other").replace("amount: 5", "amount: 10")
    assert parse_periods(text, PATH)[ComplaintKind.OTHER].amount == 10
