"""Hearings as citizens read them: what is to come, how places stand, and what came of it."""

from dataclasses import replace

import pytest
from flask import Flask, request
from sqlalchemy import select

from portal.core import clock
from portal.core.front.facts import PAGE, PageFacts
from portal.core.sections import Section, register_section
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.hearings.rules.kinds import HearingKind
from tests.hearings.opened import FORUM, FORUM_TERMS, fill_forum, find_hearing, open_forum
from tests.support.client import PageClient
from tests.support.reading import read_words

ADDRESS = f"/hearings/{FORUM}"


def facts_of(app: Flask, address: str) -> PageFacts:
    """Return what a page tells the cache in front."""
    with app.test_request_context(address):
        assert app.full_dispatch_request().status_code == 200
        facts: PageFacts = request.environ[PAGE]
        return facts


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_to_come_stands_before_what_was(client: PageClient, prefix: str) -> None:
    page = client.get(f"{prefix}/hearings").text
    places = [page.find(f'/hearings/{slug}"') for slug in (
        FORUM, "gangdong-forum-2020-09-29", "candidates-forum-2020-06-19",
        "settlement-forum-2020-06-11",
    )]  # fmt: skip
    assert -1 not in places
    assert places == sorted(places)


def test_what_was_not_announced_by_the_sites_day_is_nowhere(client: PageClient) -> None:
    assert "labour-forum-2020-11-20" not in client.get("/hearings").text
    assert client.get("/hearings/labour-forum-2020-11-20").status_code == 404
    assert client.get("/hearings/labour-forum-2020-11-20.ics").status_code == 404


def test_the_page_of_a_hearing_tells_all_one_needs_to_come(client: PageClient) -> None:
    words = read_words(client, f"/en{ADDRESS}")
    for part in (
        "Seoul Budget Forum", "Thu 19 Nov 2020", "in 10 days", "The time has not been announced",
        "Conference room 1", "Session 298, day 18", "Fiscal year 2021", "Overview and education",
        "Chair of the discussion I Byeong-do", "Sign-up has not been announced.",
    ):  # fmt: skip
        assert part in words, part


def test_what_came_of_it_is_told_only_after_its_day(client: PageClient, fresh_app: Flask) -> None:
    assert "What became of it" not in read_words(client, f"/en{ADDRESS}")
    assert fresh_app.test_cli_runner().invoke(args=["clock", "set", "2020-11-20"]).exit_code == 0
    words = read_words(fresh_app.test_client(), f"/en{ADDRESS}")
    assert "Held in conference room 1 of the council" in words
    assert "Sign-up" not in words
    labour = read_words(fresh_app.test_client(), "/en/hearings/labour-forum-2020-11-20")
    assert "Host I Byeong-do (Planning and Economy Committee)" in labour


def test_a_hearing_of_others_says_so_and_takes_no_sign_ups(client: PageClient) -> None:
    words = read_words(client, "/en/hearings/gangdong-forum-2020-09-29")
    assert "Not held by the council" in words
    assert "Member who took part" in words
    assert "Not held by the council" in read_words(client, "/en/hearings?host=others")


def test_a_past_hearing_has_its_results_and_the_councils_answer(hanbit: Flask) -> None:
    words = read_words(hanbit.test_client(), "/en/hearings/river-hearing-2020")
    assert "41 people" in words
    assert "You said, the council did The wall is built; <300 million won>" in words
    assert "10:00–12:00" in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=budget_forum", 2),
        ("month=2020-06", 2),
        ("topic=budget", 2),
        ("host=others", 1),
        ("kind=public_discussion&month=2020-09", 1),
    ],
)
def test_the_list_is_narrowed(client: PageClient, query: str, found: int) -> None:
    words = read_words(client, f"/en/hearings?{query}")
    assert ("One result" if found == 1 else f"{found} results") in words


def test_a_list_without_results_says_what_to_do(client: PageClient) -> None:
    assert "No hearing fits." in read_words(client, "/en/hearings?kind=expert_seminar")
    assert client.get("/hearings?month=2020-13").status_code == 400
    assert client.get("/hearings?kind=party").status_code == 400


def test_places_left_are_told_in_words_and_follow_each_sign_up(fresh_app: Flask) -> None:
    pool_id = open_forum(fresh_app)
    client = fresh_app.test_client()
    assert "55 / 55 places left" in read_words(client, f"/en{ADDRESS}")
    fill_forum(fresh_app, pool_id, 4, 3)
    words = read_words(client, f"/en{ADDRESS}")
    assert "48 / 55 places left" in words
    assert "48 places left in the room" in client.get(f"/en{ADDRESS}").text
    assert "7 days left" in words


