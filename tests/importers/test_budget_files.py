"""The files of budget and programmes: read as people save them, refused with place and reason."""

import csv
import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.budget.models import BridgeStep, BudgetLine, Execution
from portal.config import ROOT
from portal.core import clock
from portal.core.i18n import in_language
from portal.core.models import DataCheck
from portal.core.versions import SITE, versions_of
from portal.extensions import db
from portal.importers.dataset import import_dataset
from portal.importers.tables import DataErrors
from portal.programmes.models import ProgrammeLine, Target

EXECUTION, LINES = "budget/execution.csv", "budget/lines.csv"
TEXTS, TARGETS = "programmes/texts.yaml", "programmes/targets.csv"
IDENTITIES = "identities.csv"
TOTAL = "total,2020,2020-10-31,million,27766,18916,68.1,16854,60.7"
PUBLICITY = "publicity,2020,2020-10-31,million,5881,2764,47.0,2253,38.3"
MEDIA = "media-advertising,2020,2020-10-31,thousand,3562908,,,889957,24.9"
#: The first text of the first programme begins on this line of the file.
FIRST_TEXT = 7


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of Seoul's data that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run_import(app: Flask, folder: Path) -> None:
    with app.app_context():
        import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.commit()


def everything(app: Flask) -> tuple[object, ...]:
    """Return what an import of these files would change."""
    models = (BudgetLine, Execution, BridgeStep, ProgrammeLine, Target, DataCheck)
    with app.app_context():
        session = db.session()
        counts = [session.scalar(select(func.count()).select_from(model)) for model in models]
        sums = session.execute(
            select(func.sum(Execution.current_won), func.sum(Execution.spent_won))
        ).one()
        return versions_of(session, (SITE,)), *counts, *sums


def refusal(app: Flask, folder: Path) -> str:
    """Return why a folder is refused, in English; nothing of it is kept."""
    before = everything(app)
    with app.app_context():
        with in_language("en"), pytest.raises(DataErrors) as caught:
            import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.rollback()
    assert everything(app) == before
    return str(caught.value)


def execution_of(app: Flask, slug: str) -> Execution:
    with app.app_context():
        row = db.session.scalar(
            select(Execution)
            .join(BudgetLine, BudgetLine.id == Execution.line_id)
            .where(BudgetLine.slug == slug)
        )
        assert row is not None
        db.session.expunge(row)
        return row


