"""Hooks fire by what happens to a ticket: when, how often, what leads to what, and where it ends."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.builders import A_CALL, ANN, a_body, acme, globex
from tests.bulk.test_bulk import bulk, done, ticket
from tests.hooks.test_hooks import URL, bind, called
from tests.world import World
from ticketing.directory.hooks import Hook, HookAction
from ticketing.directory.model import Entry
from ticketing.errors import Unavailable
from ticketing.jobs.job import FireHook
from ticketing.jobs.steps import PATIENT_DELIVERIES
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.model import Ticket

MERGE = "application/merge-patch+json"
EVERY_HOOK: tuple[dict[str, Any], ...] = tuple({"type": "ApiCall", "url": URL, "hookName": hook} for hook in Hook)


def patch(world: World, **fields: Any) -> None:
    world.call("PATCH", "/api/Tickets/1", body=fields, Content_Type=MERGE).as_expected(200)


def fired(world: World) -> list[str]:
    """The hooks whose jobs are queued."""
    return [job.hookName for job in world.jobs.sent if isinstance(job, FireHook)]


def settle(world: World) -> None:
    """Has the worker work until nothing is queued."""
    for _ in range(20):
        if not world.jobs.sent:
            return
        assert world.work() == []
    raise AssertionError("hooks go on leading to hooks")


@pytest.mark.parametrize("action", ["close", "invertstate", "spam", "deletecleanup"])
def test_whoever_closes_a_ticket_fires_on_close_once(world: World, action: str) -> None:
    bind(world, *EVERY_HOOK)
    world.keep()
    done(world, action)
    done(world, "close")  # it is closed already
    settle(world)
    assert called(world) == ["OnClose"]
    done(world, "open")
    done(world, "close")
    settle(world)
    assert called(world) == ["OnClose", "OnClose"]


def test_a_ticket_that_is_created_closed_and_escalated_fires_both(world: World) -> None:
    bind(world, *EVERY_HOOK)
    world.call("POST", "/api/Tickets", body=a_body(status="Closed", escalated=True)).as_expected(201)
    settle(world)
    assert called(world) == ["OnEscalate", "OnEscalateFailed", "OnClose"]


@pytest.mark.parametrize(("holder", "after"), [(ANN, "PostEscalate"), (None, "OnEscalateFailed")])
def test_an_escalation_is_followed_by_how_it_went(world: World, holder: int | None, after: str) -> None:
    bind(world, *EVERY_HOOK)
    world.keep(customerRepID=holder)
    patch(world, escalated=True)
    patch(world, isImportant=True)
    settle(world)
    assert called(world) == ["OnEscalate", after]
    patch(world, escalated=False)
    patch(world, escalated=True)
    settle(world)
    assert called(world) == ["OnEscalate", after] * 2


def test_what_an_escalation_s_actions_do_counts_for_how_it_went(world: World) -> None:
    assign = {"type": "Assign", "hookName": "OnEscalate", "customerRepID": ANN}
    bind(world, assign, *EVERY_HOOK)
    world.keep()
    patch(world, escalated=True)
    settle(world)
    assert called(world) == ["OnEscalate", "PostEscalate"]


def test_how_it_went_is_said_once_though_it_changes(world: World) -> None:
    give_back = {"type": "Assign", "hookName": "PostEscalate", "customerRepID": 0}
    bind(world, give_back, *EVERY_HOOK)
    world.keep(customerRepID=ANN)
    patch(world, escalated=True)
    world.webhooks.refuses = lambda call: "PostEscalate" in call.secret
    assert len(world.work()) == 1
    assert ticket(world).customerRepID is None
    world.webhooks.refuses = lambda _: False
    assert world.work(2) == []
    assert called(world) == ["OnEscalate", "PostEscalate"]


def test_an_escalation_whose_action_fails_is_followed_all_the_same(world: World) -> None:
    bind(world, *EVERY_HOOK)
    world.keep()
    patch(world, escalated=True)
    world.webhooks.refuses = lambda call: "OnEscalate/" in call.secret
    assert len(world.work(PATIENT_DELIVERIES)) == 1
    assert called(world) == []
    assert len(world.work(PATIENT_DELIVERIES + 1)) == 1
    assert called(world) == ["OnEscalateFailed"]


def test_nothing_is_queued_where_the_customer_has_no_action_that_is_on(world: World) -> None:
    bind(world, {"type": "Close", "hookName": "OnEscalate", "active": False}, {"type": "Close", "hookName": "PreSpam"})
    world.keep()
    patch(world, escalated=True, status="Closed")
    assert world.jobs.sent == []


def test_another_customers_actions_are_theirs(world: World) -> None:
    bind(world, {"type": "Close", "hookName": "OnClose"})
    world.keep(customerID=2)
    world.call("PATCH", "/api/Tickets/1", "rep-21", {"isClosed": True}, Content_Type=MERGE).as_expected(200)
    assert world.jobs.sent == []


@pytest.mark.parametrize("hook", ["OnEscalate", "PostEscalate", "OnEscalateFailed"])
def test_an_escalation_is_queued_for_any_of_its_hooks(world: World, hook: str) -> None:
    bind(world, {"type": "SetImportant", "hookName": hook})
    world.keep()
    patch(world, escalated=True)
    assert fired(world) == ["OnEscalate"]


def test_a_change_that_fires_nothing_asks_the_directory_for_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bind(world, *EVERY_HOOK)
    world.keep(status="Closed", escalated=True)
    world.jobs.sent.clear()
    asked: list[str] = []
    monkeypatch.setattr(world.directory, "beginning", lambda _, prefix: asked.append(prefix))
    patch(world, isImportant=True)
    patch(world, escalated=False)
    done(world, "open")
    assert (asked, world.jobs.sent) == ([], [])


def test_a_job_is_named_for_its_ticket_version_and_hook(world: World) -> None:
    bind(world, *EVERY_HOOK)
    world.keep()
    done(world, "close")
    (job,) = world.jobs.sent
    assert isinstance(job, FireHook)
    assert job.jobID == "1-1-2-OnClose"


def test_a_change_that_is_told_again_does_its_actions_once(world: World) -> None:
    bind(world, {"type": "SetImportant", "hookName": "OnClose"}, *EVERY_HOOK)
    world.keep()
    done(world, "close")
    (job,) = world.jobs.sent
    world.jobs.sent = [job, job]
    settle(world)
    patch(world, isImportant=False)
    world.jobs.sent = [job]
    settle(world)
    assert (called(world), ticket(world).isImportant) == (["OnClose"], False)


def test_an_old_job_that_comes_late_acts_on_the_ticket_as_it_is(world: World) -> None:
    bind(world, {"type": "SetImportant", "hookName": "OnClose"})
    world.keep()
    done(world, "close")
    done(world, "open")
    patch(world, subject="Another")
    settle(world)
    now = ticket(world)
    assert (now.isImportant, now.isClosed, now.subject) == (True, False, "Another")


def test_an_actions_change_fires_other_hooks_but_none_that_led_to_it(world: World) -> None:
    bind(world, {"type": "Close", "hookName": "OnEscalate"}, *EVERY_HOOK)
    world.keep(customerRepID=ANN)
    patch(world, escalated=True)
    settle(world)
    assert sorted(called(world)) == ["OnClose", "OnEscalate", "PostEscalate"]


def test_a_hook_that_closes_what_it_has_reopened_ends(world: World) -> None:
    again = [
        {"type": kind, "hookName": "OnClose", "priority": number}
        for number, kind in enumerate(["NotSpam", "MarkSpam", "NotSpam", "MarkSpam"])
    ]
    bind(world, *again, *EVERY_HOOK)
    world.keep()
    done(world, "spam")
    settle(world)
    assert called(world) == ["OnClose"]
    assert ticket(world).ledBy == ["OnClose"]


def test_hooks_that_would_lead_to_one_another_end(world: World) -> None:
    """OnEscalate closes, OnClose reopens and closes: the last change was led to by both, and fires neither."""
    bind(
        world,
        {"type": "MarkSpam", "hookName": "OnEscalate"},
        {"type": "NotSpam", "hookName": "OnClose", "priority": 1},
        {"type": "MarkSpam", "hookName": "OnClose", "priority": 2},
    )
    world.keep()
    patch(world, escalated=True)
    settle(world)
    assert ticket(world).ledBy == ["OnEscalate", "OnClose"]
    assert ticket(world).version == 5


def test_what_somebody_does_afterwards_was_led_to_by_no_hook(world: World) -> None:
    bind(world, {"type": "MarkSpam", "hookName": "UserTriggered"}, *EVERY_HOOK)
    world.keep()
    bulk(world, "executeactions", hookName="UserTriggered").as_expected(200)
    settle(world)
    assert ticket(world).ledBy == ["UserTriggered"]
    done(world, "open")
    assert ticket(world).ledBy == []


def test_what_is_run_by_hand_fires_no_hook_of_its_own_name(world: World) -> None:
    bind(world, {"type": "Close", "hookName": "OnClose"}, *EVERY_HOOK)
    world.keep()
    bulk(world, "executeactions", hookName="OnClose").as_expected(200)
    settle(world)
    assert (called(world), ticket(world).isClosed) == (["OnClose"], True)


def test_a_call_that_is_forwarded_fires_on_phone_pickup_once(world: World) -> None:
    bind(world, *EVERY_HOOK)
    world.keep(channelType="Phone", twilio_CallSid=A_CALL, channelID=3)
    for key in ("a", "a", "b"):
        world.call("PUT", "/api/Tickets/1/assign", "rep-13", Idempotency_Key=key).as_expected(200)
    assert len(world.telephony.dialled) == 1
    settle(world)
    assert called(world) == ["OnPhonePickup"]


@pytest.mark.parametrize("failing", ["directory", "queue"])
def test_a_call_is_forwarded_though_its_hook_cannot_be_fired(
    world: World, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_: object) -> Any:
        raise Unavailable("It is busy.")

    bind(world, *EVERY_HOOK)
    world.keep(channelType="Phone", twilio_CallSid=A_CALL, channelID=3)
    port, method = (world.directory, "beginning") if failing == "directory" else (world.jobs, "send")
    monkeypatch.setattr(port, method, fail)
    answer = world.call("PUT", "/api/Tickets/1/assign", "rep-13").as_expected(200)
    assert answer.json["callForward"] == "forwarded"


def test_a_ticket_that_is_taken_without_a_call_fires_nothing(world: World) -> None:
    bind(world, *EVERY_HOOK)
    world.keep()
    world.call("PUT", "/api/Tickets/1/assign", "rep-13").as_expected(200)
    assert world.jobs.sent == []


def test_two_customers_of_one_batch_are_each_asked_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    action = HookAction.model_validate({"actionID": 1, "hookName": "OnClose", "type": "SetImportant"})
    world.directory.load(acme(actions=[action]))
    world.directory.load(globex(actions=[action]))
    asked: list[int] = []
    bound = world.directory.beginning

    def beginning(customerID: int, prefix: str) -> Mapping[str, Entry]:
        asked.append(customerID)
        return bound(customerID, prefix)

    monkeypatch.setattr(world.directory, "beginning", beginning)
    changes = [
        _closing(world.keep(customerID=customerID, subject=f"{number}")) for customerID in (1, 2) for number in range(3)
    ]
    world.application.firing.after(changes)
    assert (asked, len(world.jobs.sent)) == ([1, 2], 6)


def _closing(ticket: Ticket) -> TicketChange:
    return TicketChange(ticket.model_copy(update={"isClosed": True}), before=ticket)
