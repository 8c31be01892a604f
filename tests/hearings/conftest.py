"""Fixtures of the tests of hearings."""

from collections.abc import Iterator
from datetime import UTC

import pytest
import time_machine

from portal.core.clock import real_now

#: Noon in Korea. Hearings are at two in the afternoon, and holds and reminders count hours.
_NOON = {"hour": 3, "minute": 0, "second": 0, "microsecond": 0}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let it be noon when a test begins, whenever it is run; its clock goes on from there."""
    with time_machine.travel(real_now().astimezone(UTC).replace(**_NOON)):
        yield
