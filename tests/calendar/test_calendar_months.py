"""Month, year and day on the real data, as of 9 November 2020."""

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask

from tests.support.client import PageClient

HTML = "{http://www.w3.org/1999/xhtml}"


def page_of(client: PageClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


def elements(page: str, name: str, class_name: str = "") -> list[Element]:
    root = html5lib.parse(page)
    found = root.iter(HTML + name)
    return [e for e in found if class_name in (e.get("class") or "").split() or not class_name]


def words_of(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def cells_of(page: str) -> list[Element]:
    table = elements(page, "table", "month")[0]
    return list(table.iter(HTML + "td"))


def cell_of(page: str, number: int) -> str:
    """Return the words of a day of the month itself."""
    days = [c for c in cells_of(page) if "is-other" not in (c.get("class") or "").split()]
    return words_of(days[number - 1])


def test_the_calendar_opens_on_the_month_of_the_sites_day(client: PageClient):
    page = page_of(client, "/calendar")
    assert "<h1>2020년 11월 일정</h1>" in page
    assert "오늘 · 8일째" in cell_of(page, 9)
    assert "감사" in cell_of(page, 9)


def test_the_grid_has_each_day_once_and_weeks_of_seven(client: PageClient):
    page = page_of(client, "/calendar/2020/11")
    assert len(cells_of(page)) == 35
    dates = [words_of(e) for e in elements(page, "p", "day-date")]
    assert len(dates) == 35
    assert dates[0] == "1" and dates[29] == "30"


@pytest.mark.parametrize(
    ("address", "first"), [("/calendar/2020/11", "일"), ("/en/calendar/2020/11", "Mon")]
)
def test_weeks_begin_as_the_reader_is_used_to(client: PageClient, address: str, first: str):
    table = elements(page_of(client, address), "table", "month")[0]
    assert words_of(next(table.iter(HTML + "th"))) == first


def test_days_of_questions_are_numbered(client: PageClient):
    page = page_of(client, "/calendar/2020/11")
    for day, number in ((17, 1), (18, 2), (19, 3)):
        assert f"시정질문 {number}일째" in cell_of(page, day)


def test_a_long_event_stands_on_its_first_day_today_and_its_last(client: PageClient):
    page = page_of(client, "/calendar/2020/11")
    assert "행정사무감사 시작 11. 16. 까지" in cell_of(page, 3)
    assert "행정사무감사" in cell_of(page, 9)
    assert "행정사무감사 끝" in cell_of(page, 16)
    assert "행정사무감사" not in cell_of(page, 10)


def test_the_end_of_a_special_committee_is_derived_and_leads_to_its_page(client: PageClient):
    page = page_of(client, "/calendar/2020/11")
    assert "청년정책 특별위원회 활동 끝" in cell_of(page, 17)
    assert 'href="/council/committees/youth-policy"' in page


def test_what_was_not_announced_by_the_sites_day_is_not_there(client: PageClient):
    page = page_of(client, "/calendar/2020/11")
    assert "예산안 분석토론회" in page
    assert "노동정책" not in page
    assert client.get("/calendar/events/labour-forum-2020-11-20").status_code == 404


def test_holidays_have_their_names_in_the_language_of_the_page(client: PageClient):
    assert "임시공휴일" in cell_of(page_of(client, "/calendar/2020/08"), 17)
    assert "Chuseok" in page_of(client, "/en/calendar/2020/10")


def test_cancelled_events_stay_struck_with_the_word(client: PageClient):
    page = page_of(client, "/calendar/2020/08")
    assert "취소" in cell_of(page, 28)
    assert re.search(r'<s><a class="day-link" href="/calendar/events/opening-2020-08-28">', page)


def chips_of(page: str) -> list[tuple[str, str, int]]:
    """Return label, address and count of each chip."""
    chips = []
    for nav in elements(page, "nav", "chips"):
        for link in nav.iter(HTML + "a"):
            label, _space, count = words_of(link).rpartition(" ")
            chips.append((label, link.get("href") or "", int(count)))
    return chips


def entries_of(client: PageClient, address: str) -> int:
    """Count the entries of a month: those in its cells and those that did not fit."""
    page = page_of(client, address)
    table = elements(page, "table", "month")[0]
    links = [a for a in table.iter(HTML + "a") if "day-link" in (a.get("class") or "")]
    more = [re.match(r"(\d+)건 더 보기", words_of(a)) for a in links]
    return sum(int(m[1]) if m else 1 for m in more)


@pytest.mark.parametrize("month", ["02", "04", "06", "09", "11"])
def test_the_counts_of_chips_are_what_a_click_shows(client: PageClient, month: str):
    chips = chips_of(page_of(client, f"/calendar/2020/{month}"))
    assert len(chips) > 2
    for label, address, count in chips:
        assert entries_of(client, address) == count, (label, address)


def test_two_filters_hold_together(client: PageClient):
    page = page_of(client, "/calendar/2020/09?kind=committee&body=budget-accounts")
    assert "예산결산특별위원회" in cell_of(page, 10)
    assert "행정자치위원회" not in cell_of(page, 3)
    assert 'href="/calendar/2020/10?kind=committee&amp;body=budget-accounts"' in page


def test_a_filter_without_events_says_so_and_leads_back(client: PageClient):
    page = page_of(client, "/calendar/2020/07?kind=audit")
    assert "이 달에는 고르신 일정이 없습니다." in page
    assert 'href="/calendar/2020/07"' in page


def test_a_month_without_a_session_says_when_the_next_begins(client: PageClient):
    assert "이 달에는 회기가 없습니다." in page_of(client, "/calendar/2020/10")
    page = page_of(client, "/en/calendar/2020/10")
    assert "No session this month." in page
    assert re.search(r"The next one begins on .*Mon 2 Nov 2020", page)


def test_a_year_without_data_promises_nothing(client: PageClient):
    for address in ("/calendar/2019", "/calendar/2019/05"):
        assert "2019년의 회기는 이 사이트에 없습니다." in page_of(client, address)


def test_the_year_adds_its_sessions_up(client: PageClient):
    page = page_of(client, "/calendar/2020")
    assert "정례회 2회 72일, 임시회 6회 29일입니다." in page
    total = [words_of(row) for row in elements(page, "tr", "row-sum")]
    assert total == ["모두 더하면 19 10 46 26 101"]


def test_a_day_says_which_day_of_the_session_it_is(client: PageClient):
    page = page_of(client, "/calendar/2020/11/09")
    assert "제298회 정례회 8일째" in page and "행정사무감사" in page
    assert "Regular session 298, day 8" in page_of(client, "/en/calendar/2020/11/09")


def test_a_day_within_a_long_event_shows_it(client: PageClient):
    page = page_of(client, "/calendar/2020/11/05")
    assert "행정사무감사" in words_of(elements(page, "ol", "agenda")[0])


def test_a_day_without_meetings_names_the_next(client: PageClient):
    page = page_of(client, "/calendar/2020/07/20")
    assert "이날 열리는 회의는 확인하지 못했습니다." in page
    assert "culture-2020-07-23" in page


def test_today_leads_to_the_sites_day(client: PageClient):
    response = client.get("/calendar/today")
    assert (response.status_code, response.location) == (302, "/calendar/2020/11/09")
    assert client.get("/en/calendar/today").location == "/en/calendar/2020/11/09"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/calendar/2020/1", "/calendar/2020/01"),
        ("/calendar/2020/9?kind=plenary", "/calendar/2020/09?kind=plenary"),
        ("/calendar/2020/9/5", "/calendar/2020/09/05"),
    ],
)
def test_a_page_has_one_address(client: PageClient, address: str, canonical: str):
    response = client.get(address)
    assert (response.status_code, response.location) == (301, canonical)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/calendar/2020/13", "달을 1부터 12 사이로 적어 주세요. 지금은 ‘13’입니다."),
        ("/en/calendar/2020/15", "Enter a month from 1 to 12. It says “15”."),
        ("/calendar/2020/banana", "지금은 ‘banana’입니다."),
        ("/calendar/2020/00", "달을 1부터 12 사이로"),
        ("/calendar/1899/12", "해를 1900부터 2200 사이로 적어 주세요. 지금은 ‘1899’입니다."),
        ("/calendar/2201", "해를 1900부터 2200 사이로"),
        ("/calendar/2020/02/30", "날을 1부터 29 사이로 적어 주세요. 지금은 ‘30’입니다."),
        ("/calendar/2020/11?kind=banana", "그런 종류의 일정은 없습니다."),
        ("/calendar/2020/11?body=banana", "그런 위원회는 없습니다."),
        ("/calendar/2020/" + "9" * 500, "99999999999999999999…"),
    ],
)
def test_nonsense_in_an_address_says_what_would_fit(
    client: PageClient, address: str, sentence: str
):
    response = client.get(address)
    assert response.status_code == 400
    assert sentence in response.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/calendar/banana", "/calendar/２０２０", "/calendar/-1"])
def test_an_address_of_no_year_leads_nowhere(client: PageClient, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/calendar/1900/01", "/calendar/2200/12/31"])
def test_nothing_leads_out_of_the_calendars_years(client: PageClient, address: str):
    page = page_of(client, address)
    assert "/calendar/1899" not in page and "/calendar/2201" not in page


def test_the_other_council_shows_what_it_moved(hanbit: Flask):
    page = page_of(hanbit.test_client(), "/calendar/2020/06")  # type: ignore[arg-type]
    assert "빛길 토론회 바뀐 날짜 보기 6. 18.(목) 로 바뀜" in cell_of(page, 11)
    assert "15:00 · 한빛홀" in cell_of(page, 18)
    assert "한빛시민의 날" in cell_of(page, 17)
