"""A council's list of bills is imported wholly or not at all, and again when it is newer."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from portal.audit.models import AuditLine
from portal.core import clock
from portal.core.i18n import in_language
from portal.core.imports import Outcome
from portal.core.models import Source
from portal.core.state import find_state
from portal.core.transactions import begin_write
from portal.core.versions import SITE, read_versions
from portal.extensions import db
from portal.importers.kept_rows import STATE
from portal.importers.open_bill_rows import parse_bills
from portal.importers.open_bills import OpenBillsReport, save_open_bills
from portal.importers.tables import DataErrors
from portal.legislation.models import Bill, BillSponsor, BillStep
from tests.importers.figure_desk import run_import
from tests.moderation.desk import text_of

PATH = "의안.csv"
HEADER = (
    "의안번호,의안명,회기,발의일,발의자,소관위원회,회부일,"
    "위원회의결일,처리결과,본회의의결일,처리결과"
)
LIBRARY = (
    "1901,서울특별시 시험 도서관 조례안,제298회,2020-10-05,강대호 의원,교육위원회,2020-10-06,,,,"
)
TWO = '1902,서울특별시 시험 공원 조례안,298,2020.10.5.,서울특별시장,"교육위원회,교통",20201006,,,,'
DECIDED = LIBRARY[:-3] + "2020-10-20,수정가결,2020-10-30,원안가결"


def keep(app: Flask, *rows: str, header: str = HEADER, path: str = PATH) -> OpenBillsReport:
    """Import a list of bills of the 10th council and return what became of it."""
    opened = parse_bills("\n".join((header, *rows)) + "\n", path)
    with app.app_context(), in_language("en"):
        begin_write()
        report = save_open_bills(
            db.session(), opened, term=10, folder=app.config["DATA_DIR"], at=clock.real_now()
        )
        db.session.commit()
    return report


def totals(report: OpenBillsReport) -> dict[str, int]:
    return {str(outcome): count for outcome, count in report.rows.totals.items()}


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def change(app: Flask, number: int, **values: object) -> None:
    with app.app_context():
        begin_write()
        row = db.session.scalars(select(Bill).where(Bill.number == number)).one()
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def test_a_bill_is_public_at_once_and_cites_its_file(fresh_app: Flask):
    assert totals(keep(fresh_app, LIBRARY)) == {"new": 1}
    page = text_of(fresh_app.test_client().get("/legislation/bills/bill-10-1901"))
    assert "서울특별시 시험 도서관 조례안" in page and "교육위원회" in page and "강대호" in page
    assert PATH in page and "No. 1901" in page
    with fresh_app.app_context():
        sponsor = db.session.scalars(select(BillSponsor).order_by(BillSponsor.id.desc())).first()
        assert sponsor is not None and sponsor.member_id is not None and sponsor.name is None


def test_its_pages_and_feeds_are_sound_in_both_languages(fresh_app: Flask):
    header = f"{HEADER},공포일,공포번호"
    passed = DECIDED.replace("원안가결", "의견제시")
    keep(fresh_app, f"{passed},2020-11-05,제7541호", header=header)
    client = fresh_app.test_client()
    # The client itself looks at each page.
    for address in ("/legislation/bills", "/legislation/bills/bill-10-1901"):
        for language in ("", "/en"):
            assert client.get(language + address).status_code == 200
    feed = client.get("/feeds/bills/bill-10-1901.atom")
    assert "시험 도서관" in text_of(feed)


def test_several_committees_have_it_at_once(fresh_app: Flask):
    keep(fresh_app, TWO)
    page = text_of(fresh_app.test_client().get("/legislation/bills/bill-10-1902"))
    assert "교통위원회" in page and "교육위원회" in page
    listed = fresh_app.test_client().get("/legislation/bills?committee=transport")
    assert "시험 공원" in text_of(listed)


def test_a_newer_file_changes_its_own_rows_and_counts_them(fresh_app: Flask):
    keep(fresh_app, LIBRARY, TWO)
    assert totals(keep(fresh_app, LIBRARY, TWO)) == {"same": 2}
    steps = count(fresh_app, BillStep)
    assert totals(keep(fresh_app, DECIDED, TWO, path="의안 11월.csv")) == {"changed": 1, "same": 1}
    assert count(fresh_app, BillStep) == steps + 2
    page = text_of(fresh_app.test_client().get("/legislation/bills/bill-10-1901"))
    assert "의안 11월.csv" in page
    other = text_of(fresh_app.test_client().get("/legislation/bills/bill-10-1902"))
    assert "의안 11월.csv" not in other
    assert totals(keep(fresh_app, LIBRARY)) == {"changed": 1}
    assert count(fresh_app, BillStep) == steps


def test_what_staff_changed_is_kept_and_named(fresh_app: Flask):
    keep(fresh_app, LIBRARY, TWO)
    change(fresh_app, 1901, title="사람이 고친 제목")
    report = keep(fresh_app, DECIDED, TWO)
    assert totals(report) == {"kept": 1, "same": 1}
    assert report.rows.differences == [f"{PATH}:2: open:10:1901 was changed by hand"]
    with fresh_app.app_context():
        row = db.session.scalars(select(Bill).where(Bill.number == 1901)).one()
        assert row.title == "사람이 고친 제목"
        # Staff's home and the review queue name it.
        assert "open:10:1901" in (find_state(db.session(), STATE) or "")


@pytest.mark.parametrize("way", ["revision", "own step", "changed step"])
def test_a_bill_whose_steps_staff_changed_is_kept_wholly(fresh_app: Flask, way: str):
    keep(fresh_app, LIBRARY)
    with fresh_app.app_context():
        begin_write()
        bill = db.session.scalars(select(Bill).where(Bill.number == 1901)).one()
        steps = db.session.scalars(select(BillStep).where(BillStep.bill_id == bill.id)).all()
        if way == "revision":
            bill.shown_revision = 1
        elif way == "changed step":
            steps[0].text = "사람의 말"
        else:
            db.session.add(
                BillStep(bill_id=bill.id, position=9, kind="laid", nature=steps[0].nature)
            )
        db.session.commit()
    assert totals(keep(fresh_app, DECIDED)) == {"kept": 1}
    assert totals(keep(fresh_app, LIBRARY)) == {"same": 1} or way == "own step"


def test_a_bill_that_staff_withdrew_does_not_come_back(fresh_app: Flask):
    keep(fresh_app, LIBRARY)
    with fresh_app.app_context():
        begin_write()
        db.session.scalars(select(Bill).where(Bill.number == 1901)).one().leave(clock.real_now())
        db.session.commit()
    keep(fresh_app, DECIDED)
    assert fresh_app.test_client().get("/legislation/bills/bill-10-1901").status_code == 410


def test_bills_that_are_not_in_a_file_stay(fresh_app: Flask):
    keep(fresh_app, LIBRARY)
    keep(fresh_app, TWO, path="다른 회기.csv")
    assert fresh_app.test_client().get("/legislation/bills/bill-10-1901").status_code == 200


def test_an_import_of_the_data_folder_leaves_open_data(fresh_app: Flask, folder: Path):
    keep(fresh_app, LIBRARY)
    steps, sources = count(fresh_app, BillStep), count(fresh_app, Source)
    for name in ("sources.csv", "legislation/bills.csv", "legislation/bill_steps.csv"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    run_import(fresh_app, folder)
    assert (count(fresh_app, BillStep), count(fresh_app, Source)) == (steps, sources)
    assert fresh_app.test_client().get("/legislation/bills/bill-10-1901").status_code == 200


def test_a_bill_of_the_data_set_is_not_doubled(fresh_app: Flask):
    title = "2020년도 제1회 서울특별시 추가경정예산안"
    bills = count(fresh_app, Bill)
    report = keep(
        fresh_app,
        f"7,{title.replace(' ', '')},제292회",
        f"8,{title},제298회",
        header="의안번호,의안명,회기",
    )
    assert report.twins == [
        f"{PATH}:2: {title.replace(' ', '')} is here already and stays: /legislation/bills/292-01"
    ]
    assert totals(report) == {"new": 1}
    assert count(fresh_app, Bill) == bills + 1


def test_an_unknown_committee_or_a_second_row_refuses_the_whole_file(fresh_app: Flask):
    bills = count(fresh_app, Bill)
    wrong = LIBRARY.replace("교육위원회", "없는위원회").replace("1901", "1903")
    with pytest.raises(DataErrors) as caught:
        keep(fresh_app, TWO, wrong, TWO)
    first, second = [str(error) for error in caught.value.errors]
    assert first.startswith(
        f"{PATH}:3:6: 소관위원회: '없는위원회' is not a committee of this site; it knows: "
    )
    assert "교통위원회" in first
    assert second == f"{PATH}:4:0: the bill of line 2 once more"
    assert count(fresh_app, Bill) == bills


def test_names_that_are_no_members_stay_as_printed(fresh_app: Flask):
    header = "의안명,회기,발의자구분,발의자"
    keep(fresh_app, '가 조례안,298,의원,"강대호, 없는이"', "나 조례안,298,,없는이", header=header)
    keep(fresh_app, "다를 바라는 청원,298,,홍길동 외 30명", header=header, path="청원.csv")
    with fresh_app.app_context():
        found = {
            bill.title: bill.proposer
            for bill in db.session.scalars(select(Bill).where(Bill.import_key.like("open:%")))
        }
        names = list(db.session.scalars(select(BillSponsor.name).order_by(BillSponsor.id.desc())))
    assert found == {
        "가 조례안": "강대호, 없는이",
        "나 조례안": "없는이",
        "다를 바라는 청원": None,
    }
    assert names[:2] == ["없는이", None]


def test_an_import_is_in_the_trail_and_raises_the_version_once_it_wrote(fresh_app: Flask):
    def version() -> int:
        with fresh_app.app_context():
            return read_versions(db.engine)[SITE]

    before = version()
    keep(fresh_app, LIBRARY)
    written = version()
    keep(fresh_app, LIBRARY)
    assert before < written == version()
    with fresh_app.app_context():
        deeds = db.session.scalars(select(AuditLine.deed)).all()
    assert deeds.count("open_bills.imported") == 2


def test_the_command_tells_what_it_did(fresh_app: Flask, tmp_path: Path):
    file = tmp_path / PATH
    file.write_bytes(f"{HEADER},기관명\n{LIBRARY},의회\n".encode("cp949"))
    run = fresh_app.test_cli_runner().invoke
    refused = run(args=["data", "bills", str(file)])
    assert (refused.exit_code, "add --council-term" in refused.output) == (1, True)
    done = run(args=["data", "bills", str(file), "--council-term", "10"])
    assert done.output.splitlines() == [
        f"{PATH} (CP949)  1 new",
        "Columns that were not used: 기관명",
    ]


_results = st.sampled_from(
    ["", "가결", "수정가결", "부결", "폐기", "철회", "보류", "기타", "대안반영"]
)
_rows = st.lists(
    st.tuples(st.sampled_from(["교육위원회", "교통위원회", ""]), _results, _results), max_size=4
)


@given(first=_rows, second=_rows)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_newer_file_leaves_the_same_as_if_it_came_first(fresh_app: Flask, first, second):
    header = "의안번호,의안명,소관위원회,위원회처리결과,본회의처리결과"

    def brought(*files: list[tuple[str, str, str]]) -> list[tuple[object, ...]]:
        with fresh_app.app_context():
            begin_write()
            opened = select(Bill.id).where(Bill.import_key.like("open:%"))
            for model in (BillStep, BillSponsor):
                db.session.execute(delete(model).where(model.bill_id.in_(opened)))
            db.session.execute(delete(Bill).where(Bill.import_key.like("open:%")))
            db.session.commit()
        for rows in files:
            lines = [f"{n},시험 {n} 조례안,{','.join(row)}" for n, row in enumerate(rows, 5001)]
            report = keep(fresh_app, *lines, header=header)
            assert not report.rows.totals[Outcome.KEPT]
        columns = (Bill.number, BillStep.position, BillStep.kind, BillStep.result)
        with fresh_app.app_context():
            joined = select(*columns, BillStep.committee_id).join(Bill).order_by(*columns[:2])
            found = db.session.execute(
                joined.where(Bill.number.in_(range(5001, 5001 + len(second))))
            )
            return [tuple(row) for row in found]

    assert brought(first, second) == brought(second)
