"""Lists of bills as councils publish them: columns, days, words, and what is refused."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.importers.open_bill_columns import _NAMES, Column, columns_of
from portal.importers.open_bill_rows import OpenBill, parse_bills, read_bills
from portal.importers.open_bill_steps import parse_day
from portal.importers.open_bill_words import _BY_WORD, decision_of, kind_of, proposer_of
from portal.importers.tables import DataErrors
from portal.legislation.rules.kinds import BillKind, Proposer, SponsorRole, StepKind, StepResult
from portal.legislation.rules.progress import Standing, standing_of

PATH = "의안.csv"


def table(header: str, *rows: str) -> str:
    return "\n".join((header, *rows)) + "\n"


def bill_of(header: str, row: str) -> OpenBill:
    (bill,) = parse_bills(table(header, row), PATH).bills
    return bill


def steps_of(header: str, row: str) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (step.kind.value, str(step.on or ""), step.committee, step.result and step.result.value)
        for step in bill_of(header, row).steps
    ]


def errors_of(text: str) -> list[str]:
    with pytest.raises(DataErrors) as caught:
        parse_bills(text, PATH)
    return [str(error) for error in caught.value.errors]


def test_the_file_of_a_district_gives_every_step():
    header = (
        "의안번호,의안명,발의일자,발의자,소관위원회,회부일,상정일,위원회의결일,처리결과,"
        "본회의의결일,처리결과,이송일,공포일,공포번호"
    )
    row = (
        "1843,도로 조례안,2020.6.1.,김하나 의원,교통위원회,20200602,2020-06-10,2020-06-11,수정가결,"
        "2020년 6월 17일,원안가결,2020-06-18,2020/7/2,제7541호"
    )
    assert steps_of(header, row) == [
        ("proposed", "2020-06-01", None, None),
        ("referred", "2020-06-02", "교통위원회", None),
        ("laid", "2020-06-10", "교통위원회", None),
        ("reviewed", "2020-06-11", "교통위원회", "amended"),
        ("plenary", "2020-06-17", None, "passed"),
        ("transmitted", "2020-06-18", None, None),
        ("promulgated", "2020-07-02", None, None),
    ]
    assert bill_of(header, row).steps[-1].text == "공포번호 제7541호"


def test_names_of_columns_may_have_spaces_signs_and_any_order():
    bill = bill_of(
        "처리 결과,본회의 의결일(YYYY-MM-DD),제안자 구분,안건 명,의안 번호,대 수,회 기,비고",
        "R01,2020-06-17,시장,2020년도 추가경정예산안(수정안),제12호,제10대,제298회 정례회,-",
    )
    assert (bill.number, bill.term, bill.session_number) == (12, 10, 298)
    assert (bill.kind, bill.proposed_by) == (BillKind.BUDGET, Proposer.MAYOR)
    assert bill.steps[0].result is StepResult.PASSED


def test_columns_that_nothing_is_taken_from_are_told():
    opened = parse_bills("기관명,의안명,데이터기준일자\n의회,가 조례안,2020-01-01\n", PATH)
    assert opened.ignored == ("기관명", "데이터기준일자")


@pytest.mark.parametrize("column", list(Column))
def test_every_known_name_means_one_column(column: Column):
    for name in _NAMES[column].split():
        found, _unknown = columns_of([name, "의안명"] if column is not Column.TITLE else [name], "")
        assert column in found
    assert column.value in _NAMES[column].split()


def test_a_lone_day_is_the_plenarys_and_beside_one_the_committees():
    assert steps_of("의안명,처리일,처리결과", "가,2020-06-17,부결") == [
        ("plenary", "2020-06-17", None, "rejected")
    ]
    header = "의안명,소관위원회,처리일,처리결과,본회의처리일,본회의처리결과"
    row = "가,교육위원회,2020-06-11,가결,2020-06-17,부결"
    assert [step[::3] for step in steps_of(header, row)] == [
        ("referred", None),
        ("reviewed", "passed"),
        ("plenary", "rejected"),
    ]


def test_several_committees_have_it_at_once():
    header = "의안명,소관위원회,회부일,심사일,심사결과"
    row = '가,"교육위원회, 교통위원회",2020-06-01,"2020-06-10, 2020-06-11","가결,보류"'
    assert steps_of(header, row) == [
        ("referred", "2020-06-01", "교육위원회", None),
        ("referred", "2020-06-01", "교통위원회", None),
        ("reviewed", "2020-06-10", "교육위원회", "passed"),
        ("reviewed", "2020-06-11", "교통위원회", "continued"),
    ]
    (error,) = errors_of(table(header, row.replace("가결,보류", "가결,보류,부결")))
    assert error.startswith(f"{PATH}:2:5: 심사결과: 3 values for 2 committees")


@pytest.mark.parametrize(
    ("row", "standing"),
    [
        ("가결,부결", Standing.REJECTED),
        ("본회의에 부의하지 아니함,", Standing.NOT_FORWARDED),
        (",본회의 불부의", Standing.NOT_FORWARDED),
        ("대안반영폐기,", Standing.NOT_FORWARDED),
        ("폐기,", Standing.LAPSED),
        (",임기만료 폐기", Standing.LAPSED),
        ("가결,철회", Standing.WITHDRAWN),
        ("폐기,원안가결", Standing.PASSED),
        ("보류,", Standing.IN_COMMITTEE),
        ("계류중,", Standing.IN_COMMITTEE),
        ("가결,기타", Standing.DECIDED),
        ("가결,R17 미상정", Standing.OUT_OF_COMMITTEE),
    ],
)
def test_results_say_where_a_bill_stands(row: str, standing: Standing):
    header = "의안명,소관위원회,위원회처리결과,본회의처리결과"
    assert standing_of(bill_of(header, f"가,교육위원회,{row}").steps) is standing


def test_words_that_are_no_result_stay():
    assert bill_of("의안명,본회의처리결과", "가,의견제시").steps[0].text == "의견제시"


def test_an_unknown_result_is_refused_with_its_place_and_the_known_ones():
    (error,) = errors_of("의안명,본회의일,결과\n가,2020-01-01,가결\n나,2020-01-01,몰라\n")
    assert error.startswith(f"{PATH}:3:3: 결과: '몰라' is none of the known results: 원안가결, ")


@pytest.mark.parametrize("word", sorted(_BY_WORD))
def test_every_known_result_is_understood_with_a_code_before_it(word: str):
    decided = decision_of(word)
    if not word.startswith("r"):
        coded = decision_of(f"R01 ({word})")
        assert (coded is None) == (decided is None)


@pytest.mark.parametrize("text", ["2020-06-17", "2020.6.17.", "2020. 6. 17", "20200617"])
def test_days_are_read_as_councils_write_them(text: str):
    assert parse_day(text) == date(2020, 6, 17)
    assert parse_day(f"{text} 00:00:00") == date(2020, 6, 17)


@pytest.mark.parametrize("text", ["2020-02-30", "20201", "17.6.2020", "2020", "0000-00-00"])
def test_what_is_no_day_is_refused(text: str):
    (error,) = errors_of(f"의안명,발의일\n가,{text}\n")
    assert error.startswith(f"{PATH}:2:2: 발의일: ")


def test_who_brought_it_in_leads_alone_or_together():
    lone = bill_of("의안명,발의자", "가,김하나 의원 외 9명")
    assert [(each.name, each.role) for each in lone.sponsors] == [("김하나", SponsorRole.LEAD)]
    assert (lone.proposed_by, lone.proposer) == (Proposer.MEMBERS, "김하나 의원 외 9명")
    many = bill_of("의안명,발의자구분,발의자", '가,의원발의,"김하나(대표발의), 이두리, 박세나"')
    roles = [each.role.value for each in many.sponsors]
    assert ([each.name for each in many.sponsors], roles) == (
        ["김하나", "이두리", "박세나"],
        ["lead", "sponsor", "sponsor"],
    )
    mayor = bill_of("의안명,발의자", "가,한빛시장")
    assert (mayor.proposed_by, mayor.sponsors) == (Proposer.MAYOR, ())


@pytest.mark.parametrize(
    ("word", "printed", "proposer"),
    [
        ("위원회안", "", Proposer.COMMITTEE),
        ("", "서울특별시교육감", Proposer.SUPERINTENDENT),
        ("", "교통위원장", Proposer.COMMITTEE),
        ("시장제출", "홍길동", Proposer.MAYOR),
        ("주민조례청구", "", Proposer.CITIZENS),
        ("", "홍길동", None),
    ],
)
def test_the_word_for_who_brought_it_in_goes_before_the_name(word, printed, proposer):
    assert proposer_of(word, printed) is proposer


@pytest.mark.parametrize(
    ("word", "title", "kind"),
    [
        ("", "도로 조례 일부개정조례안", BillKind.ORDINANCE),
        ("", "2019회계연도 결산 승인안", BillKind.SETTLEMENT),
        ("", "2021년도 기금운용계획안", BillKind.BUDGET),
        ("예산안 및 결산", "2019회계연도 결산 승인의 건", BillKind.SETTLEMENT),
        ("B07", "2021년도 예산안", BillKind.BUDGET),
        ("", "출연 동의안(대안)", BillKind.CONSENT),
        ("", "관리계획 의견청취안", BillKind.OPINION),
        ("", "규탄 결의안", BillKind.RESOLUTION),
        ("건의안", "무엇에 대하여", BillKind.RESOLUTION),
        ("", "횡단보도를 바라는 청원", BillKind.PETITION),
        ("", "의장 선거의 건", BillKind.ELECTION),
        ("규칙안", "회의규칙 일부개정규칙안", BillKind.OTHER),
    ],
)
def test_the_kind_is_told_by_its_word_or_by_the_title(word: str, title: str, kind: BillKind):
    assert kind_of(word, title) is kind


def test_a_file_of_an_old_spreadsheet_is_read_and_told():
    content = "의안명,처리결과\r\n가 조례안,가결\r\n"
    assert read_bills(content.encode("cp949"), PATH).encoding == "CP949"
    for encoding in ("utf-8", "utf-8-sig"):
        opened = read_bills(content.encode(encoding), PATH)
        assert (opened.encoding, opened.bills[0].title) == ("UTF-8", "가 조례안")
    with pytest.raises(DataErrors, match="UTF-8"):
        read_bills(b"\xff\xff\xff", PATH)


@pytest.mark.parametrize("text", ["", "\n\n", "의안번호,처리결과\n1,가결\n", "\x00"])
def test_a_file_without_titles_is_refused(text: str):
    (error,) = errors_of(text)
    assert "no column has the titles of bills" in error


def test_what_is_wrong_in_a_row_is_told_for_at_most_twenty():
    assert errors_of("의안명,안건명\n가,나\n")[0].startswith(f"{PATH}:1:2: ")
    assert errors_of("의안명,회기\n,1\n가,몇\n나,1,2\n")[0].startswith(f"{PATH}:2:1: ")
    assert len(errors_of("의안명,회기\n" + "가,몇\n" * 30)) == 20
    assert errors_of("의안명,회기\n가\x00,1\n") == [f"{PATH}:2:0: has a control character"]
    assert "not well-formed CSV" in errors_of('의안명\n"가\n')[0]
    assert "not well-formed CSV" in errors_of('"의안명"x\n가\n')[0]


_names = st.sampled_from([*(name for names in _NAMES.values() for name in names.split()), "처리일"])
_values = st.one_of(
    st.sampled_from([*_BY_WORD, "2020-06-17", "2020.2.30", "가,나", "제298회", "-", ""]), st.text()
)


@given(st.text())
def test_no_text_is_answered_with_anything_but_what_is_wrong(text: str):
    try:
        parse_bills(text, PATH)
    except DataErrors as errors:
        assert 1 <= len(errors.errors) <= 20


@given(st.binary())
def test_nor_are_any_bytes(content: bytes):
    try:
        read_bills(content, PATH)
    except DataErrors as errors:
        assert errors.errors


@given(st.data())
def test_nor_is_any_table_with_known_columns(data: st.DataObject):
    header = ["의안명", *data.draw(st.lists(_names, max_size=8))]
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    for _row in range(data.draw(st.integers(0, 4))):
        size = len(header)
        writer.writerow(data.draw(st.lists(_values, min_size=size, max_size=size)))
    try:
        opened = parse_bills(file.getvalue(), PATH)
    except DataErrors as errors:
        assert all(error.path == PATH for error in errors.errors)
    else:
        kinds = [[list(StepKind).index(s.kind) for s in bill.steps] for bill in opened.bills]
        assert all(each == sorted(each) for each in kinds)
