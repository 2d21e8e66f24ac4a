"""Checks how long a request goes on trying."""

from ticketing.kernel.deadline import Deadline


def test_a_deadline_allows_one_try_at_least() -> None:
    waits: list[float] = []
    late = Deadline(0, clock=lambda: 7.0, sleep=waits.append)
    assert list(late.attempts()) == [0]
    assert (late.remaining, waits) == (0, [])


def test_a_deadline_waits_between_tries_until_time_is_up() -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    deadline = Deadline(5, clock=lambda: now[0], sleep=sleep)
    tries = list(deadline.attempts())
    assert tries == list(range(len(tries)))
    assert len(tries) > 5
    assert 4 < now[0] < 5
