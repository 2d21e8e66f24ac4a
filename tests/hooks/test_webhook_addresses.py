"""Calls to customers' own services: where they never go."""

import socket
from ipaddress import ip_address

import pytest

from tests.hooks.services import post, resolve_to
from ticketing.hooks.https import is_public
from ticketing.hooks.ports import Undelivered

INSIDE = [
    "0.0.0.0",  # noqa: S104 - to be refused
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.9",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_no_call_goes_inside(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert not is_public(ip_address(address))
    resolve_to(monkeypatch, address)
    monkeypatch.setattr(socket, "create_connection", None)
    for url in ("https://hooks.example/", "http://hooks.example/"):
        with pytest.raises(Undelivered, match="inside"):
            post(url, allows_loopback=False)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "::1"])
@pytest.mark.parametrize("allowed", [True, False])
def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch, inside: str, allowed: bool) -> None:
    resolve_to(monkeypatch, "8.8.8.8", inside)
    monkeypatch.setattr(socket, "create_connection", None)
    with pytest.raises(Undelivered, match="inside"):
        post("https://hooks.example/", allows_loopback=allowed)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "8.8.8.8"])
def test_the_leave_for_loopback_is_for_loopback_only(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    resolve_to(monkeypatch, address)
    monkeypatch.setattr(socket, "create_connection", None)
    with pytest.raises(Undelivered):
        post("http://hooks.example/")


@pytest.mark.parametrize("host", ["127.1", "0177.0.0.1", "2130706433", "0x7f.1", "localhost"])
def test_other_ways_to_write_this_machine_are_known(host: str) -> None:
    with pytest.raises(Undelivered):
        post(f"https://{host}:1/", allows_loopback=False)


@pytest.mark.parametrize("url", ["ftp://hooks.example/", "https://a@hooks.example/", "https://hooks.example/\n", ""])
def test_what_is_no_plain_url_is_not_called(url: str) -> None:
    with pytest.raises(Undelivered, match="URL"):
        post(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:65536/",
        "https://127.0.0.1:0/",
        f"https://{'a' * 64}.example/",
        "https://a..example/",
        "https://.example/",
    ],
)
def test_a_url_of_no_host_or_port_that_there_can_be_is_not_called(url: str) -> None:
    with pytest.raises(Undelivered, match="URL"):
        post(url)
