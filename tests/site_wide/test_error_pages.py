"""Error pages: a page of its own for each status, in both languages, whatever is broken."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask, abort
from sqlalchemy import Engine
from werkzeug.test import Client, TestResponse

from portal.core import errors
from portal.core.front.headers import security_headers
from portal.extensions import db
from portal.site import frame
from tests.support.front import HOST, client_of
from tests.support.page_checks import page_faults
from tests.support.prepared import copy_app, make_app

#: Raised by services, queries and views.
OWN = {
    400: errors.BadAddress,
    403: errors.NotAllowed,
    404: errors.NotFound,
    409: errors.Conflict,
    410: errors.Gone,
    422: errors.Invalid,
    429: errors.TooMany,
}
#: Raised by the framework.
FRAMEWORK = (400, 403, 404, 405, 409, 410, 413, 429, 500, 503)
SENTENCE = "이 문장은 시험이 만들었습니다."
SECRET = "canary-of-the-inside"
LANGUAGES = {"ko": "", "en": "/en"}


@pytest.fixture(scope="module")
def broken(filled_dirs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give a portal with addresses that fail in every way there is."""
    app = copy_app(filled_dirs["seoul"], tmp_path_factory.mktemp("broken") / "instance")

    @app.get("/fails/own/<int:status>")
    def fail_by_own(status: int) -> NoReturn:
        raise OWN[status](SENTENCE)

    @app.get("/fails/framework/<int:status>")
    def fail_by_framework(status: int) -> NoReturn:
        abort(status)

    @app.get("/fails/hard")
    def fail_hard() -> NoReturn:
        raise RuntimeError(SECRET)

    return app


@pytest.fixture
def visitor(broken: Flask) -> Client:
    return client_of(broken)


def check(answer: TestResponse, status: int, language: str) -> str:
    """Check what holds for every error page and return it."""
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert page_faults(text) == []
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    for name, value in security_headers(https=False):
        assert answer.headers.getlist(name) == [value]
    assert '<meta name="robots" content="noindex">' in text
    for word in (SECRET, "Traceback", "sqlalchemy", ".py", "werkzeug", "SELECT"):
        assert word not in text
    if status < 500:
        assert f'<html lang="{language}">' in text
    else:
        assert '<html lang="ko">' in text and 'lang="en"' in text
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", OWN)
def test_own_errors_show_their_sentence(visitor: Client, status: int, language: str) -> None:
    answer = visitor.get(f"{LANGUAGES[language]}/fails/own/{status}", base_url=HOST)
    if language == "ko":
        assert SENTENCE in check(answer, status, language)
    assert answer.status_code == status


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", FRAMEWORK)
def test_errors_of_the_framework_have_a_page(visitor: Client, status: int, language: str) -> None:
    answer = visitor.get(f"{LANGUAGES[language]}/fails/framework/{status}", base_url=HOST)
    check(answer, status, language)
    if status == 503:
        assert answer.headers["Retry-After"] == "60"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_method_is_told_which_would_do(visitor: Client, language: str) -> None:
    answer = visitor.post(f"{LANGUAGES[language]}/council", base_url=HOST)
    check(answer, 405, language)
    assert "GET" in answer.headers["Allow"] and "POST" not in answer.headers["Allow"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_tells_its_number_and_nothing_else(visitor: Client, language: str) -> None:
    answer = visitor.get(f"{LANGUAGES[language]}/fails/hard", base_url=HOST)
    assert answer.headers["X-Request-ID"] in check(answer, 500, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_lead_on_within_their_language(visitor: Client, language: str) -> None:
    prefix = LANGUAGES[language]
    text = visitor.get(f"{prefix}/nothing-here", base_url=HOST).get_data(as_text=True)
    for address in ("/calendar", "/council"):
        assert f'href="{prefix}{address}"' in text


def fail(*_args: object, **_kwargs: object) -> NoReturn:
    raise RuntimeError(SECRET)


def break_the_frame(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(frame, "current_frame", fail)


def break_the_database(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Engine, "connect", fail)
    patch.setattr(db.session, "rollback", fail)


def break_the_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("flask_babel.get_translations", fail)
    patch.setattr("flask_babel.get_domain", fail)


@pytest.mark.parametrize("broken_part", [break_the_frame, break_the_database, break_the_words])
@pytest.mark.parametrize("path", ["/about", "/en/about", "/nothing-here", "/fails/hard"])
def test_the_failure_page_needs_nothing(
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    broken_part: Callable[[pytest.MonkeyPatch], None],
) -> None:
    broken_part(monkeypatch)
    check(visitor.get(path, base_url=HOST), 500, "ko")


@pytest.mark.parametrize("path", ["/", "/en/", "/council", "/calendar", "/calendar.ics"])
def test_without_database_the_site_says_come_back_soon(tmp_path: Path, path: str) -> None:
    app = make_app(tmp_path, SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/missing/portal.db")
    answer = client_of(app).get(path, base_url=HOST)
    check(answer, 503, "ko")
    assert answer.headers["Retry-After"] == "60"


def test_without_tables_the_site_says_come_back_soon(empty_app: Flask) -> None:
    check(client_of(empty_app).get("/", base_url=HOST), 503, "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_large_a_body_is_refused(visitor: Client, broken: Flask, language: str) -> None:
    body = b"x" * (broken.config["MAX_BODY_BYTES"] + 1)
    answer = visitor.post(f"{LANGUAGES[language]}/council", data=body, base_url=HOST)
    check(answer, 413, language)
    assert "1 MB" in answer.text
