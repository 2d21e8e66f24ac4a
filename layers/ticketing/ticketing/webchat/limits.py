"""Limits of what visitors do: token buckets, each of which must have a token."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from ticketing.errors import TooManyRequests

if TYPE_CHECKING:
    from ticketing.webchat.ports import TokenBuckets
    from ticketing.webchat.token_bucket import TokenBucket


def spend(buckets: TokenBuckets, limits: Iterable[TokenBucket], moment: datetime, spender: str) -> None:
    """Spend a token of each limit, in their order; raises TooManyRequests at the first that has none, when those of the
    limits before it are spent: so whoever floods a full channel empties a bucket of their own as well."""
    now = int(moment.timestamp() * 1000)
    for bucket in limits:
        wait = buckets.spend(bucket, now, spender)
        if wait:
            seconds = str(-(-wait // 1000))
            raise TooManyRequests("Too many chats or messages; try again later.", headers={"Retry-After": seconds})
