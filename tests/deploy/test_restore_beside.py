"""Tables beside the live ones: begun once per moment, waited for, and named where they are missing."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bundle.errors import CannotContinue
from deploy.restore.beside import existing, restored
from deploy.restore.command import add_options
from tests.deploy.loss import COPIED, Live
from tests.engines import Tables

MOMENT = datetime(2026, 11, 26, 14, 5, tzinfo=UTC)
LIVE = {"tickets": "TicketsTable", "calls": "CallsTable"}
BESIDE = {"tickets": "TicketsTable-restored-20261126T140500Z", "calls": "CallsTable-restored-20261126T140500Z"}


class Slow:
    """DynamoDB, in which a table that is restored can be read at the third look."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.looks: dict[str, int] = {}

    def restore_table_to_point_in_time(self, **asked: Any) -> None:
        self.asked.append(asked)
        self.looks[asked["TargetTableName"]] = 0

    def describe_table(self, TableName: str) -> dict[str, Any]:
        if TableName not in self.looks:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": ""}}, "DescribeTable")
        self.looks[TableName] += 1
        return {"Table": {"TableStatus": "ACTIVE" if self.looks[TableName] > 2 else "CREATING"}}


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr("deploy.restore.beside.time.sleep", pauses.append)
    return pauses


def test_each_table_is_restored_to_the_moment_and_waited_for(
    pauses: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    dynamodb = Slow()
    assert restored(dynamodb, LIVE, MOMENT) == BESIDE
    assert [(each["SourceTableName"], each["TargetTableName"]) for each in dynamodb.asked] == [
        (LIVE[role], BESIDE[role]) for role in LIVE
    ]
    assert {each["RestoreDateTime"] for each in dynamodb.asked} == {MOMENT}
    assert len(pauses) == 2
    assert "Waiting for tickets CREATING, calls CREATING (0 min)" in capsys.readouterr().out


def test_what_an_earlier_run_has_begun_is_not_begun_again(pauses: list[float]) -> None:
    dynamodb = Slow()
    dynamodb.looks[BESIDE["tickets"]] = 0
    assert restored(dynamodb, LIVE, MOMENT) == BESIDE
    assert [each["SourceTableName"] for each in dynamodb.asked] == ["CallsTable"]
    assert pauses


def test_a_restored_table_holds_what_the_live_one_held(tables: Tables) -> None:
    client: Any = tables.boto3
    for table in LIVE.values():
        client.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
    names = restored(client, LIVE, MOMENT)
    assert client.scan(TableName=names["tickets"])["Items"] == client.scan(TableName="TicketsTable")["Items"]


def test_a_moment_is_restored_and_compared(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    client: Any = live.tables.boto3
    for role in COPIED:
        client.update_continuous_backups(
            TableName=live.tables.names[role], PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
    live.restore("--dry-run", source=("--at", "2026-11-26T15:05:00+01:00"))
    said = capsys.readouterr().out
    assert "tickets: 1 there already" in said
    assert f"aws dynamodb delete-table --table-name {BESIDE['tickets']}" in said


def test_tables_that_are_not_there_are_named(tables: Tables) -> None:
    with pytest.raises(CannotContinue, match=r"no table TicketsTable-before, CallsTable-before\."):
        existing(tables.boto3, LIVE, "before")


@pytest.mark.parametrize("moment", ["2026-01-01T10:00:00", "yesterday", "2999-01-01T00:00:00Z"])
def test_a_moment_has_a_zone_and_has_passed(moment: str) -> None:
    parser = ArgumentParser()
    add_options(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--stack", "s", "--at", moment])
