"""PATCH /api/Tickets/{id} by a phone context."""

from typing import Any

import pytest

from tests.builders import A_CALL, BOB, HOTLINE, INACTIVE, SALES
from tests.tickets.patching import patch, setting
from tests.world import World


def test_what_a_phone_context_may_not_do_is_told_before_what_is_wrong(world: World) -> None:
    world.keep(channelID=HOTLINE, uid="u")
    document = {"status": "Pending", "isClosed": True, "customerRepID": INACTIVE, "uid": "v"}
    patch(world, document, "channel-3").refused(403, "Forbidden", ["/uid"])


FAILING = {"op": "test", "path": "/subject", "value": "another"}


def test_what_a_phone_context_may_not_do_is_told_before_a_test_that_fails(world: World) -> None:
    world.keep(channelID=HOTLINE, uid="u")
    patch(world, [FAILING, setting("uid", "v")], "channel-3").refused(403, "Forbidden")
    copying = {"op": "copy", "from": "/preview", "path": "/channelID"}
    patch(world, [FAILING, copying], "channel-3").refused(403, "ChannelMismatch", ["/channelID"])


@pytest.mark.parametrize("channelID", [SALES, None])
def test_the_channel_is_told_before_a_test_that_contradicts_its_own_patch(world: World, channelID: int | None) -> None:
    operations = [
        setting("preview", "a"),
        {"op": "test", "path": "/preview", "value": "b"},
        setting("channelID", channelID),
    ]
    patch(world, operations, "channel-3").refused(403, "ChannelMismatch")


def test_what_a_phone_context_may_not_do_is_told_before_a_stale_version(world: World) -> None:
    world.keep(channelID=HOTLINE, uid="u")
    patch(world, {"uid": "v"}, "channel-3", if_match='"9"').refused(403, "Forbidden")
    patch(world, {"uid": "u"}, "channel-3", if_match='"9"').refused(412, "PreconditionFailed")


def test_a_phone_context_changes_tickets_of_its_channel(world: World) -> None:
    world.keep(channelID=HOTLINE, customerRepID=BOB)
    ticket = patch(world, {"summary": "called", "channelID": HOTLINE, "uid": "u"}, "channel-3").as_expected(200).json
    assert (ticket["summary"], ticket["uid"]) == ("called", "u")
    patch(world, {"uid": "u", "twilio_CallSid": A_CALL}, "channel-3").as_expected(200)


@pytest.mark.parametrize("channelID", [SALES, None])
@pytest.mark.parametrize("document", [{}, {"uid": "v"}, {"customerRepID": 999}, {"status": "Closed"}])
def test_a_phone_context_touches_no_ticket_of_another_channel(
    world: World, channelID: int | None, document: Any
) -> None:
    world.keep(channelID=channelID, uid="u")
    patch(world, document, "channel-3").refused(403, "ChannelMismatch")


@pytest.mark.parametrize("channelID", [SALES, None, 999])
@pytest.mark.parametrize("exists", [True, False])
def test_a_phone_context_cannot_change_the_channel(world: World, channelID: int | None, exists: bool) -> None:
    if exists:
        world.keep(channelID=HOTLINE)
    patch(world, {"channelID": channelID}, "channel-3").refused(403, "ChannelMismatch")
    patch(world, [setting("channelID", channelID)], "channel-3").refused(403, "ChannelMismatch")


def test_a_phone_context_cannot_change_the_channel_by_copying(world: World) -> None:
    world.keep(channelID=HOTLINE, customerRepID=4)
    operations = [{"op": "copy", "from": "/customerRepID", "path": "/channelID"}]
    patch(world, operations, "channel-3").refused(403, "ChannelMismatch")


@pytest.mark.parametrize("uid", ["v", None, ""])
def test_a_phone_context_cannot_change_a_uid_that_is_set(world: World, uid: str | None) -> None:
    world.keep(channelID=HOTLINE, uid="u")
    patch(world, {"uid": uid}, "channel-3").refused(403, "Forbidden")
