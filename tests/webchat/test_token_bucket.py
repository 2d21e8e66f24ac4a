"""Token buckets: their arithmetic, and whom a source address stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webchat.fakes import InMemoryTokenBuckets
from ticketing.webchat.token_bucket import MINUTE, TokenBucket, network

START = 1_750_000_000_000


def spent(buckets: InMemoryTokenBuckets, bucket: TokenBucket, now: int, times: int) -> int:
    """Return how many of so many tries find a token."""
    return sum(buckets.spend(bucket, now, f"{now}#{n}") == 0 for n in range(times))


@pytest.mark.parametrize("size", [20, 300])
def test_a_full_bucket_gives_its_size_at_once_and_as_many_in_a_minute(size: int) -> None:
    buckets, bucket = InMemoryTokenBuckets(), TokenBucket("b", size)
    assert spent(buckets, bucket, START, 1000) == size
    assert spent(buckets, bucket, START + MINUTE // size, 1000) == 1
    assert spent(buckets, bucket, START + MINUTE // size + MINUTE, 1000) == size


def test_an_empty_bucket_says_how_long_to_wait() -> None:
    buckets, bucket = InMemoryTokenBuckets(), TokenBucket("b", 20)
    spent(buckets, bucket, START, 20)
    assert buckets.spend(bucket, START, "x") == 3000
    assert buckets.spend(bucket, START + 2999, "x") == 1
    assert buckets.spend(bucket, START + 3000, "x") == 0


@given(st.lists(st.integers(0, 10_000), max_size=200))
def test_no_minute_ever_gives_more_than_twice_the_size(pauses: list[int]) -> None:
    buckets, bucket, now, taken = InMemoryTokenBuckets(), TokenBucket("b", 20), START, []
    for n, pause in enumerate(pauses):
        now += pause
        if buckets.spend(bucket, now, str(n)) == 0:
            taken.append(now)
    for end in taken:
        assert sum(end - MINUTE < moment <= end for moment in taken) < 40


@pytest.mark.parametrize(
    ("address", "whom"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:0DB8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::"),
    ],
)
def test_an_address_stands_for_itself_and_of_ipv6_for_its_network(address: str, whom: str) -> None:
    assert network(address) == whom
