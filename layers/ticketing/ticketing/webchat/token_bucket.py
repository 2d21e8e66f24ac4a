"""Token buckets, which limit the rate of requests and their number at once.

A bucket is kept as one number, the moment at which it is full again (the generic cell rate algorithm): a token moves
that moment on by the time that one token takes to come back, and it may lie as far ahead as an empty bucket needs.
"""

from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

MINUTE = 60_000
"""Milliseconds, the unit of a bucket's times."""


@dataclass(frozen=True)
class TokenBucket:
    """A bucket by name: it holds `size` tokens, and as many come back within a minute."""

    name: str
    size: int

    @property
    def interval(self) -> int:
        """Return the milliseconds in which one token comes back."""
        return MINUTE // self.size

    def wait(self, full_at: int, now: int) -> int:
        """Return the milliseconds until there is a token in a bucket that is full again at `full_at`; 0 when there is
        one."""
        return max(0, full_at + self.interval - MINUTE - now)


def network(address: str) -> str:
    """Return the network that counts as one visitor: an IPv4 address, or of IPv6 the /64 that one connection has to
    itself."""
    try:
        v6 = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return str(IPv4Address(address))
    return str(v6.ipv4_mapped or IPv6Address(int(v6) >> 64 << 64))
