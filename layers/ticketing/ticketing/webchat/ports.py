"""Ports of webchat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ticketing.webchat.token_bucket import TokenBucket


class TokenBuckets(Protocol):
    """Token buckets."""

    def spend(self, bucket: TokenBucket, now: int, spender: str) -> int:
        """Take a token out of a bucket at `now` (epoch milliseconds); return 0, or the milliseconds until there is one.

        A token that the last spender spends again is the same token.
        """
