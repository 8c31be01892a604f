"""Every page that links lead to from the home page, in both languages, for both councils."""

import pytest
from flask import Flask

from tests.site_wide.conftest import GetCrawl
from tests.site_wide.crawl import Crawl, other_address

#: Views that no link leads to, and why.
NOT_LINKED = {
    "site.show_styleguide": "shown in the demo only",
    "demo.show_demo": "shown in the demo only",
    "feedback.show_remark": "who sent a remark has its address, nobody else",
    "legislation.show_changes": "nothing imported has texts; tests/legislation follows their links",
    "legislation.show_text": "nothing imported has texts; tests/legislation follows their links",
    "moderation.give_file": "nothing imported has files; tests/moderation follows their links",
    "moderation.show_text": "nothing imported has files; tests/moderation follows their links",
    "opinions.show_house_rules": "nothing imported asks for opinions; tests/hearings follows it",
    "opinions.show_opinions": "nothing imported asks for opinions; tests/hearings reads it",
    "opinions.show_receipt": "who sent an opinion has its address, nobody else",
    "opinions.write_opinion": "nothing imported asks for opinions; tests/hearings fills it in",
    "search.feed_results": "only a page with results has it; tests/search reads it",
    "search.suggest": "a script asks it",
    "sign_ups.confirm_notice": "who has the letter has its address, nobody else",
    "sign_ups.get_date": "who has the letter has its address, nobody else",
    "sign_ups.review": "who has the letter has its address, nobody else",
    "sign_ups.send_link": "nothing imported takes sign-ups; tests/hearings follows it",
    "sign_ups.show_own": "who has the letter has its address, nobody else",
    "sign_ups.show_request": "who has signed up has its address, nobody else",
    "sign_ups.show_ticket": "who has the ticket has its address, nobody else",
    "sign_ups.sign_up": "nothing imported takes sign-ups; tests/hearings walks through it",
    "sign_ups.use_slip": "nothing imported takes sign-ups; tests/hearings fills it in",
    "site.show_robots": "crawlers know its address",
    "site.show_security": "finders of holes know its address (RFC 9116)",
    "show_health": "for machines",
    "show_readiness": "for machines",
}


def test_no_link_is_dead_and_none_redirects(crawl: Crawl) -> None:
    assert not crawl.of("answer")
    assert len(crawl.pages) > 30


def test_every_page_is_a_good_page(crawl: Crawl) -> None:
    assert not crawl.of("page")


def test_every_page_tells_its_address_and_switches_the_language_in_place(crawl: Crawl) -> None:
    assert not crawl.of("address")
    assert not crawl.of("language")


@pytest.mark.parametrize("council", ["seoul", "hanbit"])
def test_both_languages_have_the_same_pages(council: str, get_crawl: GetCrawl) -> None:
    korean, english = get_crawl(council, "ko").pages, get_crawl(council, "en").pages
    assert sorted(map(other_address, korean)) == sorted(english)


def test_the_site_ends(crawl: Crawl) -> None:
    assert not crawl.of("end")


def test_every_page_asks_the_database_at_most_eight_times(crawl: Crawl) -> None:
    assert not crawl.of("queries")


def test_no_page_loses_a_write(crawl: Crawl) -> None:
    assert not crawl.of("writes")


def test_no_answer_sets_a_cookie_but_a_form(crawl: Crawl) -> None:
    assert not crawl.of("cookie")


def test_every_answer_has_the_security_headers_and_is_asked_about_again(crawl: Crawl) -> None:
    assert not crawl.of("headers")


def test_links_to_other_sites_are_links_of_the_web(crawl: Crawl) -> None:
    assert not crawl.of("outside")


def test_no_page_holds_foreign_or_private_words(crawl: Crawl) -> None:
    assert not crawl.of("words")


def test_every_page_says_that_it_is_a_practice_site_and_which_day_it_is(crawl: Crawl) -> None:
    assert not crawl.of("clock")


def test_links_lead_to_every_view(app: Flask, crawl: Crawl) -> None:
    views = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        # No public page leads to the staff's.
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/staff")
    }
    left = views - set(crawl.endpoints) - set(NOT_LINKED)
    if not any("/budget" in page for page in crawl.pages):
        # The fictional council has no budget and no programmes, so nothing leads there.
        left = {view for view in left if not view.startswith(("budget.", "programmes."))}
    assert left == set()


@pytest.mark.parametrize("name", NOT_LINKED)
def test_views_without_a_link_exist(app: Flask, name: str) -> None:
    assert name in app.view_functions
