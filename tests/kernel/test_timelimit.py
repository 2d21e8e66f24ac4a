"""The time limit: of the work under way, in its threads too, and of nothing else."""

from concurrent.futures import ThreadPoolExecutor
from math import inf

from ticketing.kernel.timelimit import Threads, prolong, time_left, within


def test_without_a_limit_there_is_no_end() -> None:
    prolong(60)
    assert time_left() == inf


def test_a_limit_holds_in_its_block_only() -> None:
    with within(60):
        assert 50 < time_left() <= 60
        with within(-1):
            assert time_left() == 0
        assert time_left() > 50
        prolong(600)
        assert 500 < time_left() <= 600
    assert time_left() == inf


def test_threads_work_under_the_limit_of_whoever_gives_them_the_work() -> None:
    with Threads(2) as threads, within(60):
        assert max(threads.map(lambda _: time_left(), range(4))) <= 60
        with within(600):
            assert threads.submit(time_left).result() > 500
        assert threads.submit(time_left).result() <= 60


def test_what_is_done_at_the_same_time_has_limits_of_its_own() -> None:
    def under(seconds: int) -> bool:
        with within(seconds):
            return seconds - 10 < time_left() <= seconds

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(under, [60, 120, 180, 240]))
