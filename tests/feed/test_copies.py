"""The copies of followers are those of a brute-force replica, whatever goes wrong with the stream, the log and them."""

from random import Random

import pytest

from tests.builders import ANN, BOB
from tests.feed.desk import FOLLOWERS, Desk, following, reaching, run, waiting, writing

ROUNDS = 3


@pytest.mark.parametrize("seed", range(80))
def test_writers_repeats_splits_holes_and_followers_that_are_killed(seed: int) -> None:
    desk, chance = Desk(), Random(seed)  # noqa: S311 - repeatable
    for _ in range(ROUNDS):
        run(desk, chance, writing, following, waiting)
        require_true_copies(desk)


@pytest.mark.parametrize("seed", range(80))
def test_tickets_out_of_reach_are_dropped_and_never_shown(seed: int) -> None:
    desk, chance = Desk(), Random(seed)  # noqa: S311 - repeatable
    for _ in range(ROUNDS):
        run(desk, chance, writing, following, reaching)
        require_true_copies(desk)


@pytest.mark.parametrize("seed", range(20))
def test_followers_who_begin_before_there_is_anything(seed: int) -> None:
    desk, chance = Desk(), Random(seed)  # noqa: S311 - repeatable
    desk.settle()
    run(desk, chance, writing, following, steps=25)
    require_true_copies(desk)


def require_true_copies(desk: Desk) -> None:
    desk.settle()
    for repID in FOLLOWERS:
        assert desk.held(repID) == desk.expected(repID)


def test_the_first_entries_of_a_log_are_not_missed_where_a_replica_lacks_one() -> None:
    desk = Desk()
    desk.settle()
    for _ in range(2):
        desk.create(ANN)
        desk.deliver(0, 1, 0, None)
        desk.deliver(1, 1, 0, None)
    desk.follow(ANN, size=5, lags=0, lacks=0, is_killed=False)
    require_true_copies(desk)


def test_a_ticket_that_was_missed_would_be_noticed() -> None:
    desk = Desk()
    desk.create(ANN)
    desk.settle()
    desk.world.store.report = lambda _: None
    desk.change(0, customerRepID=BOB, subject="Unreported")
    desk.settle()
    assert desk.held(ANN) != desk.expected(ANN)
