"""No address of a private network is taken for an open one, however it is written."""

from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.market.networks import is_loopback, is_open


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
        "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001:db8::1", "2001::1", "2002:7f00:1::",
        "2002:a00:1::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1",
        "ff02::1", "", "a.vn", "127.1", "0x7f.0.0.1", "1.2.3.4.5",
    ],
)  # fmt: skip
def test_private_reserved_and_unreadable_addresses_are_not_open(address: str) -> None:
    assert not is_open(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "113.160.0.1", "2606:4700::1111"])
def test_addresses_of_the_open_network_are_open(address: str) -> None:
    assert is_open(address)


#: RFC 1918, 6598, 3927, 1122.
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
            "127.0.0.0/8", "0.0.0.0/8")  # fmt: skip


@given(st.sampled_from(_PRIVATE), st.integers(min_value=0))
def test_no_address_of_a_private_network_is_open(network: str, place: int) -> None:
    found = IPv4Network(network)
    address = str(IPv4Address(int(found.network_address) + place % found.num_addresses))
    assert not is_open(address)
    assert not is_open(f"::ffff:{address}")


def test_this_machine_is_known() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("10.0.0.1")
    assert not is_loopback("may-nay")
