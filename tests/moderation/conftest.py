"""A draft, and people who may write and review."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.council.models import Committee
from portal.extensions import db
from tests.moderation.people import new_committee


@pytest.fixture
def staff_app(fresh_app: Flask) -> Iterator[Flask]:
    """Give a portal within a request, as a staff page has it."""
    with fresh_app.test_request_context():
        yield fresh_app
        db.session.rollback()


@pytest.fixture
def draft(staff_app: Flask) -> Committee:
    """Give a new committee that nobody has written about yet."""
    return new_committee()
