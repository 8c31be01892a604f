"""Fixtures for the outbox."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.notifications.outbox import Sink


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    """Give a mail server on this machine, and its port."""
    handler = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()
