"""Fixtures for the outbox."""

from collections.abc import Iterator

import pytest

from tests.notifications.outbox import Sink, mail_server


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    """Give a mail server on this machine, and its port."""
    with mail_server() as running:
        yield running
