"""What is told of the work: every line names its request, every result is counted, and nobody's words are repeated."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.builders import INACTIVE, a_body, a_ticket
from tests.fakes import FakeClock
from tests.gateway import REQUEST_ID
from tests.hooks.test_hooks import bind
from tests.stream_records import a_batch, a_record
from tests.world import Context, World
from ticketing import telemetry
from ticketing.directory.hooks import Hook
from ticketing.errors import Unavailable
from ticketing.jobs.job import CleanUp, ExecuteActions
from ticketing.jobs.steps import PATIENT_DELIVERIES
from ticketing.kernel.cached import Cached
from ticketing.kernel.deadline import Deadline

SECRET = "nobody-may-read-this"
type Lines = Callable[[], list[dict[str, Any]]]


class Output:
    """Standard output as it is at each moment: a logger holds on to the one that it was made with."""

    def write(self, text: str) -> int:
        return sys.stdout.write(text)

    def flush(self) -> None:
        sys.stdout.flush()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Lines:
    """The lines that were written since they were last asked for."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "tickets")
    monkeypatch.setattr(telemetry.logger().registered_handler, "stream", Output())
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def logged(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if "_aws" not in line]


def counted(lines: list[dict[str, Any]]) -> list[tuple[str, float, dict[str, str]]]:
    """Name, value and dimensions of each metric, as CloudWatch reads them; `service` stands in all of them."""
    found = []
    for line in (line for line in lines if "_aws" in line):
        (directive,) = line["_aws"]["CloudWatchMetrics"]
        (metric,) = directive["Metrics"]
        (dimensions,) = directive["Dimensions"]
        assert directive["Namespace"] == telemetry.NAMESPACE
        assert "service" in dimensions
        (value,) = line[metric["Name"]]
        found.append((metric["Name"], value, {name: line[name] for name in dimensions if name != "service"}))
    return found


def test_an_answer_is_one_line_with_its_request_and_its_ticket(world: World, lines: Lines) -> None:
    ticket = world.keep()
    world.call("GET", f"/api/Tickets/{ticket.ticketID}")
    (line,) = logged(lines())
    assert line["message"] == "answered"
    assert line["requestId"] == REQUEST_ID
    assert (line["route"], line["id"], line["status"]) == ("GET /api/Tickets/{id}", ticket.ticketID, 200)


def test_a_write_is_counted_by_its_route_and_a_read_is_not(world: World, lines: Lines) -> None:
    world.call("POST", "/api/Tickets", body=a_body())
    assert counted(lines()) == [("Writes", 1, {"route": "POST /api/Tickets"})]
    world.call("GET", "/api/Tickets/1")
    world.call("HEAD", "/api/health", by=None)
    assert counted(lines()) == []


def test_a_replay_is_no_write(world: World, lines: Lines) -> None:
    world.call("POST", "/api/Tickets", body=a_body(), Idempotency_Key="once")
    lines()
    world.call("POST", "/api/Tickets", body=a_body(), Idempotency_Key="once")
    assert counted(lines()) == []


def test_a_refusal_is_counted_by_its_code(world: World, lines: Lines) -> None:
    world.call("GET", "/api/Tickets/1", by=None)
    assert counted(lines()) == [("Refusals", 1, {"code": "Unauthorized"})]


