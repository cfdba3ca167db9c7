"""Only addresses that are open to everybody are spoken to, however an address is wrapped."""

from __future__ import annotations

import pytest

from sayso.intake.fetching.addresses import is_public

PUBLIC = [
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
    "2606:4700:4700::1111", "2a00:1450:4001:800::200e", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip

CLOSED = [
    # this machine
    "127.0.0.1", "127.255.0.1", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "0:0:0:0:0:ffff:7f00:1",
    # networks of one's own
    "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1", "fec0::1", "::ffff:10.0.0.1",
    "64:ff9b::a00:1", "64:ff9b:1::1", "2002:c0a8:101::",
    # shared by a provider's customers
    "100.64.0.1", "100.127.255.255", "::ffff:100.64.0.1",
    # the link, and where clouds tell machines about themselves
    "169.254.169.254", "fe80::1", "fe80::1%eth0", "169.254.0.1", "fd00:ec2::254", "100.100.100.200", "168.63.129.16",
    "192.0.0.192", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
    # many at once, and none
    "224.0.0.1", "239.1.1.1", "ff02::1", "ff0e::1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.51.100.1",
    "203.0.113.9", "198.18.0.1", "2001:db8::1", "100::1", "2001::1", "192.88.99.1", "3fff::1",
    # no address at all
    "localhost", "", "1.2.3", "0x7f.0.0.1", "8.8.8.8%eth0", "8.8.8.8 ", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_open_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", CLOSED)
def test_other_addresses_are_not(address: str) -> None:
    assert not is_public(address)
