"""Where idempotency keys are kept with what was done for them, and what a write may meet there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


class AlreadyDone(Exception):
    """Another request with the same idempotency key took effect first."""


class Contended(Exception):
    """Another write to the same items came first, or is under way: nothing is done, and it may be tried again."""


@dataclass(frozen=True)
class Receipt:
    """What a request with an idempotency key did: the body it had, what it made, and until when the key counts.

    `note` holds whatever else the request's own reply needs when it is given again.
    """

    key: str
    digest: str
    ticketID: int
    expiresAt: int
    messageID: int | None = None
    note: str | None = None


class Receipts(Protocol):
    """What requests with an idempotency key have done."""

    def find(self, key: str, now: int) -> Receipt | None:
        """The receipt for the key, unless it has expired at `now` (epoch seconds)."""

    def known(self, keys: Collection[str], now: int) -> frozenset[str]:
        """Those of the keys that have a receipt which has not expired at `now`."""

    def keep(self, receipt: Receipt) -> None:
        """Keeps a receipt for what had its effect elsewhere; one that is there already may be replaced."""


@dataclass(frozen=True)
class Claim:
    """A request of many changes with an idempotency key: under way until `leasedUntil`, done once it has a `result`.

    Times are epoch seconds. `owner` tells the requests with one key apart; `result` is the reply's body.
    """

    key: str
    digest: str
    owner: str
    leasedUntil: int
    expiresAt: int
    result: str | None = None


class Claims(Protocol):
    """Requests of many changes, of which one at a time may be under way for a key."""

    def take(self, claim: Claim, now: int) -> Claim | None:
        """Keeps the claim in the place of none, of one that has expired, or of one for the same body whose lease ended
        without a result; gives the one that stands in the way at `now`."""

    def settle(self, claim: Claim) -> None:
        """Keeps the claim with its result; raises AlreadyDone when it has been taken over."""

    def drop(self, claim: Claim) -> None:
        """Forgets the claim, unless it has been taken over."""
