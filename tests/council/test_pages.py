"""Pages of the council, on the real data."""

from flask import Flask

from tests.support.client import PageClient


def text_of(client: PageClient, address: str) -> str:
    response = client.get(address, follow_redirects=True)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


def test_the_vacancy_is_derived_from_seats_and_members(client: PageClient):
    page = text_of(client, "/council")
    assert "정원 110석에 109명이 일합니다" in page
    assert "1자리가 비어 있습니다" in page
    assert "109 members hold 110 seats" in text_of(client, "/en/council")


def test_chairs_follow_the_day(client: PageClient):
    before = text_of(client, "/council/committees?on=2020-07-13")
    after = text_of(client, "/council/committees?on=2020-07-14")
    assert "서윤기" in before and "김정태" not in before
    assert "김정태" in after and "서윤기" not in after


def test_committees_live_only_between_their_days(client: PageClient):
    assert "청년정책 특별위원회" in text_of(client, "/council?on=2020-11-08")
    assert "청년정책 특별위원회" not in text_of(client, "/council?on=2019-11-17")


def test_a_committee_that_ends_soon_says_how_many_days_are_left(client: PageClient):
    assert "8일 남음" in text_of(client, "/council/committees")


def test_members_are_found_by_first_consonants(client: PageClient):
    page = text_of(client, "/council/members?name=ㄱㅈㅌ")
    assert "김정태" in page
    assert "김기덕" not in page


def test_members_are_found_by_latin_letters(client: PageClient):
    assert "Gim Jeong-tae" in text_of(client, "/en/council/members?name=jeongtae")


def test_members_are_found_by_part_of_the_city(client: PageClient):
    page = text_of(client, "/council/members?area=yeongdeungpo-gu")
    assert "최웅식" in page and "김인호" not in page


def test_a_party_seen_after_the_day_is_not_known_yet(client: PageClient):
    page = text_of(client, "/council/members/yeo-myeong")
    assert "국민의힘" not in page


def test_unknown_members_are_counted_not_hidden(client: PageClient):
    assert "109명 가운데 84명" in text_of(client, "/council/members")


def test_printed_totals_that_disagree_stand_with_their_parts(client: PageClient):
    page = text_of(client, "/council/organisation")
    assert "업무보고의 숫자가 서로 맞지 않는 곳" in page
    assert "149" in page and "148" in page


def test_all_duties_can_be_searched_in_the_page(client: PageClient):
    page = text_of(client, "/council/organisation")
    for word in ("민원", "의회교실", "방청", "비용추계", "회의록"):
        assert word in page


def test_a_contact_that_no_source_gives_is_said_to_be_unknown(client: PageClient):
    assert "전화번호 확인 못 함" in text_of(client, "/council/organisation/citizens-rights")


def test_a_known_office_says_when_it_opens(hanbit: Flask):
    client = hanbit.test_client()
    page = client.get("/council/organisation").get_data(as_text=True)
    assert "닫" in page or "열려 있고" in page


def test_texts_with_signs_of_markup_are_shown_as_text(hanbit: Flask):
    page = hanbit.test_client().get("/council/members").get_data(as_text=True)
    assert "<script" not in page.replace('<script src="', "").replace('<script type="module"', "")


def test_the_composition_can_be_downloaded(client: PageClient):
    response = client.get("/council/composition.csv")
    assert response.mimetype == "text/csv"
    lines = response.get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 6
    assert lines[1].startswith("더불어민주당")


def test_a_day_before_the_council_has_an_honest_page(client: PageClient):
    assert "그날의 의회 임기는 이 사이트에 없습니다" in text_of(client, "/council?on=1999-01-01")


def test_a_day_to_come_is_refused_with_a_sentence(client: PageClient):
    response = client.get("/council?on=2031-01-01")
    assert response.status_code == 400
    assert "아직 알 수 없습니다" in response.get_data(as_text=True)
