"""A run begins where its ports are free on both loopback addresses, also where there is but one."""

import errno
import socket
from typing import Any

import pytest

from bundle.errors import CannotContinue
from local.ports import Ports
from tests.local_stack import free_port


def without_ipv6(family: socket.AddressFamily, *more: Any) -> socket.socket:
    if family == socket.AF_INET6:
        raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
    return REAL(family, *more)


REAL = socket.socket


def test_a_machine_without_ipv6_has_free_ports_too(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setattr("local.ports.socket.socket", without_ipv6)
    Ports(port, port).require_free()


def test_a_port_that_is_listened_on_is_not_free() -> None:
    port = free_port()
    with (
        socket.create_server(("127.0.0.1", port + 3)),
        pytest.raises(CannotContinue, match=f"Port {port + 3} is in use"),
    ):
        Ports(port, port).require_free()
