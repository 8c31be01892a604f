"""Personal data in a text: found however it is spelled, and not seen where there is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.config import ROOT
from portal.core.personal_data import Finding, find_personal
from portal.core.personal_rules import PersonalKind

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
BIRTHDAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
#: What stands between the two halves, and between all digits.
BREAKS = st.sampled_from(["", "-", " ", " - ", ".", "–", "－", "ㅡ", "\u200b-", "\xa0", "-\n", "/"])
JOINS = st.sampled_from(["", "\u200b", "\u2060", "\xad", " ", ".", "\u3000", "\ufe0f"])
WIDTHS = st.sampled_from([{}, FULL_WIDTH])


def kinds(text: str, *allowed: str) -> list[str]:
    return [finding.kind.value for finding in find_personal(text, frozenset(allowed))]


def only(text: str) -> Finding:
    (finding,) = find_personal(text)
    return finding


def birth_number(born: date, foreign: bool, serial: int) -> str:
    """Return a number without the hyphen; its last digit may be any."""
    sex = (7 if born.year >= 2000 else 5) if foreign else (3 if born.year >= 2000 else 1)
    return f"{born:%y%m%d}{sex + serial % 2}{serial:06}"


@given(BIRTHDAYS, st.booleans(), st.integers(0, 999_999), BREAKS, JOINS, WIDTHS)
def test_a_number_of_a_person_is_found_in_any_spelling(
    born: date, foreign: bool, serial: int, gap: str, join: str, width: dict[int, str]
) -> None:
    number = birth_number(born, foreign, serial)
    spelled = (join.join(number[:6]) + (gap or join) + join.join(number[6:])).translate(width)
    text = f"번호는 {spelled}입니다."
    finding = only(text)
    assert finding.kind == ("foreigner_number" if foreign else "resident_number")
    assert text[finding.start : finding.end] == spelled
    assert "".join(sign for sign in finding.masked if sign.isdigit()) == number[:3]


@given(BIRTHDAYS, st.booleans(), st.integers(0, 99_999))
def test_one_last_digit_makes_sure_and_all_are_found(
    born: date, foreign: bool, serial: int
) -> None:
    beginning = birth_number(born, foreign, serial)[:12]
    assert sum(only(f"{beginning}{last}").is_sure for last in range(10)) == 1


@pytest.mark.parametrize(
    ("number", "is_sure"),
    [("900101-1234568", True), ("900101-1234567", False), ("900101-5234561", True)],
)
def test_known_check_digits(number: str, is_sure: bool) -> None:
    assert only(number).is_sure is is_sure


@pytest.mark.parametrize(
    "text",
    [
        "901301-1234567",
        "900230-1234567",
        "900101-9234567",
        "900101-1******",
        "1900101-1234567",
        "900101-12345678",
    ],
)
def test_what_is_no_number_of_a_person_is_not_found(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("010-1234-5678", "phone"),
        ("T.010.1234.5678", "phone"),
        ("01012345678", "phone"),
        ("０１０－１２３４－５６７８", "phone"),
        ("0 1 0 - 1 2 3 4 - 5 6 7 8", "phone"),
        ("+82 10-1234-5678", "phone"),
        ("+82 (0)10 1234 5678", "phone"),
        ("(02) 123-4567", "phone"),
        ("02) 2180-1234로", "phone"),
        ("031-123-4567", "phone"),
        ("070-1234-5678", "phone"),
        ("kim.s@example.co.kr로", "email"),
        ("kim＠example.kr", "email"),
        ("국민은행 123456-04-123456", "bank_account"),
        ("신한 110-123-456789", "bank_account"),
        ("계좌번호: 3333 01 1234567", "bank_account"),
        ("110-123-456789 (예금주 김철수)", "bank_account"),
        ("농협 351２３４５６７８901", "bank_account"),
        ("4111-1111-1111-1111", "card"),
        ("4111 1111 1111 1111", "card"),
        ("3782-822463-10005", "card"),
        ("여권 M12345678", "passport"),
        ("여권은 M123A4567입니다", "passport"),
        ("11-12-345678-90", "driver_licence"),
        ("서울 95-123456-12", "driver_licence"),
        ("면허번호 111234567890", "driver_licence"),
        ("서울특별시 강남구 테헤란로 123, 101동 1502호", "address"),
        ("세종대로12길 34-5 (다동) 302호", "address"),
        ("상도동 123-4번지 502호", "address"),
        ("한빛아파트 101동 1502호", "address"),
        ("자택: 종로구 새문안로 55", "address"),
    ],
)
def test_personal_data_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "277억 6,600만 원",
        "27,766,000,000원",
        "2020. 11. 2.(월)~12. 22.(화) 51일간",
        "2020-11-03 14:00~16:00",
        "서울특별시조례 제7423호",
        "의안번호 제1845호",
        "공고 제2020-15호",
        "서울특별시 중구 세종대로 125",
        "서울특별시 중구 세종대로 125 (태평로1가), 제298회 정례회 제2차 본회의",
        "지하철 2호선 시청역",
        "세종대로 110 앞 지하철 2호선",
        "1588-1234",
        "2017 2018 2019 2020 2021",
        "4111-1111-1111-1112",
        "우리 의회는 2020-11-03에 하나 되어",
        "국민 1,234,567명",
        "ISBN 978-89-123-4567-8",
        "제10대 의원 110명, 정원 343명",
        "앞으로 3년 동안 12호 발행",
        "@example",
    ],
)
def test_what_is_nobodys_is_not_found(text: str) -> None:
    assert kinds(text) == []


FIGURES = st.one_of(
    st.integers(1, 10**13).map("{:,}원".format),
    st.builds("{}억 {:,}만 원".format, st.integers(1, 999), st.integers(1, 9999)),
    st.dates().map("{0:%Y}. {0.month}. {0.day}.".format),
    st.dates().map("{:%Y-%m-%d}".format),
    st.integers(1, 9999).map("서울특별시조례 제{}호".format),
    st.integers(1, 9999).map("의안번호 제{}호".format),
    st.builds("{}~{}년".format, st.integers(1990, 2030), st.integers(1990, 2030)),
    st.floats(0, 200).map("{:.2f}%".format),
)


@given(st.lists(FIGURES, max_size=6), st.sampled_from([" ", ", ", "\n", "·"]))
def test_amounts_days_and_numbers_of_acts_are_nobodys(figures: list[str], between: str) -> None:
    assert kinds(between.join(figures)) == []


def test_a_number_that_the_office_publishes_is_allowed() -> None:
    assert kinds("문의: 02) 2180 8000", "02-2180-8000") == []
    assert kinds("계좌 문의: 02-2180-8000", "02-2180-8000") == []
    assert kinds("02-2180-8000과 010-1234-5678", "02-2180-8000") == ["phone"]
    assert kinds("press@example.kr", "Press@Example.kr") == []


def test_no_list_allows_the_number_of_a_person() -> None:
    assert kinds("900101-1234567", "900101-1234567") == ["resident_number"]


def test_findings_stand_in_the_order_of_the_text_and_do_not_overlap() -> None:
    text = "kim@example.kr, 010-1234-5678,\n900101-1234567, 국민은행 123456-04-123456"
    findings = find_personal(text)
    assert [f.kind for f in findings] == [
        PersonalKind.EMAIL,
        PersonalKind.PHONE,
        PersonalKind.RESIDENT_NUMBER,
        PersonalKind.BANK_ACCOUNT,
    ]
    assert all(a.end <= b.start for a, b in zip(findings, findings[1:], strict=False))


def test_a_number_beside_another_number_is_found() -> None:
    assert kinds("110101 900101-1234567") == ["resident_number"]
    assert kinds("①010-1234-5678 ②900101-1234567") == ["phone", "resident_number"]


def test_the_snippet_covers_all_but_the_beginning() -> None:
    assert only("900101-1234567").masked == "900●●●-●●●●●●●"
    assert only("kim@example.kr").masked == "kim@●●●●●●●.●●"


@given(st.text(max_size=60))
def test_any_text_is_read_and_its_places_lie_within_it(text: str) -> None:
    for finding in find_personal(text):
        assert 0 <= finding.start < finding.end <= len(text)


def test_what_the_portal_publishes_tells_nothing_about_persons() -> None:
    texts = [p.read_text(encoding="utf-8") for s in ("csv", "yaml") for p in FOLDER.rglob(f"*.{s}")]
    assert len(texts) > 20
    assert [finding for text in texts for finding in find_personal(text)] == []


FOLDER = ROOT / "data"
