"""Nonsense in addresses and queries: a plain page in the right language, never a failure."""

import string
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import Client, TestResponse

from tests.support.front import HOST, client_of
from tests.support.page_checks import page_faults

SURROGATE = "%ED%A0%80"
NOT_UTF8 = "%FF%FE"
REFUSED = (
    "/calendar/2020/13",
    "/calendar/2020/0",
    "/calendar/20201/1",
    "/calendar/99999999999/1",
    "/calendar/1899",
    "/calendar/2201/1",
    "/calendar/2020/11/31",
    "/calendar/2021/02/29",
    "/calendar/two/thousand",
    "/calendar/-1/1",
    "/calendar/%D9%A2%D9%A0%D9%A2%D9%A0/11",
    "/calendar?kind=banana",
    "/calendar?body=banana",
    "/calendar/sessions/0",
    "/calendar/sessions/banana",
    "/calendar/sessions/999999999999999999999",
    "/calendar/sessions/-298",
    "/calendar/events/banana",
    "/calendar/kinds/banana.ics",
    "/calendar/committees/banana.ics",
    "/calendar/sessions/banana.ics",
    "/calendar/events/banana.ics",
    "/council?on=banana",
    "/council?on=2020-13-01",
    "/council?on=0000-00-00",
    "/council?on=2020-11-10",
    "/council?on=99999-01-01",
    "/council?on=2020-11-09T00:00:00",
    "/council/members?page=0",
    "/council/members?page=-1",
    "/council/members?page=1e9",
    "/council/members?page=%EF%BC%91",
    f"/council/members?name={SURROGATE}",
    f"/council/members?name={NOT_UTF8}",
    f"/council/members?name={'x' * 300}",
    "/council/members?name=%00",
    "/council/members?name=%01",
    f"/council/members?name={'x' * 10_000}",
    "/council?" + "&".join(f"a{n}=1" for n in range(100)),
    "/council/members/banana",
    f"/council/members/{SURROGATE}",
    f"/council/members/{NOT_UTF8}",
    "/council/members/a%00b",
    "/council/members/a%0d%0aSet-Cookie:x",
    "/council/members/..%2f..%2fetc%2fpasswd",
    "/council/committees/%2e%2e",
    "/council/organisation/%20",
    "/council/committees/" + "x" * 900,
    "/" + "x" * 5000,
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%5c..%5cwindows",
    "/.git/config",
    "/.env",
    "/static/../portal/config.py",
    "/static/%2e%2e/portal/config.py",
    "/council/members.csv?on=banana",
    "/styleguide",
)


def check(answer: TestResponse, language: str) -> None:
    """Check that an answer is a plain refusal in a language."""
    text = answer.get_data(as_text=True)
    assert 400 <= answer.status_code < 500, answer.status
    assert answer.mimetype == "text/html"
    assert page_faults(text) == []
    assert f'<html lang="{language}">' in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture(scope="module")
def visitor(app: Flask) -> Client:
    return client_of(app)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("address", REFUSED, ids=lambda address: address[:40])
def test_nonsense_is_refused_in_the_right_language(
    visitor: Client, address: str, language: str
) -> None:
    prefix = "/en" if language == "en" else ""
    check(visitor.get(prefix + address, base_url=HOST), language)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("method", ["TRACE", "DELETE", "PUT", "PATCH", "BANANA", "POST"])
def test_wrong_methods_are_refused(visitor: Client, method: str, language: str) -> None:
    prefix = "/en" if language == "en" else ""
    check(visitor.open(f"{prefix}/council", method=method, base_url=HOST), language)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a" * 300, "", "[::"])
def test_foreign_hosts_are_refused(visitor: Client, host: str) -> None:
    check(visitor.get("/", headers={"Host": host}), "ko")


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_bytes_that_are_no_text_are_refused(visitor: Client, raw: bytes) -> None:
    # Servers hand on bytes as Latin-1 (PEP 3333); a browser would have encoded them.
    text = raw.decode("latin-1")
    for part in ("PATH_INFO", "QUERY_STRING"):
        value = f"/council/members/{text}" if part == "PATH_INFO" else f"name={text}"
        answer = visitor.get("/council/members", base_url=HOST, environ_overrides={part: value})
        check(answer, "ko")


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "//evil.example/..", "/en//evil.example", "///x/"],
)
def test_two_slashes_never_lead_to_another_host(visitor: Client, path: str) -> None:
    # The client would read such a path as a host, so it is put in where the server puts it.
    answer = visitor.get("/", base_url=HOST, environ_overrides={"PATH_INFO": path})
    assert answer.status_code in (301, 308, 400, 404)
    location = answer.headers.get("Location", "/")
    assert location.startswith(HOST) or (location.startswith("/") and location[1:2] != "/")


@pytest.mark.parametrize("path", ["//about", "///about", "/en//about"])
def test_a_page_has_one_address_only(visitor: Client, path: str) -> None:
    answer = visitor.get("/", base_url=HOST, environ_overrides={"PATH_INFO": path})
    assert answer.status_code in (301, 308, 400, 404)


@pytest.mark.parametrize("name", ["next", "url", "utm_source", "on", "__proto__"])
def test_unknown_parameters_are_taken_off_the_address(visitor: Client, name: str) -> None:
    answer = visitor.get(f"/about?{name}=//evil.example", base_url=HOST)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/about")


def routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]


#: Path parts and values that look like something, and any text at all.
VALUES = st.one_of(
    st.sampled_from(
        ["2020", "11", "09", "298", "plenary", "steering", "2020-11-09", "1900", "2200", "김정태"]
    ),
    st.text(alphabet=string.digits + "-.", min_size=1, max_size=12),
    st.text(min_size=1, max_size=40),
)
NAMES = st.sampled_from(["on", "name", "area", "party", "committee", "initial", "page"])
QUERIES = st.dictionaries(st.one_of(NAMES, st.sampled_from(["kind", "body"])), VALUES, max_size=4)


def values_of(rule: Rule, name: str) -> st.SearchStrategy[Any]:
    """Return values for a part of an address; no address can be built with a word for a number."""
    if isinstance(rule._converters[name], IntegerConverter):
        return st.integers(min_value=0, max_value=10**30)
    return VALUES


@pytest.mark.parametrize("language", ["ko", "en"])
@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_address_makes_the_site_fail(any_app: Flask, language: str, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(routes(any_app)))
    values = {name: data.draw(values_of(rule, name)) for name in sorted(rule.arguments)}
    query = data.draw(QUERIES)
    with any_app.test_request_context():
        built = any_app.url_map.bind("localhost").build(rule.endpoint, {**values, **query})
    path = "/en" + built if language == "en" else built
    answer = client_of(any_app).get(path, base_url=HOST)
    assert answer.status_code < 500, path
    if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 308):
        assert page_faults(answer.get_data(as_text=True)) == [], path
