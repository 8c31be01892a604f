"""What a letter can be sent to."""

import pytest

from portal.notifications.rules import Channel, normal_recipient


@pytest.mark.parametrize("address", ["x@y.kr\x00", "x\u202e@y.kr", "x@y\u200b.kr", "x\x1b@y.kr"])
def test_no_address_has_signs_that_nobody_sees(address: str):
    assert normal_recipient(Channel.EMAIL, address) is None


def test_an_address_may_be_korean():
    assert normal_recipient(Channel.EMAIL, " 시민@의회.한국 ") == "시민@의회.한국"