def test_the_list_tells_how_places_stand_where_one_can_sign_up(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    assert "left in the room" not in read_words(client, "/en/hearings")
    pool_id = open_forum(fresh_app, terms=replace(FORUM_TERMS, capacity=12))
    fill_forum(fresh_app, pool_id, 4)
    assert "3 places left in the room." in read_words(client, "/en/hearings")
    fill_forum(fresh_app, pool_id, 3, 1)
    words = read_words(client, "/en/hearings")
    assert "All places in the room are taken. You can join the line." in words
    assert "1 party waits for a place." in words


def test_a_full_room_tells_of_the_line(fresh_app: Flask) -> None:
    pool_id = open_forum(fresh_app, terms=replace(FORUM_TERMS, capacity=8))
    fill_forum(fresh_app, pool_id, 3, 2, 1)
    words = read_words(fresh_app.test_client(), f"/en{ADDRESS}")
    assert "All places are taken." in words
    assert "2 parties wait for a place" in words


def test_the_rule_of_giving_places_is_published_with_its_numbers(fresh_app: Flask) -> None:
    open_forum(fresh_app)
    words = read_words(fresh_app.test_client(), f"/en{ADDRESS}")
    for part in (
        "held for 24 hours from when our letter was sent",
        "the place is kept for it for 12 hours",
        "after 3 times, freed places are kept until it fits",
        "until 2 hours before it begins",
        "at most 4 people",
        "5 places are held back",
    ):
        assert part in words, part


def test_a_sign_up_makes_only_its_own_page_anew(fresh_app: Flask) -> None:
    open_forum(fresh_app)
    assert set(facts_of(fresh_app, ADDRESS).versions) == {"site", f"hearing:{FORUM}"}
    # The list tells of the places, too; the home page doesn't.
    assert set(facts_of(fresh_app, "/hearings").versions) == {"site", f"hearing:{FORUM}"}
    assert set(facts_of(fresh_app, "/hearings?topic=welfare").versions) == {"site"}
    assert set(facts_of(fresh_app, "/").versions) == {"site"}


def test_the_page_ends_when_sign_up_opens(fresh_app: Flask) -> None:
    open_forum(fresh_app, days_until_opening=0)
    with fresh_app.app_context():
        hearing = find_hearing(FORUM)
        opens_at = clock.business_now().replace(hour=23, minute=59, second=59)
        hearing.sign_up_opens_at = opens_at
        db.session.commit()
        ends_at = clock.to_real(opens_at)
    for address in (ADDRESS, "/hearings"):
        fresh_until = facts_of(fresh_app, address).fresh_until
        assert abs((fresh_until - ends_at).total_seconds()) < 30


def test_only_those_who_were_asked_come_to_a_seminar(fresh_app: Flask) -> None:
    open_forum(fresh_app)
    with fresh_app.app_context():
        find_hearing(FORUM).kind = HearingKind.EXPERT_SEMINAR
        db.session.commit()
    words = read_words(fresh_app.test_client(), f"/en{ADDRESS}")
    assert "Only experts who were asked take part." in words
    listed = read_words(fresh_app.test_client(), "/en/hearings")
    assert "Only experts who were asked take part." in listed
    assert "Sign-up is open" not in listed
    assert "How places are given" not in words


def test_a_sample_is_marked_on_its_page_and_in_lists(fresh_app: Flask) -> None:
    open_forum(fresh_app)
    with fresh_app.app_context():
        find_hearing(FORUM).is_sample = True
        db.session.commit()
    client = fresh_app.test_client()
    assert "are not real" in read_words(client, f"/en{ADDRESS}")
    assert "Sample for trying out" in read_words(client, "/en/hearings")


def test_an_upper_feature_adds_to_a_hearings_page(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        wanted = find_hearing(FORUM).id
    register_section(
        fresh_app,
        "hearings.hearing",
        lambda row_id: (
            Section("Opinions here", "hearings/_event.html", find_hearing(FORUM))
            if row_id == wanted
            else None
        ),
    )
    assert "Opinions here" in read_words(fresh_app.test_client(), f"/en{ADDRESS}")


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("/council/members/i-byeongdo", FORUM),
        ("/council/members/song-myeonghwa", "gangdong-forum-2020-09-29"),
        ("/calendar/sessions/298", FORUM),
        ("/programmes/budget-forum", "settlement-forum-2020-06-11"),
        ("/budget", FORUM),
        (f"/calendar/events/{FORUM}", FORUM),
        ("/", FORUM),
    ],
)
def test_pages_of_others_lead_to_their_hearings(
    client: PageClient, address: str, slug: str
) -> None:
    assert f'href="/hearings/{slug}"' in client.get(address).text
    assert f'href="/en/hearings/{slug}"' in client.get(f"/en{address}").text


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("/council/committees/river", "river-hearing-2020"),
        ("/legislation/bills/43-1", "river-hearing-2020"),
        ("/legislation/ordinances/shade-trees", "light-forum-2020"),
    ],
)
def test_committee_bill_and_ordinance_show_their_hearings(
    hanbit: Flask, address: str, slug: str
) -> None:
    assert f'href="/hearings/{slug}"' in hanbit.test_client().get(address).text


def test_without_hearings_nothing_leads_to_them(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        for hearing in db.session.scalars(select(Hearing)):
            hearing.leave(clock.real_now())
        db.session.commit()
    client = fresh_app.test_client()
    assert "No hearing is announced." in read_words(client, "/en/hearings")
    assert 'href="/hearings"' not in client.get("/").text
    assert client.get(ADDRESS).status_code == 410