def test_a_defect_is_logged_without_what_it_says(world: World, lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(world.store, "get", fail)
    world.call("GET", "/api/Tickets/1").refused(500, "InternalError")
    written = lines()
    defect, _ = logged(written)
    assert defect["exception_name"] == "RuntimeError"
    assert "in fail" in defect["exception"]
    assert SECRET not in json.dumps(written)
    assert counted(written) == [("Refusals", 1, {"code": "InternalError"})]


def test_a_defect_whose_causes_run_in_a_circle_is_logged_once(
    world: World, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = RuntimeError(), KeyError()
    first.__cause__, second.__cause__ = second, first

    def fail(*_: object) -> None:
        raise first

    monkeypatch.setattr(world.store, "get", fail)
    world.call("GET", "/api/Tickets/1").refused(500, "InternalError")
    defect, _ = logged(lines())
    assert [defect["exception"].count(name) for name in ("RuntimeError", "KeyError")] == [1, 1]


def test_what_stands_in_the_place_of_an_id_is_not_logged(world: World, lines: Lines) -> None:
    world.call("GET", f"/api/Tickets/{SECRET}")
    assert SECRET not in json.dumps(lines())


def test_a_batch_of_a_stream_names_the_requests_that_wrote_it(lines: Lines, world: World) -> None:
    records = [a_record(None, a_ticket(ticketID=n), request_id) for n, request_id in enumerate(["b=", "a=", "a="], 1)]
    world.run("publisher", a_batch(*records), Context(aws_request_id="batch"))
    written = lines()
    (line,) = logged(written)
    assert (line["requestId"], line["requestIds"], line["records"]) == ("batch", ["a=", "b="], 3)
    assert counted(written) == [("Background", 3, {"work": "publishing", "result": "done"})]


def test_a_record_that_fails_is_counted(lines: Lines, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(world.event_bus, "send", fail)
    world.run("publisher", a_batch(a_record(None, a_ticket())))
    written = lines()
    assert counted(written) == [("Background", 1, {"work": "publishing", "result": "failed"})]
    assert SECRET not in json.dumps(written)


def a_job(body: str, **attributes: Any) -> dict[str, Any]:
    delivered = {"ApproximateReceiveCount": "1"}
    return {"Records": [{"messageId": "m-1", "body": body, "attributes": delivered, "messageAttributes": attributes}]}


def test_a_job_names_the_request_that_it_follows_from(lines: Lines, world: World) -> None:
    attribute = {"stringValue": "a=", "dataType": "String"}
    job = CleanUp(customerID=1, ticketID=7, lastMessageID=0)
    world.run("worker", a_job(job.model_dump_json(), requestId=attribute))
    written = lines()
    (line,) = logged(written)
    assert (line["requestId"], line["job"], line["ticketID"]) == ("a=", "cleanUp", 7)
    assert counted(written) == [("Background", 1, {"work": "cleanUp", "result": "done"})]


def test_a_job_that_cannot_be_read_is_counted_and_not_repeated_in_the_log(lines: Lines, world: World) -> None:
    answer = world.run("worker", a_job(f'{{"job":"{SECRET}"}}'))
    written = lines()
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    assert counted(written) == [("Background", 1, {"work": "unknown", "result": "failed"})]
    assert SECRET not in json.dumps(written)


def test_a_write_names_its_request_and_is_like_no_other() -> None:
    telemetry.begin("a=")
    first, second = telemetry.write_id(), telemetry.write_id()
    assert first != second
    assert telemetry.request_of(first) == telemetry.request_of(second) == "a="
    assert telemetry.request_of("0" * 32) == ""


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ({"type": "ApiCall", "url": "https://hooks.example/"}, "Undelivered The service answered 500."),
        (
            {"type": "Assign", "customerRepID": INACTIVE},
            f"MissingReference action#PostTopicDetection#1: rep#{INACTIVE} is no active representative",
        ),
        ({"type": "SetTopics", "topicIDs": [99]}, "MissingReference action#PostTopicDetection#1 names a topic that"),
    ],
)
def test_a_job_that_fails_says_why(world: World, lines: Lines, action: dict[str, Any], reason: str) -> None:
    bind(world, action)
    world.keep()
    world.webhooks.refuses = lambda _: True
    world.jobs.send([ExecuteActions(customerID=1, ticketID=1, jobID="j", hookName=Hook.PostTopicDetection)])
    lines()
    assert len(world.work()) == 1
    (line,) = logged(lines())
    assert (line["message"], line["job"]) == ("job failed", "executeActions")
    assert reason in line["exception"]


def test_a_job_that_cannot_be_read_says_what_is_wrong_with_it(lines: Lines, world: World) -> None:
    world.run("worker", a_job(f'{{"job": "cleanUp", "customerID": "{SECRET}", "{SECRET}": 1}}'))
    (line,) = logged(lines())
    assert "ValidationError int_parsing at cleanUp.customerID, missing at cleanUp.ticketID" in line["exception"]
    assert SECRET not in str(line)


def test_what_fails_behind_a_bulk_request_is_logged_once_with_its_number(
    lines: Lines, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise Unavailable("The job queue is busy.", about="SendMessageBatch of the job queue: InternalError")

    tickets = [world.keep().ticketID for _ in range(3)]
    monkeypatch.setattr(world.jobs, "send", refuse)
    body = {"ticketIDs": tickets, "action": "detectspam"}
    world.call("PUT", "/api/Tickets/bulk", body=body).as_expected(200)
    failed, _ = logged(lines())
    assert (failed["message"], failed["tickets"]) == ("dependency failed", 3)
    assert failed["about"] == "SendMessageBatch of the job queue: InternalError"


def test_tickets_that_a_bulk_request_had_no_time_for_are_no_failure(
    lines: Lines, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deadline, "remaining", 0.0)
    ticketID = world.keep().ticketID
    body = {"ticketIDs": [ticketID], "action": "close"}
    (left,) = world.call("PUT", "/api/Tickets/bulk", body=body).as_expected(200).json["failed"]
    assert left["code"] == "Unavailable"
    assert [line["message"] for line in logged(lines())] == ["answered"]


def test_an_old_value_that_is_kept_while_a_new_one_cannot_be_had_is_logged(lines: Lines) -> None:
    clock = FakeClock()
    answers = iter(["old"])
    value = Cached(lambda: next(answers, None) or unavailable(), 600, clock.seconds)
    assert value() == "old"
    clock.pass_(600)
    assert value() == "old"
    (line,) = logged(lines())
    assert line["message"] == "dependency failed, old value kept"
    assert "Unavailable GetParameter of a secret: AccessDeniedException" in line["exception"]


def unavailable() -> str:
    raise Unavailable("The secrets' store does not answer.", about="GetParameter of a secret: AccessDeniedException")


def test_a_batch_that_fails_as_a_whole_says_why(lines: Lines, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    send = world.event_bus.send

    def only_one(events: Sequence[Any]) -> None:
        if len(events) > 1:
            raise Unavailable("The event bus is busy.", about="PutEvents of the event bus: refused in part")
        send(events)

    monkeypatch.setattr(world.event_bus, "send", only_one)
    world.run("publisher", a_batch(*(a_record(None, a_ticket(ticketID=n)) for n in (1, 2))))
    (line,) = logged(lines())
    assert line["message"] == "batch failed"
    assert "Unavailable PutEvents of the event bus: refused in part" in line["exception"]


def test_a_step_that_is_passed_over_is_named_and_counted_without_a_word_of_the_ticket(
    world: World, lines: Lines
) -> None:
    bind(world, {"type": "ApiCall", "url": f"https://{SECRET}.example/"})
    world.keep(subject=SECRET)
    world.webhooks.refuses = lambda _: True
    world.jobs.send([ExecuteActions(customerID=1, ticketID=1, jobID="j", hookName=Hook.PostTopicDetection)])
    lines()
    assert len(world.work(PATIENT_DELIVERIES + 1)) == 1
    written = lines()
    passed_over, failed = logged(written)
    assert (passed_over["message"], passed_over["step"]) == ("step passed over", "action#PostTopicDetection#1")
    assert (failed["message"], failed["ticketID"]) == ("job failed", 1)
    assert "Undelivered" in passed_over["exception"]
    assert counted(written) == [
        ("StepsPassedOver", 1, {"work": "executeActions"}),
        ("Background", 1, {"work": "executeActions", "result": "failed"}),
    ]
    assert SECRET not in str(written)
