"""Idempotency keys: a request sent again has its effect once, and gets the same answer.

The receipt is written in one transaction with the effect, so neither exists without the other.
A request of many changes has a receipt for each, and claims its key while it works through them.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from ticketing.errors import Fault, KeyInUse, KeyReused, TicketingError, Unavailable
from ticketing.kernel.deadline import Deadline, lost_to_others
from ticketing.kernel.ports import LIFETIME, AlreadyDone, Claim, Claims, Contended, Receipt, Receipts

LEASE = 29
"""Seconds after which a request that has not answered counts as crashed: longer than a function may run, and within the
30 for which a crash may leave a key in use."""
STEP_LIFETIME = 16 * 24 * 60 * 60
"""Seconds for which a step of a job is known as done: the queue JobsFailures and the bucket of failed batches keep
for 14 days what may bring the job again, and S3 takes until the night after, or a little longer, to remove it."""


class Scope(Protocol):
    """The owner of keys: a principal, or a webchat channel, whose visitors are no principals."""

    @property
    def customerID(self) -> int:
        """Return the customer that the owner belongs to."""

    @property
    def name(self) -> str:
        """Return the name of the owner, unique within the customer."""


@dataclass(frozen=True)
class IdempotencyKey:
    """A key in its scope (customer, principal or channel, path), and the body of its request; only digests of both are
    kept."""

    key: str
    digest: str

    @classmethod
    def of(cls, owner: Scope, path: str, key: str, body: Any) -> "IdempotencyKey":
        """Return the key of a request; bodies are compared as JSON values."""
        scope = [owner.customerID, owner.name, path, key]
        return cls(_digest(scope), _digest(body))

    def receipt(self, ticketID: int, now: int, messageID: int | None = None, note: str | None = None) -> Receipt:
        """Return the receipt to keep with the effect."""
        return Receipt(self.key, self.digest, ticketID, now + LIFETIME, messageID, note)

    def part(self, ticketID: int, now: int) -> Receipt:
        """Return the receipt to keep with one change of a request of many."""
        return Receipt(_digest([self.key, ticketID]), self.digest, ticketID, now + LIFETIME)

    def earlier(self, receipts: Receipts, now: int) -> Receipt | None:
        """Return the receipt of an earlier request with this key; raises KeyReused when that had another body."""
        receipt = receipts.find(self.key, now)
        if receipt and receipt.digest != self.digest:
            raise _reused()
        return receipt


def step_receipt(jobID: str, step: str, ticketID: int, now: int) -> Receipt:
    """Return the receipt to keep with a step of a job, which may be delivered again."""
    return Receipt(_digest([jobID, step]), "", ticketID, now + STEP_LIFETIME, lifetime=STEP_LIFETIME)


@dataclass(frozen=True)
class OncePerKey:
    """Does a request of one change once per key: `do` keeps the key's receipt in one transaction with the change."""

    receipts: Receipts

    def answer[Result](
        self,
        key: IdempotencyKey | None,
        now: int,
        deadline: Deadline,
        do: Callable[[], Result],
        again: Callable[[Receipt], Result],
    ) -> tuple[Result, bool]:
        """Return what `do` gives, or what `again` makes of the receipt of an earlier request, and whether it is that.

        Either is tried again while it raises AlreadyDone or Contended. Raises KeyReused; when time is up KeyInUse after
        AlreadyDone, and Conflict after Contended; and what they raise.
        """
        refusal: TicketingError = lost_to_others()
        for _ in deadline.attempts():
            earlier = key.earlier(self.receipts, now) if key else None
            try:
                return (again(earlier), True) if earlier else (do(), False)
            except AlreadyDone:
                refusal = in_use()
            except Contended:
                refusal = lost_to_others()
        raise refusal


@dataclass(frozen=True)
class Once:
    """Answers a request of many changes once per key; after a crash, the next one with the key does what is missing."""

    claims: Claims
    now: Callable[[], datetime]

    def answer(self, key: IdempotencyKey, work: Callable[[], str]) -> tuple[str, bool]:
        """Return the result of `work`, and whether an earlier request produced it; raises KeyReused, KeyInUse, and what
        `work` raises."""
        seconds = int(self.now().timestamp())
        claim = Claim(key.key, key.digest, uuid4().hex, seconds + LEASE, seconds + LIFETIME)
        standing = self.claims.take(claim, seconds)
        if standing:
            return _answered(standing, key), True
        try:
            result = work()
        except TicketingError:
            with suppress(Unavailable):  # the claim then ends with its lease
                self.claims.drop(claim)
            raise
        try:
            self.claims.settle(replace(claim, result=result))
        except AlreadyDone as done:
            raise in_use() from done
        return result, False


def _answered(standing: Claim, key: IdempotencyKey) -> str:
    if standing.digest != key.digest:
        raise _reused()
    if standing.result is None:
        raise in_use()
    return standing.result


def _reused() -> KeyReused:
    fault = Fault("Idempotency-Key", "must be a new one for another body")
    return KeyReused("This Idempotency-Key was used with another body.", [fault])


def in_use() -> KeyInUse:
    """Return the refusal while another request with the key is under way."""
    return KeyInUse("Another request with this Idempotency-Key is under way.")


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
