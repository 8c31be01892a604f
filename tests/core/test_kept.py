"""Reads that pages share are asked of the database once for each content version."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy.orm import Session

from portal.core.kept import READ_VERSION, ResultShelf, kept
from portal.extensions import db
from tests.support.prepared import make_app

asked: list[tuple[int, str]] = []


@kept
def read_words(_session: Session, number: int, *, language: str = "ko") -> str:
    """Return words, and note that the database was asked."""
    asked.append((number, language))
    return f"{number} {language}"


@pytest.fixture
def at_version(tmp_path: Path) -> Iterator[Flask]:
    """Give an application within a request that reads at version 1."""
    asked.clear()
    app = make_app(tmp_path)
    with app.test_request_context():
        request.environ[READ_VERSION] = 1
        yield app


def test_the_same_question_is_asked_once(at_version: Flask):
    answers = [read_words(db.session(), 1), read_words(db.session(), 1)]
    assert answers == ["1 ko", "1 ko"]
    assert asked == [(1, "ko")]


def test_another_question_is_asked_anew(at_version: Flask):
    read_words(db.session(), 1)
    read_words(db.session(), 1, language="en")
    read_words(db.session(), 2)
    assert asked == [(1, "ko"), (1, "en"), (2, "ko")]


def test_a_raised_version_is_asked_anew(at_version: Flask):
    read_words(db.session(), 1)
    request.environ[READ_VERSION] = 2
    read_words(db.session(), 1)
    assert len(asked) == 2


def test_a_request_that_may_write_always_asks(at_version: Flask):
    del request.environ[READ_VERSION]
    read_words(db.session(), 1)
    read_words(db.session(), 1)
    assert len(asked) == 2


def test_outside_a_request_the_database_is_asked(tmp_path: Path):
    asked.clear()
    with make_app(tmp_path).app_context():
        read_words(db.session(), 1)
        read_words(db.session(), 1)
    assert len(asked) == 2


def test_nothing_read_is_kept_too():
    shelf = ResultShelf(most=2)
    shelf.put("none", None)
    assert shelf.find("none") is None
    assert shelf.find("other") is not None


def test_the_longest_unused_result_goes_first():
    shelf = ResultShelf(most=2)
    shelf.put("a", 1)
    shelf.put("b", 2)
    shelf.find("a")
    shelf.put("c", 3)
    assert (shelf.find("a"), shelf.find("c")) == (1, 3)
    assert shelf.find("b") not in (1, 2, 3)
