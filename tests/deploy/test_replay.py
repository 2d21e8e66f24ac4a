"""Checks that what could not be told or indexed is done again from the bucket, and stays there until it is."""

import io
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

import deploy.__main__
from deploy.__main__ import main
from tests.builders import a_ticket
from tests.fakes import InMemoryEventBus
from tests.feed.follower import Follower
from tests.stream_records import a_batch, a_record
from tests.tables import template
from tests.world import World

STACK, BUCKET = "tickets-prod", "failed-events"
FIRST, SECOND = "aws/lambda/mapping/shard/2026-11-26T09.00.00-1", "aws/lambda/mapping/shard/2026-11-26T10.00.00-2"


class Stacks:
    """CloudFormation as far as it is asked: one stack, with its bucket."""

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        assert StackName == STACK
        return {"Stacks": [{"Outputs": [{"OutputKey": "FailedEventsBucket", "OutputValue": BUCKET}]}]}


class Lambda:
    """Lambda as far as it is asked: the functions themselves, called here."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.answer: dict[str, Any] = {}
        self.config: Config | None = None

    def invoke(self, FunctionName: str, Qualifier: str, Payload: str) -> dict[str, Any]:
        assert Qualifier == "live"
        answer = self.world.run(FunctionName.removeprefix(f"{STACK}-"), json.loads(Payload))
        told = self.answer or {"Payload": io.BytesIO(json.dumps(answer).encode())}
        return {"StatusCode": 200} | told


@pytest.fixture
def bus(world: World) -> InMemoryEventBus:
    return world.event_bus


@pytest.fixture
def publisher(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lambda]:
    """Yield the publisher of a deployed stack, with two batches set aside, of which the newer was written first."""
    for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}.items():
        monkeypatch.setenv(name, value)
    publisher = Lambda(world)
    with mock_aws():
        s3 = boto3.client("s3", "us-east-1")
        s3.create_bucket(Bucket=BUCKET)
        set_aside(SECOND, a_record(a_ticket(), None))
        set_aside(FIRST, a_record(None, a_ticket()))
        clients = {"cloudformation": Stacks(), "s3": s3, "lambda": publisher}

        def client(service: str, config: Config | None = None) -> Any:
            publisher.config = config if service == "lambda" else publisher.config
            return clients[service]

        monkeypatch.setattr(deploy.__main__, "_client", client)
        yield publisher


def set_aside(key: str, record: dict[str, Any], function: str = "publisher") -> None:
    """Write what Lambda writes (AWS Lambda, on-failure destinations of DynamoDB streams)."""
    arn = f"arn:aws:lambda:us-east-1:123456789012:function:{STACK}-{function}:live"
    body = {"version": "1.0", "requestContext": {"functionArn": arn}, "payload": json.dumps(a_batch(record))}
    boto3.client("s3", "us-east-1").put_object(Bucket=BUCKET, Key=key, Body=json.dumps(body).encode())


def kept() -> list[str]:
    found = boto3.client("s3", "us-east-1").list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return [each["Key"] for each in found]


@pytest.mark.usefixtures("publisher")
def test_what_was_set_aside_is_told_in_its_order_and_goes(
    bus: InMemoryEventBus, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "--stack", STACK]) == 0
    assert [event.name.value for event in bus.told] == ["TicketCreated", "TicketDeleted"]
    assert kept() == []
    assert capsys.readouterr().out.endswith("2 batches done again\n")


@pytest.mark.usefixtures("publisher")
def test_what_fails_again_stays_and_the_rest_is_told(bus: InMemoryEventBus, capsys: pytest.CaptureFixture[str]) -> None:
    broken = {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1", "NewImage": {}}}
    set_aside(FIRST, broken)
    assert main(["replay", "--stack", STACK]) == 1
    assert [event.name.value for event in bus.told] == ["TicketDeleted"]
    assert kept() == [FIRST]
    assert f"1 of 2 batches could not be done and stay in {BUCKET}" in capsys.readouterr().err


@pytest.mark.usefixtures("bus")
def test_a_function_that_dies_has_told_nothing(publisher: Lambda, capsys: pytest.CaptureFixture[str]) -> None:
    publisher.answer = {"FunctionError": "Unhandled", "Payload": io.BytesIO(b'{"errorMessage": "timed out"}')}
    assert main(["replay", "--stack", STACK]) == 1
    assert kept() == [FIRST, SECOND]
    assert "2 of 2 batches" in capsys.readouterr().err


@pytest.mark.usefixtures("publisher")
def test_what_is_no_batch_stays_and_is_named(bus: InMemoryEventBus, capsys: pytest.CaptureFixture[str]) -> None:
    boto3.client("s3", "us-east-1").put_object(Bucket=BUCKET, Key=FIRST, Body=b"{}")
    assert main(["replay", "--stack", STACK]) == 1
    assert (len(bus.told), kept()) == (1, [FIRST])
    assert f"{FIRST}: no batch of a stream" in capsys.readouterr().err


@pytest.mark.usefixtures("bus")
def test_a_slow_batch_is_not_told_a_second_time_while_the_first_goes_on(publisher: Lambda) -> None:
    assert main(["replay", "--stack", STACK]) == 0
    config: Any = publisher.config
    assert config.read_timeout > template()["Resources"]["PublisherFunction"]["Properties"]["Timeout"]
    assert config.retries["total_max_attempts"] == 1


@pytest.mark.usefixtures("bus")
def test_what_could_not_be_indexed_is_told_to_followers_of_the_feed(publisher: Lambda) -> None:
    world, follower = publisher.world, Follower(publisher.world)
    follower.catch_up()
    ticket = a_ticket()
    world.store.kept[ticket.customerID, ticket.ticketID] = ticket
    set_aside(FIRST, a_record(None, ticket), "indexer")
    assert main(["replay", "--stack", STACK]) == 0
    follower.catch_up()
    assert (follower.told, kept()) == ([ticket.ticketID], [])


@pytest.mark.usefixtures("publisher", "bus")
def test_nothing_set_aside_is_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--stack", STACK]) == 0
    capsys.readouterr()
    assert main(["replay", "--stack", STACK]) == 0
    assert capsys.readouterr().out == "0 batches done again\n"
