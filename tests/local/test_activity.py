"""Readers of streams wait while nothing is called, and look again as soon as a call has ended."""

import threading
import time

from local.emulation.activity import Activity

LONG = 60.0


def waiting(activity: Activity, ended: int) -> threading.Thread:
    thread = threading.Thread(target=activity.wait, args=[ended, LONG, LONG])
    thread.start()
    return thread


def test_a_call_that_begins_and_ends_is_waited_for() -> None:
    activity = Activity()
    waiter = waiting(activity, activity.ended)
    with activity.call():
        waiter.join(0.05)
        assert waiter.is_alive()
    waiter.join(LONG)
    assert not waiter.is_alive()
    assert activity.ended == 1


def test_a_call_that_has_ended_since_is_not_waited_for() -> None:
    activity = Activity()
    ended = activity.ended
    with activity.call():
        pass
    activity.wait(ended, LONG, LONG)


def test_nobody_waits_for_the_end_of_a_call_that_was_under_way() -> None:
    activity = Activity()
    with activity.call():
        activity.wait(activity.ended, LONG, LONG)


def test_a_call_that_fails_has_ended() -> None:
    activity = Activity()
    try:
        with activity.call():
            raise ConnectionError
    except ConnectionError:
        pass
    activity.wait(0, LONG, LONG)
    assert activity.ended == 1


def test_nothing_is_waited_for_in_vain() -> None:
    begun = time.monotonic()
    Activity().wait(0, 0.01, LONG)
    assert time.monotonic() - begun >= 0.01
