"""Where webchat keeps its limits."""

from typing import Protocol

from ticketing.webchat.token_bucket import TokenBucket


class TokenBuckets(Protocol):
    """Token buckets."""

    def spend(self, bucket: TokenBucket, now: int, spender: str) -> int:
        """Takes a token out of a bucket at `now` (epoch milliseconds): 0, or the milliseconds until there is one.

        What is spent again by the spender who spent last is the same token.
        """
