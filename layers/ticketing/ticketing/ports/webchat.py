"""Where visitors may write, and how often."""

from typing import Protocol

from ticketing.domain.bucket import Bucket
from ticketing.domain.webchat import ChatChannel


class ChatChannels(Protocol):
    """Webchat channels by their public tokens."""

    def with_token(self, token: str) -> ChatChannel | None:
        """The one channel that has the token (a canonical UUID), whatever its state."""


class Buckets(Protocol):
    """Token buckets."""

    def spend(self, bucket: Bucket, now: int, spender: str) -> int:
        """Takes a token out of a bucket at `now` (epoch milliseconds): 0, or the milliseconds until there is one.

        What is spent again by the spender who spent last is the same token.
        """
