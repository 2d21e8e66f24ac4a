"""A live call goes with its ticket: once to a representative, whatever fails, however often it is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.builders import A_CALL, A_MOMENT, ANN, ANOTHER_CALL, acme
from tests.world import Answer, World
from ticketing.calls.assignment import LATEST_START, UNDER_WAY
from ticketing.calls.call import CallForward
from ticketing.calls.twilio import LOOK, Account, Twilio
from ticketing.directory.model import Rep
from ticketing.errors import Unavailable

PATH = "/api/Tickets/1/assign"
LIVE = {"channelType": "Phone", "twilio_CallSid": A_CALL, "channelID": 3}
RUNG = [(A_CALL, "+3225550113")]


def assign(world: World, by: str = "rep-13", query: str = "", **headers: str) -> Answer:
    return world.call("PUT", PATH, by, query=query, **headers).as_expected(200)


def forward(world: World, by: str = "rep-13", query: str = "", **headers: str) -> Any:
    return assign(world, by, query, **headers).json["callForward"]


def test_a_live_call_is_forwarded_to_the_number_in_the_caller_s_record(world: World) -> None:
    world.keep(**LIVE)
    assert forward(world) == "forwarded"
    assert world.telephony.dialled == RUNG


@pytest.mark.parametrize(
    "fields",
    [
        {"channelType": "WhatsApp"},
        {"twilio_CallSid": None},
        {"endDate": A_MOMENT},
        {"status": "Closed"},
    ],
)
def test_what_is_no_live_call_is_not_forwarded(world: World, fields: dict[str, Any]) -> None:
    world.keep(**LIVE | fields)
    assert forward(world) == "notApplicable"
    assert not world.telephony.dialled


def test_a_call_is_not_forwarded_with_forward_false(world: World) -> None:
    world.keep(**LIVE)
    assert forward(world, query="forward=false") == "notApplicable"
    assert not world.telephony.dialled
    assert forward(world) == "forwarded"


@pytest.mark.parametrize("phone", [None, ""])
def test_a_call_is_not_forwarded_to_a_representative_without_a_phone(world: World, phone: str | None) -> None:
    reps = [Rep(repID=ANN, role="Agent", name="Ann Agent", phone=phone)]
    world.directory.load(acme(reps=reps))
    world.keep(**LIVE)
    assert forward(world) == "notApplicable"


def test_a_call_is_not_forwarded_without_a_telephony_account(world: World) -> None:
    world.keep(**LIVE)
    world.telephony.has = False
    assert forward(world) == "notApplicable"
    assert not world.telephony.dialled


def malformed(_: World) -> Account:
    return Account.parsed("AC1:token")


def hanging(world: World) -> Account:
    world.clock.pass_(LOOK)
    raise Unavailable("", about="GetParameter of a secret: TimeoutError")


@pytest.mark.parametrize(
    ("account", "problem"),
    [
        (malformed, "the telephony credentials are malformed"),
        (hanging, "GetParameter of a secret: TimeoutError"),
    ],
)
def test_credentials_that_cannot_be_read_leave_the_assignment_standing_and_a_line_in_the_log(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    account: Callable[[World], Account],
    problem: str,
) -> None:
    twilio = Twilio("https://twilio.example", lambda: account(world), ThreadPoolExecutor)
    for method in ("has_account", "forward"):
        monkeypatch.setattr(world.telephony, method, getattr(twilio, method))
    world.keep(**LIVE)
    answer = assign(world)
    assert (answer.json["callForward"], answer.json["customerRepID"]) == ("failed", ANN)
    (line,) = [vars(record) for record in caplog.records if record.message == "call not forwarded"]
    assert (line["ticketID"], line["problem"]) == (1, problem)
    assert "AC1" not in str(line)


def test_a_call_is_forwarded_to_the_same_representative_once(world: World) -> None:
    world.keep(**LIVE)
    assert [forward(world) for _ in range(3)] == ["forwarded", "notApplicable", "notApplicable"]
    assert world.telephony.dialled == RUNG


def test_a_call_is_forwarded_to_each_other_representative_too(world: World) -> None:
    world.keep(**LIVE)
    assert [forward(world, by) for by in ("rep-13", "rep-12", "rep-11")] == [
        "forwarded",
        "forwarded",
        "notApplicable",  # has no phone
    ]
    assert [number for _, number in world.telephony.dialled] == ["+3225550113", "+3225550112"]


def test_an_agent_who_loses_the_race_is_not_rung(world: World) -> None:
    world.keep(**LIVE)
    world.store.before_next_write(lambda: forward(world, "rep-12"))
    world.call("PUT", PATH, "rep-13").refused(409, "AlreadyAssigned")
    assert [number for _, number in world.telephony.dialled] == ["+3225550112"]


def test_a_failure_leaves_the_assignment_standing_and_may_be_tried_again(world: World) -> None:
    world.keep(**LIVE)
    world.telephony.problem = "Twilio answered 500."
    answer = assign(world)
    assert (answer.json["callForward"], answer.json["customerRepID"]) == ("failed", ANN)
    world.telephony.problem = None
    assert forward(world) == "forwarded"
    assert forward(world) == "notApplicable"
    assert len(world.telephony.dialled) == 2


def test_an_operator_reads_why_it_failed_and_no_number(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.keep(**LIVE)
    world.telephony.problem = "Twilio answered 401."
    assign(world)
    failed = next(record for record in caplog.records if record.msg == "call not forwarded")
    assert (failed.ticketID, failed.problem) == (1, "Twilio answered 401.")  # type: ignore[attr-defined]
    assert "+32" not in str([vars(record) for record in caplog.records])


def test_while_a_call_is_forwarded_it_is_not_forwarded_again(world: World) -> None:
    world.keep(**LIVE)
    meanwhile: list[str] = []
    world.telephony.meanwhile = lambda: meanwhile.append(forward(world))
    assert forward(world) == "forwarded"
    assert (meanwhile, world.telephony.dialled) == (["notApplicable"], RUNG)


def test_a_call_that_moves_to_another_ticket_meanwhile_is_left_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keep(**LIVE)
    begin = world.calls.begin_forward

    def moved_first(*arguments: Any) -> bool:
        move = {"twilio_CallSid": ANOTHER_CALL}
        world.call("PATCH", "/api/Tickets/1", body=move, content_type="application/merge-patch+json").as_expected(200)
        return begin(*arguments)

    monkeypatch.setattr(world.calls, "begin_forward", moved_first)
    assert forward(world) == "notApplicable"
    assert not world.telephony.dialled


def test_a_store_that_took_too_long_to_keep_the_ticket_leaves_the_call_alone(world: World) -> None:
    world.keep(**LIVE)
    world.store.before_next_write(lambda: world.clock.pass_(LATEST_START + 1))
    assert forward(world) == "failed"
    assert not world.telephony.dialled


@pytest.mark.parametrize(
    ("problem", "has", "query", "outcome"),
    [
        (None, True, "", "forwarded"),
        ("Twilio is too slow.", True, "", "failed"),
        (None, False, "", "notApplicable"),
        (None, True, "forward=false", "notApplicable"),
    ],
)
def test_a_replay_tells_the_same_and_rings_nobody(
    world: World, problem: str | None, has: bool, query: str, outcome: str
) -> None:
    world.keep(**LIVE)
    world.telephony.problem, world.telephony.has = problem, has
    first = assign(world, query=query, idempotency_key="k")
    world.telephony.problem, world.telephony.has = None, True
    rung = list(world.telephony.dialled)
    again = assign(world, query=query, idempotency_key="k")
    assert first.json["callForward"] == again.json["callForward"] == outcome
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert world.telephony.dialled == rung


def test_a_replay_is_not_a_second_assignment(world: World) -> None:
    world.keep(**LIVE)
    assign(world, idempotency_key="k")
    assign(world, "rep-11")
    world.call("PUT", PATH, "rep-13", idempotency_key="k").refused(403, "Forbidden")
    assert world.store.kept[1, 1].customerRepID == 11
    world.call("DELETE", "/api/Tickets/1").as_expected(204)
    world.call("PUT", PATH, "rep-13", idempotency_key="k").refused(404, "NotFound")


def test_no_body_and_an_empty_object_are_one_body_and_a_key_is_its_owner_s(world: World) -> None:
    world.keep()
    assign(world, "rep-11", idempotency_key="k")
    again = world.call("PUT", PATH, "rep-11", "{}", idempotency_key="k").as_expected(200)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in assign(world, "rep-12", idempotency_key="k").headers


def test_taking_what_one_has_with_a_key_keeps_the_version_and_the_key(world: World) -> None:
    world.keep(customerRepID=ANN)
    assert assign(world, idempotency_key="k").headers["ETag"] == '"1"'
    assert assign(world, idempotency_key="k").headers["Idempotent-Replayed"] == "true"


class Crash(BaseException):
    """The end of a process."""


def crash(world: World, monkeypatch: pytest.MonkeyPatch, port: object, step: str) -> None:
    """A request with the key `k` that ends at a step."""

    def die(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(port, step, die)
        with pytest.raises(Crash):
            world.call("PUT", PATH, "rep-13", idempotency_key="k")


@pytest.mark.parametrize(
    ("owner", "step"),
    [("telephony", "forward"), ("calls", "begin_forward"), ("calls", "end_forward")],
)
def test_after_a_crash_a_retry_with_the_key_answers_failed_and_rings_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch, owner: str, step: str
) -> None:
    world.keep(**LIVE)
    crash(world, monkeypatch, getattr(world, owner), step)
    rung = list(world.telephony.dialled)
    world.clock.pass_(UNDER_WAY + 1)
    again = assign(world, idempotency_key="k")
    assert (again.json["callForward"], again.json["customerRepID"]) == ("failed", ANN)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert world.telephony.dialled == rung


def test_while_the_first_may_be_under_way_the_second_is_told_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.keep(**LIVE)
    crash(world, monkeypatch, world.telephony, "forward")
    world.patience = 1
    answer = world.call("PUT", PATH, "rep-13", idempotency_key="k").refused(409, "KeyInUse", [])
    assert answer.headers["Retry-After"] == "1"


def test_after_a_crash_that_leaves_it_unknown_nobody_is_rung_without_the_key_either(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keep(**LIVE)
    crash(world, monkeypatch, world.telephony, "forward")
    assert forward(world) == "notApplicable"
    assert forward(world, idempotency_key="another") == "notApplicable"
    assert not world.telephony.dialled


def test_after_a_crash_before_the_mark_the_call_is_forwarded_for_another_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keep(**LIVE)
    crash(world, monkeypatch, world.calls, "begin_forward")
    assert forward(world, idempotency_key="another") == "forwarded"
    assert world.calls.marks == {(1, A_CALL, ANN): CallForward.forwarded}
