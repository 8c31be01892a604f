"""Feeds on the real data: languages, names, stability, and the page that explains them."""

import re
from datetime import date

import pytest
from icalendar import Calendar

from tests.support.client import PageClient

FEEDS = (
    "/calendar.ics",
    "/calendar/committees/transport.ics",
    "/calendar/sessions/298.ics",
    "/calendar/kinds/audit.ics",
    "/calendar/events/audit-2020.ics",
)


def feed_of(client: PageClient, address: str) -> Calendar:
    response = client.get(address)
    assert response.status_code == 200, response.status
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    feed = Calendar.from_ical(response.data)
    assert isinstance(feed, Calendar)
    return feed


def entries_of(client: PageClient, address: str) -> dict[str, Calendar]:
    return {str(e["uid"]): e for e in feed_of(client, address).walk("VEVENT")}  # type: ignore[misc]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", FEEDS)
def test_each_feed_is_a_calendar_with_a_file_name(client: PageClient, language: str, address: str):
    response = client.get(language + address)
    assert Calendar.from_ical(response.data).walk("VEVENT")
    assert re.fullmatch(
        r'inline; filename="[a-z0-9-]+\.ics"', response.headers["Content-Disposition"]
    )
    assert client.get(language + address).data == response.data


def test_the_whole_council_has_events_and_sessions(client: PageClient):
    entries = entries_of(client, "/calendar.ics")
    assert len([uid for uid in entries if uid.startswith("session-")]) == 8
    session = entries["session-298@localhost"]
    assert session.decoded("dtstart") == date(2020, 11, 2)
    assert session.decoded("dtend") == date(2020, 12, 23)
    assert str(session["transp"]) == "TRANSPARENT"
    assert "event-labour-forum-2020-11-20@localhost" not in entries


def test_smaller_feeds_are_parts_of_the_whole_with_the_same_uids(client: PageClient):
    whole = set(entries_of(client, "/calendar.ics"))
    for address in FEEDS[1:]:
        part = set(entries_of(client, address))
        assert part and part < whole, address


def test_a_committees_feed_has_its_meetings_only(client: PageClient):
    assert set(entries_of(client, "/calendar/committees/transport.ics")) == {
        "event-transport-2020-06-17@localhost"
    }


def test_a_feed_speaks_the_language_of_its_address(client: PageClient):
    korean = entries_of(client, "/calendar/events/questions-2020-11.ics")
    english = entries_of(client, "/en/calendar/events/questions-2020-11.ics")
    (uid,) = korean
    assert list(english) == [uid]
    assert str(korean[uid]["summary"]) == "제298회 시정질문"
    assert str(english[uid]["summary"]) == "Session 298: questions to the administration"
    assert str(korean[uid]["url"]) == "http://localhost/calendar/events/questions-2020-11"
    assert str(english[uid]["url"]) == "http://localhost/en/calendar/events/questions-2020-11"


def test_each_entry_ends_with_the_sentence_of_the_practice_clock(client: PageClient):
    for language, sentence in (
        ("", "연습용입니다. 의회의 공식 일정이 아닙니다."),
        ("/en", "Practice: this is not the official calendar of the council."),
    ):
        for entry in entries_of(client, f"{language}/calendar.ics").values():
            assert str(entry["description"]).endswith(sentence)


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("questions-2020-11", "TENTATIVE"),
        ("questions-2020-04-28", "TENTATIVE"),
        ("audit-2020", "CONFIRMED"),
        ("plenary-2020-11-02", "CONFIRMED"),
        ("opening-2020-08-28", "CANCELLED"),
    ],
)
def test_the_status_says_where_an_event_stands(client: PageClient, slug: str, status: str):
    (entry,) = entries_of(client, f"/calendar/events/{slug}.ics").values()
    assert str(entry["status"]) == status


def test_a_known_time_is_given_in_the_councils_zone(client: PageClient):
    feed = feed_of(client, "/calendar/events/transport-2020-06-17.ics")
    (entry,) = feed.walk("VEVENT")
    assert entry["dtstart"].params["TZID"] == "Asia/Seoul"
    assert entry.decoded("dtstart").strftime("%Y-%m-%d %H:%M") == "2020-06-17 10:00"
    assert feed.walk("VTIMEZONE")


@pytest.mark.parametrize(
    "address",
    [
        "/calendar/committees/banana.ics",
        "/calendar/sessions/999.ics",
        "/calendar/sessions/banana.ics",
        "/calendar/kinds/banana.ics",
        "/calendar/events/banana.ics",
        "/calendar/events/labour-forum-2020-11-20.ics",
    ],
)
def test_a_feed_of_nothing_is_not_found(client: PageClient, address: str):
    assert client.get(address).status_code == 404


def test_the_page_explains_and_every_address_on_it_works(client: PageClient):
    for language in ("", "/en"):
        page = client.get(f"{language}/calendar/subscribe").get_data(as_text=True)
        addresses = re.findall(r'readonly value="http://localhost([^"]+)"', page)
        assert len(addresses) > 20
        for address in addresses:
            assert address.startswith(f"{language}/calendar")
            feed_of(client, address)
            assert f'href="webcal://localhost{address}"' in page


def test_finished_sessions_are_not_offered(client: PageClient):
    page = client.get("/calendar/subscribe").get_data(as_text=True)
    assert "/calendar/sessions/298.ics" in page
    assert "/calendar/sessions/297.ics" not in page
