"""The contract of TokenBuckets, on every engine."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

from tests.backends import Backend
from ticketing.webchat.token_bucket import MINUTE, TokenBucket

NOW = 1_800_000_000_000
_NAMES = count(1)


def a_bucket(size: int = 20) -> TokenBucket:
    return TokenBucket(f"bucket-{next(_NAMES)}", size)


def waits(backend: Backend, bucket: TokenBucket, now: int, times: int) -> list[int]:
    return [backend.buckets.spend(bucket, now, f"{now}-{n}") for n in range(times)]


def test_a_full_bucket_gives_its_size_at_once(backend: Backend) -> None:
    assert waits(backend, a_bucket(20), NOW, 23) == [0] * 20 + [3000] * 3
    assert waits(backend, a_bucket(3), NOW, 5) == [0] * 3 + [20_000] * 2


def test_what_is_spent_comes_back_evenly(backend: Backend) -> None:
    bucket = a_bucket(20)
    waits(backend, bucket, NOW, 20)
    assert waits(backend, bucket, NOW + 2999, 1) == [1]
    assert waits(backend, bucket, NOW + 3000, 2) == [0, 3000]
    assert waits(backend, bucket, NOW + 30_000, 10) == [0] * 9 + [3000]


def test_a_bucket_is_never_fuller_than_full(backend: Backend) -> None:
    bucket = a_bucket(20)
    waits(backend, bucket, NOW, 1)
    assert waits(backend, bucket, NOW + 100 * MINUTE, 21) == [0] * 20 + [3000]


def test_a_bucket_that_has_been_used_a_little_gives_the_rest(backend: Backend) -> None:
    bucket = a_bucket(20)
    waits(backend, bucket, NOW, 5)
    assert waits(backend, bucket, NOW + 1000, 16) == [0] * 15 + [2000]


def test_what_is_spent_again_by_the_one_who_spent_last_is_the_same_token(backend: Backend) -> None:
    bucket = a_bucket(2)
    assert [backend.buckets.spend(bucket, NOW, "a") for _ in range(5)] == [0] * 5
    assert [backend.buckets.spend(bucket, NOW, spender) for spender in ("b", "b", "c")] == [0, 0, 30_000]


def test_buckets_are_apart(backend: Backend) -> None:
    assert [waits(backend, a_bucket(1), NOW, 2) for _ in range(2)] == [[0, MINUTE], [0, MINUTE]]


def test_many_who_spend_at_once_get_no_more_than_there_is(atomic: Backend) -> None:
    bucket = a_bucket(20)
    with ThreadPoolExecutor(16) as threads:
        spent = list(threads.map(lambda n: atomic.buckets.spend(bucket, NOW, str(n)), range(100)))
    assert spent.count(0) == 20
