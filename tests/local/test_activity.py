"""Readers of streams wait while nothing is called, and look again as soon as a call has ended."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from local.emulation.activity import Activity

LONGEST, SLOWEST = 60.0, 30.0


class Meanwhile(threading.Condition):
    """Keeps nobody waiting: the next of `events` happens at once. `noted` are the seconds it might have taken."""

    def __init__(self) -> None:
        super().__init__()
        self.events = deque[Callable[[], object]]()
        self.noted: list[float | None] = []

    def wait_for[T](self, predicate: Callable[[], T], timeout: float | None = None) -> T:
        if not predicate():
            self.noted.append(timeout)
            if self.events:
                self.events.popleft()()
        return predicate()


class Entered(threading.Condition):
    """Tells when somebody has begun to wait: until then its lock is held."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Event()

    def wait_for[T](self, predicate: Callable[[], T], timeout: float | None = None) -> T:
        self.entered.set()
        return super().wait_for(predicate, timeout)


def call(activity: Activity) -> None:
    with activity.call():
        pass


def test_a_call_that_begins_meanwhile_is_waited_for_until_it_has_ended() -> None:
    changed = Meanwhile()
    activity = Activity(changed)
    slow = activity.call()
    changed.events.extend([slow.__enter__, lambda: slow.__exit__(None, None, None)])
    activity.wait(0, LONGEST, SLOWEST)
    assert changed.noted == [LONGEST, SLOWEST]
    assert activity.ended == 1


def test_a_call_that_begins_and_ends_meanwhile_is_not_waited_for_again() -> None:
    changed = Meanwhile()
    activity = Activity(changed)
    changed.events.append(lambda: call(activity))
    activity.wait(0, LONGEST, SLOWEST)
    assert changed.noted == [LONGEST]


def test_nothing_is_waited_for_in_vain() -> None:
    changed = Meanwhile()
    Activity(changed).wait(0, LONGEST, SLOWEST)
    assert changed.noted == [LONGEST]


def test_a_call_that_has_ended_since_is_not_waited_for() -> None:
    changed = Meanwhile()
    activity = Activity(changed)
    call(activity)
    activity.wait(0, LONGEST, SLOWEST)
    assert changed.noted == []


def test_a_call_that_fails_has_ended() -> None:
    changed = Meanwhile()
    activity = Activity(changed)
    with suppress(ConnectionError), activity.call():
        raise ConnectionError
    activity.wait(activity.ended, LONGEST, SLOWEST)
    assert activity.ended == 1
    assert changed.noted == [LONGEST]


def test_nobody_waits_for_the_end_of_a_call_that_was_under_way() -> None:
    changed = Meanwhile()
    activity = Activity(changed)
    with activity.call():
        activity.wait(0, LONGEST, SLOWEST)
    assert changed.noted == []


def test_who_waits_is_woken_by_a_call() -> None:
    changed = Entered()
    activity = Activity(changed)
    waiter = threading.Thread(target=activity.wait, args=[0, LONGEST, LONGEST], daemon=True)
    waiter.start()
    assert changed.entered.wait(LONGEST)
    call(activity)
    waiter.join(LONGEST / 2)
    assert not waiter.is_alive()
