"""Idempotency keys: a request sent again has its effect once, and gets the same answer.

The receipt is written in one transaction with the effect, so there is no moment at which one exists without the other.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from ticketing.domain.principal import Principal
from ticketing.errors import KeyReused
from ticketing.ports import Receipt, Receipts

LIFETIME = 24 * 60 * 60
"""Seconds for which a key counts."""


@dataclass(frozen=True)
class IdempotencyKey:
    """A key in its scope (customer, principal, path), and the body that it came with. Neither is kept in clear."""

    key: str
    digest: str

    @classmethod
    def of(cls, principal: Principal, path: str, key: str, body: Any) -> "IdempotencyKey":
        """The key of a request; bodies are compared as JSON values."""
        scope = [principal.customerID, principal.name, path, key]
        return cls(_digest(scope), _digest(body))

    def receipt(self, ticketID: int, now: int, messageID: int | None = None) -> Receipt:
        """The receipt to keep with the effect."""
        return Receipt(self.key, self.digest, ticketID, now + LIFETIME, messageID)

    def earlier(self, receipts: Receipts, now: int) -> Receipt | None:
        """What an earlier request with this key did; raises KeyReused when it had another body."""
        receipt = receipts.find(self.key, now)
        if receipt and receipt.digest != self.digest:
            raise KeyReused("This Idempotency-Key was used with another body.")
        return receipt


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
