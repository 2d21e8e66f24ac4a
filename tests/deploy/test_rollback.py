"""All functions go back together to the versions before the last deployment, or none of them does."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

import deploy.__main__
from bundle.errors import CannotContinue
from deploy.__main__ import main
from deploy.rollback import AliasMove, Published, back, forward, roll_back
from deploy.versions import ALIAS, answering, prune
from tests.deploy.lambdas import deployed, functions_of

NOW = datetime(2026, 11, 26, 14, tzinfo=UTC)
NAMES = ("tickets", "bulk", "docs")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with functions_of(monkeypatch, *NAMES) as client:
        yield client


def versions(client: Any) -> list[str]:
    return [client.get_alias(FunctionName=name, Name=ALIAS)["FunctionVersion"] for name in NAMES]


def command(client: Any, **options: bool) -> None:
    roll_back(client, NAMES, Namespace(**{"undo": False, "dry_run": False} | options))


def test_every_function_answers_as_before_the_last_deployment(client: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for deployment in range(3):
        deployed(client, str(deployment), *NAMES)
    command(client)
    assert versions(client) == ["2", "2", "2"]
    assert capsys.readouterr().out.splitlines() == [
        "tickets: 3 -> 2",
        "bulk: 3 -> 2",
        "docs: 3 -> 2",
        "3 of 3 functions moved",
    ]


def test_the_same_again_goes_back_no_further_and_undo_goes_forward(client: Any) -> None:
    for deployment in range(3):
        deployed(client, str(deployment), *NAMES)
    command(client)
    command(client)
    assert versions(client) == ["2", "2", "2"]
    command(client, undo=True)
    assert versions(client) == ["3", "3", "3"]


def test_after_another_deployment_the_way_back_leads_to_what_answered_before_it(client: Any) -> None:
    for deployment in ("good", "bad"):
        deployed(client, deployment, *NAMES)
    command(client)
    former = answering(client, NAMES)
    deployed(client, "bad too", *NAMES)
    assert [prune(client, name, former[name]) for name in NAMES] == [["2"]] * 3
    command(client)
    assert versions(client) == ["1", "1", "1"]


def test_a_dry_run_moves_nothing(client: Any) -> None:
    for deployment in range(2):
        deployed(client, str(deployment), *NAMES)
    command(client, dry_run=True)
    assert versions(client) == ["2", "2", "2"]


def test_where_one_cannot_be_moved_all_stay(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for deployment in range(2):
        deployed(client, str(deployment), *NAMES)
    move = client.update_alias

    def busy(**asked: Any) -> Any:
        if (asked["FunctionName"], asked["FunctionVersion"]) == ("docs", "1"):
            raise ClientError({"Error": {"Code": "TooManyRequestsException", "Message": ""}}, "UpdateAlias")
        return move(**asked)

    monkeypatch.setattr(client, "update_alias", busy)
    with pytest.raises(CannotContinue, match="docs could not be moved, so none was"):
        command(client)
    assert versions(client) == ["2", "2", "2"]


def test_a_function_that_is_new_moves_nothing(client: Any) -> None:
    deployed(client, "0", "tickets", "bulk")
    deployed(client, "1", *NAMES)
    with pytest.raises(CannotContinue, match="before the newest of docs"):
        command(client)
    assert versions(client) == ["2", "2", "1"]


class Stacks:
    """CloudFormation, in which one stack has the functions."""

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        return {"Stacks": [{}] if StackName == "tickets-prod" else []}

    def get_paginator(self, _: str) -> "Stacks":
        return self

    def paginate(self, StackName: str) -> list[dict[str, Any]]:
        assert StackName == "tickets-prod"
        found = [{"PhysicalResourceId": name, "ResourceType": "AWS::Lambda::Function"} for name in NAMES]
        return [{"StackResourceSummaries": [*found, {"PhysicalResourceId": "q", "ResourceType": "AWS::SQS::Queue"}]}]


def test_the_command_finds_the_functions_of_a_stack(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for deployment in range(2):
        deployed(client, str(deployment), *NAMES)
    clients = {"cloudformation": Stacks(), "lambda": client}
    monkeypatch.setattr(deploy.__main__, "_client", clients.__getitem__)
    assert main(["rollback", "--stack", "tickets-prod"]) == 0
    assert versions(client) == ["1", "1", "1"]


def published(name: str, live: str = "3", published: timedelta = timedelta()) -> Published:
    return Published(name, ("2", "3"), NOW - published, live)


def test_what_the_last_deployment_did_not_change_stays() -> None:
    older = published("docs", published=timedelta(days=2))
    assert back([published("tickets", published=timedelta(minutes=4)), published("bulk"), older]) == [
        AliasMove("tickets", "3", "2"),
        AliasMove("bulk", "3", "2"),
    ]


def test_a_rollback_that_was_broken_off_is_finished() -> None:
    assert back([published("tickets", live="2"), published("bulk")]) == [AliasMove("bulk", "3", "2")]
    assert forward([published("tickets", live="2"), published("bulk")]) == [AliasMove("tickets", "2", "3")]
