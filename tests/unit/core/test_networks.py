"""What of a network address counts as one sender, and as the same place as before."""

import pytest

from portal.core.actors import UNKNOWN, near_network, sender_network


@pytest.mark.parametrize(
    ("address", "sender", "near"),
    [
        ("198.51.100.7", "198.51.100.7/32", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.7/32", "198.51.100.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/64"),
        ("", UNKNOWN, UNKNOWN),
    ],
)
def test_a_line_is_one_sender_and_a_neighbourhood_is_near(address: str, sender: str, near: str):
    assert (sender_network(address), near_network(address)) == (sender, near)