def line_of(path: Path, start: str) -> int:
    """Return the line of a file that begins so, from 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(place for place, line in enumerate(lines, start=1) if line.startswith(start))


def test_amounts_are_kept_in_won_and_rates_as_printed(app: Flask):
    total = execution_of(app, "total")
    assert (total.current_won, total.committed_won) == (27_766_000_000, 18_916_000_000)
    assert (total.committed_rate, total.spent_rate) == (6810, 6070)
    assert (total.planned_won, total.planned_rate, total.planned_is) == (None, None, None)
    analysis = execution_of(app, "finance-analysis")
    assert (analysis.current_won, analysis.planned_rate) == (82_850_000, 9782)
    assert execution_of(app, "covid-disinfection").spent_rate == 10_000


def test_commas_between_thousands_are_read(fresh_app: Flask, folder: Path):
    change(folder / EXECUTION, "27766,18916,68.1,16854", '"27,766","18,916",68.1%,"16,854"')
    change(folder / EXECUTION, "3562908,,,889957", '"3,562,908",,,"889,957"')
    change(folder / "budget/bridge.csv", "-668", "\u2212668")
    run_import(fresh_app, folder)
    total = execution_of(fresh_app, "total")
    assert (total.current_won, total.spent_won) == (27_766_000_000, 16_854_000_000)
    assert total.committed_rate == 6810
    assert execution_of(fresh_app, "media-advertising").current_won == 3_562_908_000
    with fresh_app.app_context():
        taken = db.session.scalars(
            select(BridgeStep.amount_won).where(BridgeStep.amount_won < 0)
        ).all()
    assert taken == [-668_000_000]


@pytest.mark.parametrize("path", [EXECUTION, LINES, TEXTS, TARGETS])
def test_the_mark_that_excel_sets_is_no_part_of_the_file(fresh_app: Flask, folder: Path, path: str):
    content = (folder / path).read_bytes()
    (folder / path).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    rows = everything(fresh_app)[1:]
    run_import(fresh_app, folder)
    assert everything(fresh_app)[1:] == rows


REFUSED = {
    "a header that is misspelt": (
        EXECUTION, "line,year,as_of", "line,year,asof", f"{EXECUTION}:1:3", "'asof' is not known",
    ),
    "a column that is missing": (
        "budget/revenue.csv", ",unit,", ",", "budget/revenue.csv:1:0", "columns are missing: unit",
    ),
    "a text where a number belongs": (
        EXECUTION, TOTAL, TOTAL.replace("27766", "많음"), f"{EXECUTION}:2:5", "'많음' is not a",
    ),
    "a number with a unit": (
        EXECUTION, TOTAL, TOTAL.replace("16854", "16854원"), f"{EXECUTION}:2:8", "whole number",
    ),
    "a decimal amount": (
        EXECUTION, TOTAL, TOTAL.replace("27766", "27766.5"), f"{EXECUTION}:2:5", "whole number",
    ),
    "nothing where an amount belongs": (
        EXECUTION, TOTAL, TOTAL.replace("16854", ""), f"{EXECUTION}:2:8", "must not be empty",
    ),
    "an amount below zero": (
        EXECUTION, PUBLICITY, PUBLICITY.replace("2764", "-2764"), f"{EXECUTION}:7:6", "below zero",
    ),
    "more spent than there is": (
        EXECUTION, PUBLICITY, PUBLICITY.replace("2253", "5882"), f"{EXECUTION}:7:8",
        "5,882 is more than the current budget, 5,881",
    ),
    "a comma in an odd place": (
        EXECUTION, TOTAL, TOTAL.replace("27766", '"277,66"'), f"{EXECUTION}:2:5",
        "odd places; write 27766 or 27,766",
    ),
    "a comma without quotes": (
        EXECUTION, TOTAL, TOTAL.replace("27766", "27,766"), f"{EXECUTION}:2:", "in quotes",
    ),
    "a percentage in words": (
        EXECUTION, PUBLICITY, PUBLICITY.replace("38.3", "삼십팔"), f"{EXECUTION}:7:9",
        "'삼십팔' is not a percentage such as 60.7",
    ),
    "a percentage with two points": (
        EXECUTION, PUBLICITY, PUBLICITY.replace("38.3", "3.8.3"), f"{EXECUTION}:7:9", "percentage",
    ),
    "a percentage with three decimals": (
        EXECUTION, PUBLICITY, PUBLICITY.replace("47.0", "47.001"), f"{EXECUTION}:7:7", "percentage",
    ),
    "a unit that is none": (
        EXECUTION, TOTAL, TOTAL.replace("million", "eok"), f"{EXECUTION}:2:4", "none of: won,",
    ),
    "a plan that does not say what it counts": (
        EXECUTION, "7450,100,unclear", "7450,100,", f"{EXECUTION}:14:12", "say what planned counts",
    ),
    "a line twice": (
        LINES, "exchange,programme", "publicity,programme", f"{LINES}:8:1", "'publicity' stands",
    ),
    "a parent that is no line": (
        LINES, "exchange,programme,programme-budget", "exchange,programme,nowhere", f"{LINES}:8:3",
        "'nowhere' is not in budget_lines",
    ),
    "figures of a line that is not there": (
        EXECUTION, "publicity,2020", "publicite,2020", f"{EXECUTION}:7:1", "'publicite' is not in",
    ),
    "YAML that is broken": (
        TEXTS, '- text: "참된', '- text: "참"된', f"{TEXTS}:{FIRST_TEXT}:", "not YAML",
    ),
    "a wrong key of a text": (
        TEXTS, "text_en:", "text_eng:", f"{TEXTS}:{FIRST_TEXT}:", "'text_eng' is not known",
    ),
    "a line without its text": (
        TEXTS, "- text:", "- locator:", f"{TEXTS}:{FIRST_TEXT}:", "text: must not be empty",
    ),
    "texts without a list": (
        TEXTS, '- text: "참된', '  text: "참된', f"{TEXTS}:{FIRST_TEXT}:", "begin each line with a",
    ),
    "a programme without kinds": (
        TEXTS, "autonomy-act:\n", "empty-one:\nautonomy-act:\n", f"{TEXTS}:5:", "empty-one: write",
    ),
    "a kind of text that is none": (
        TEXTS, "purpose:", "purposes:", f"{TEXTS}:{FIRST_TEXT}:", "none of: purpose, plan, result",
    ),
    "texts of no programme": (
        TEXTS, "autonomy-act:", "autonomie:", f"{TEXTS}:{FIRST_TEXT}:", "is not in programmes",
    ),
    "texts of a programme twice": (
        TEXTS, "decentralisation-tf:", "autonomy-act:", f"{TEXTS}:", "stands in the file twice",
    ),
    "a list as a text": (
        TEXTS, "locator: L861-L863", "locator: [L861, L863]", f"{TEXTS}:", "locator",
    ),
    "a character that YAML forbids": (
        TEXTS, "참된", "참\x0c된", f"{TEXTS}:", "not YAML",
    ),
    "a day of a target that is none": (
        TARGETS, "2020-01,2020-12", "2020-01,2020-13", f"{TARGETS}:2:7", "no such date: '2020-13'",
    ),
    "a target that ends before it begins": (
        TARGETS, "2020-01,2020-12", "2020-02,2020-01", f"{TARGETS}:2:7", "is before 2020-02",
    ),
    "a target in words": (
        TARGETS, "2020-10-31,6,,6", "2020-10-31,여섯,,6", f"{TARGETS}:2:9", "whole number",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "place", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_wrong_is_refused_with_place_and_reason(
    fresh_app: Flask, folder: Path, path: str, old: str, new: str, place: str, reason: str
):
    change(folder / path, old, new)
    told = refusal(fresh_app, folder)
    assert told.startswith(place)
    assert reason in told.splitlines()[0]


@pytest.mark.parametrize(
    ("path", "place"), [(LINES, f"{LINES}:2:0:"), (EXECUTION, f"{EXECUTION}:15:0:"), (TEXTS, TEXTS)]
)
def test_a_file_in_another_encoding_says_how_to_save_it(
    fresh_app: Flask, folder: Path, path: str, place: str
):
    text = (folder / path).read_text(encoding="utf-8")
    (folder / path).write_bytes(text.encode("cp949", errors="replace"))
    told = refusal(fresh_app, folder)
    assert told.startswith(place)
    assert "save the file as UTF-8" in told


@pytest.mark.parametrize("path", [EXECUTION, LINES, TEXTS, TARGETS])
def test_a_file_that_is_missing_is_named(fresh_app: Flask, folder: Path, path: str):
    (folder / path).unlink()
    assert refusal(fresh_app, folder).startswith(f"{path}:0:0: the file is missing")


def test_all_that_is_wrong_in_a_file_is_told_at_once(fresh_app: Flask, folder: Path):
    change(folder / EXECUTION, TOTAL, TOTAL.replace("27766", "많음"))
    change(folder / EXECUTION, PUBLICITY, PUBLICITY.replace("38.3", "1.2.3"))
    told = refusal(fresh_app, folder).splitlines()
    assert [line.split(": ")[0] for line in told] == [f"{EXECUTION}:2:5", f"{EXECUTION}:7:9"]


def identity_line(folder: Path, key: str) -> int:
    return line_of(folder / IDENTITIES, f"{key},")


def test_a_total_that_no_longer_adds_up_stops_the_import(fresh_app: Flask, folder: Path):
    change(folder / EXECUTION, PUBLICITY, PUBLICITY.replace("5881", "5882"))
    told = refusal(fresh_app, folder).splitlines()
    line = identity_line(folder, "budget-programmes-current")
    assert told[0].startswith(f"{IDENTITIES}:{line}:4:")
    assert "26169 is printed, the parts give 26170: they differ" in told[0]


def test_a_step_that_no_longer_adds_up_stops_the_import(fresh_app: Flask, folder: Path):
    change(folder / "budget/bridge.csv", ",-668,", ",-667,")
    line = identity_line(folder, "budget-bridge")
    assert refusal(fresh_app, folder).startswith(f"{IDENTITIES}:{line}:4:")


def test_projects_that_no_longer_round_to_their_programme_stop_it(fresh_app: Flask, folder: Path):
    # 1,374,597 thousand won are printed as 1,375 million; 98 thousand less are no longer.
    key = "budget-legislative-support-projects-current"
    line = identity_line(folder, key)
    change(folder / EXECUTION, ",thousand,181212,", ",thousand,181114,")
    told = [row for row in refusal(fresh_app, folder).splitlines() if f":{line}:" in row]
    assert told and "1375 is printed, the parts give 1374: they differ" in told[0]


def declare(folder: Path, key: str, **values: str) -> None:
    """Change some values of one printed figure."""
    path = folder / IDENTITIES
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["key"] == key).update(values)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_difference_that_is_not_declared_stops_the_import(fresh_app: Flask, folder: Path):
    declare(folder, "budget-opinion-polls-spent-rate", agrees="yes")
    line = identity_line(folder, "budget-opinion-polls-spent-rate")
    assert refusal(fresh_app, folder).startswith(
        f"{IDENTITIES}:{line}:4: printed: 145 is printed, the parts give 146: they differ"
    )


def test_a_declared_difference_that_vanished_stops_the_import(fresh_app: Flask, folder: Path):
    # 24.9 % is printed; with 888,000 spent it would be right.
    change(folder / EXECUTION, MEDIA, MEDIA.replace("889957", "888000"))
    told = refusal(fresh_app, folder).splitlines()
    line = identity_line(folder, "budget-media-advertising-spent-rate")
    assert told[0].startswith(f"{IDENTITIES}:{line}:4:")
    assert "249 is printed, the parts give 249: they agree" in told[0]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"divide_by": "10"}, "the parts give 137460: they differ"),
        ({"divide_by": ""}, "the parts give 1374597: they differ"),
        ({"parts": "budget.nothing.current"}, "'budget.nothing.current' is not a measure"),
        ({"source": "report-1999"}, "'report-1999' is not in sources"),
    ],
)
def test_a_figure_that_cannot_be_checked_stops_the_import(
    fresh_app: Flask, folder: Path, values: dict[str, str], reason: str
):
    key = "budget-legislative-support-projects-current"
    declare(folder, key, **values)
    told = refusal(fresh_app, folder)
    assert told.startswith(f"{IDENTITIES}:{identity_line(folder, key)}:")
    assert reason in told


def test_the_declared_differences_of_the_budget_are_reported(fresh_app: Flask, folder: Path):
    change(folder / "council.yaml", "site_day: 2020-11-09", "site_day: 2020-11-10")
    with fresh_app.app_context():
        report = import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.rollback()
    told = {difference.split(": ")[0] for difference in report.differences}
    assert {
        "budget-policy-functions-planned-rate",
        "budget-opinion-polls-spent-rate",
        "budget-media-advertising-spent-rate",
        "budget-publicity-projects-spent",
        "office-relocation-n14",
    } <= told
    assert "budget-bridge" not in told
