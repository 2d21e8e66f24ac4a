"""Ports of kernel: stores that remember requests by their idempotency keys."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

LIFETIME = 24 * 60 * 60
"""Seconds for which an idempotency key counts."""


class AlreadyDone(Exception):
    """Another request with the same idempotency key took effect first."""


class Contended(Exception):
    """Another write to the same items came first, or is under way: nothing is done, and it may be tried again."""


@dataclass(frozen=True)
class Receipt:
    """A request with an idempotency key that was carried out: its body's digest, what it made, until when the key
    counts, and for how many seconds it did.

    `note` holds whatever else the request's own reply needs when it is given again.
    """

    key: str
    digest: str
    ticketID: int
    expiresAt: int
    messageID: int | None = None
    note: str | None = None
    lifetime: int = LIFETIME

    @property
    def madeAt(self) -> int:
        """Return when the request was carried out."""
        return self.expiresAt - self.lifetime


class Receipts(Protocol):
    """The receipts of requests with an idempotency key."""

    def find(self, key: str, now: int) -> Receipt | None:
        """Return the receipt for the key, unless it has expired at `now` (epoch seconds)."""

    def known(self, keys: Collection[str], now: int) -> frozenset[str]:
        """Return those of the keys that have a receipt which has not expired at `now`."""

    def keep(self, receipt: Receipt) -> None:
        """Keep a receipt for an effect in another store; one that is there already may be replaced."""

    def keep_first(self, receipt: Receipt) -> Receipt:
        """Keep a receipt unless one with its key still counts; return the one that counts."""


@dataclass(frozen=True)
class Claim:
    """A request of many changes with an idempotency key: under way until `leasedUntil`, done once it has a `result`.

    Times are epoch seconds. `owner` distinguishes the requests with one key; `result` is the reply's body.
    """

    key: str
    digest: str
    owner: str
    leasedUntil: int
    expiresAt: int
    result: str | None = None


class Claims(Protocol):
    """The claims of requests of many changes, of which one at a time may be under way for a key."""

    def take(self, claim: Claim, now: int) -> Claim | None:
        """Keep the claim if there is none, or if that has expired, or is for the same body and its lease ended without
        a result; otherwise return the claim that is in the way at `now`."""

    def settle(self, claim: Claim) -> None:
        """Keep the claim with its result; raises AlreadyDone when it has been taken over."""

    def drop(self, claim: Claim) -> None:
        """Remove the claim, unless it has been taken over."""
