"""Bookmarks of followers: what is no bookmark, whose it is, and how long it counts."""

from typing import Any

import pytest

from tests.builders import ADMIN, ANN, acme
from tests.feed.follower import DAY, Follower, pass_time, patch
from tests.world import World
from ticketing.feed.bookmark import COUNTS_FOR
from ticketing.feed.ports import LASTS
from ticketing.kernel.seal import sealed, unsealed

NO_BOOKMARKS = ["x", "NOW", "now ", sealed(), sealed(1, ADMIN), sealed(1, ADMIN, "Administrator", False)]


@pytest.fixture
def follower(world: World) -> Follower:
    return Follower(world)


def test_who_is_only_ever_told_304_gets_a_younger_bookmark_each_day(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    for _ in range(40):
        tag = follower.ask().headers["ETag"]
        follower.ask(if_none_match=tag).as_expected(304)
        pass_time(world, DAY)
        answer = follower.ask(if_none_match=tag).as_expected(200)
        follower.since = answer.json["next"]


def test_who_asks_every_day_is_told_what_changes_after_a_quiet_month(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    for _ in range(LASTS // DAY + 1):
        pass_time(world, DAY)
        follower.catch_up()
    world.feed_log.kept[1].clear()  # as what has expired
    patch(world, subject="Changed")
    follower.ask().as_expected(200)
    follower.catch_up()
    assert follower.held[1]["subject"] == "Changed"


@pytest.mark.parametrize("since", NO_BOOKMARKS)
def test_a_damaged_bookmark_is_refused(follower: Follower, since: str) -> None:
    follower.since = since
    follower.ask().refused(400, "InvalidCursor", ["since"])


PLACES: list[list[Any]] = [
    ["1", 0, None, 0],
    [1, True, None, 0],
    [1, 0, "0", 0],
    [1, 0, None, None],
    [-1, 0, None, 0],
    [2**53, 0, None, 0],
    [1, 0, -1, 0],
    [1, 0, 0.5, 0],
    [1, 0, None, 2**53 - 1],
]


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_forged_bookmark_is_refused(follower: Follower, place: list[Any]) -> None:
    follower.since = sealed(1, ADMIN, "Administrator", False, *place)
    follower.ask().refused(400, "InvalidCursor", ["since"])


def test_any_changed_character_is_noticed(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    sound = follower.since or ""
    for place, character in enumerate(sound):
        follower.since = f"{sound[:place]}{'A' if character != 'A' else 'B'}{sound[place + 1 :]}"
        follower.ask().refused(400, "InvalidCursor")


@pytest.mark.parametrize("by", ["rep-12", "rep-13", "rep-21"])
def test_anothers_bookmark_is_refused(follower: Follower, by: str) -> None:
    follower.catch_up()
    follower.by = by
    follower.ask().refused(400, "InvalidCursor", ["since"])


def test_after_a_change_of_role_one_begins_again(world: World, follower: Follower) -> None:
    follower.by = "rep-13"
    follower.catch_up()
    reps = [rep.model_copy(update={"role": "Supervisor"}) if rep.repID == ANN else rep for rep in acme().reps]
    world.directory.load(acme(reps=reps))
    world.clock.pass_(60)
    world.tokens.known["rep-13"] = {**world.tokens.known["rep-13"], "role": "Supervisor"}
    follower.ask().refused(410, "Gone", ["since"])


@pytest.mark.parametrize("by", ["rep-11", "rep-13"])
def test_after_a_change_of_the_agents_scope_one_begins_again(world: World, follower: Follower, by: str) -> None:
    follower.by = by
    follower.catch_up()
    world.directory.load(acme(agentScope="All"))
    world.clock.pass_(60)
    follower.ask().refused(410, "Gone", ["since"])


def test_a_bookmark_counts_for_thirty_days(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    pass_time(world, COUNTS_FOR)
    patch(world, subject="Changed")
    follower.ask().as_expected(200)
    pass_time(world, 1)
    follower.ask().refused(410, "Gone", ["since"])


def test_a_follower_who_lags_keeps_the_age_that_they_had(world: World, follower: Follower) -> None:
    """What they have not seen may end before a bookmark of today would."""
    follower.catch_up()
    for _ in range(3):
        world.keep()
    follower.size = 1
    pass_time(world, COUNTS_FOR - DAY)
    follower.step()
    pass_time(world, 2 * DAY)
    follower.ask().refused(410, "Gone", ["since"])


def test_what_has_ended_is_gone_although_it_is_still_there(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    number, told, walked, asOf = unsealed(follower.since or "")[4:]
    patch(world, subject="Changed")
    pass_time(world, LASTS)
    follower.since = sealed(1, ADMIN, "Administrator", False, number, told, walked, asOf + LASTS)
    follower.ask().refused(410, "Gone", ["since"])


def test_what_was_removed_at_the_old_end_is_gone(world: World, follower: Follower) -> None:
    world.keep()
    follower.catch_up()
    for subject in ("One", "Two"):
        patch(world, subject=subject)
    del world.feed_log.kept[1][min(number for number in world.feed_log.kept[1]) + 1]
    follower.ask().refused(410, "Gone", ["since"])
