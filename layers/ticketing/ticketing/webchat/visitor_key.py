"""The visitorKey: the only thing that opens a chat from outside. It holds the customer, the ticket, and 128 random bits
that the ticket keeps: 30 bytes in all, which base64 writes in 40 characters and in one way only."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Self

_NUMBER = 7
"""Bytes of an id, which is below 2^53."""
_RANDOM = 16
"""Bytes of the secret."""
_KEY = re.compile(r"[A-Za-z0-9_-]{40}", re.ASCII)


def new_secret() -> str:
    """Return 128 random bits in hexadecimal digits."""
    return secrets.token_hex(_RANDOM)


@dataclass(frozen=True)
class VisitorKey:
    """A key in its parts."""

    customerID: int
    ticketID: int
    secret: str

    @classmethod
    def parsed(cls, text: str) -> Self | None:
        """Return the key that a text is; None where it is none."""
        if not _KEY.fullmatch(text):
            return None
        raw = base64.urlsafe_b64decode(text)
        customer, ticket, secret = raw[:_NUMBER], raw[_NUMBER : 2 * _NUMBER], raw[2 * _NUMBER :]
        return cls(int.from_bytes(customer), int.from_bytes(ticket), secret.hex())

    def __str__(self) -> str:
        numbers = self.customerID.to_bytes(_NUMBER) + self.ticketID.to_bytes(_NUMBER)
        return base64.urlsafe_b64encode(numbers + bytes.fromhex(self.secret)).decode()

    def opens(self, secret: str) -> bool:
        """Tell whether this is the secret, in a time that does not depend on how much of it is right."""
        return hmac.compare_digest(self.secret, secret)
