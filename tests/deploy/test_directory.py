"""Importing a directory: what a file says is what the table holds, for the customers that stand in it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

import deploy.__main__
from deploy.__main__ import main
from tests.backends import directory_on
from tests.builders import ACME, GLOBEX, acme, globex
from tests.engines import moto
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.model import Customer, Rep

STACK = "tickets-prod"


class Stacks:
    """CloudFormation as far as it is asked: one stack is there."""

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        if StackName != STACK:
            message = f"Stack with id {StackName} does not exist"
            raise ClientError({"Error": {"Code": "ValidationError", "Message": message}}, "DescribeStacks")
        return {"Stacks": [{"Outputs": [{"OutputKey": "DirectoryTable", "OutputValue": "DirectoryTable"}]}]}


@pytest.fixture
def directory(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDirectory]:
    """Yield the table of a deployed stack, with one customer in it who stands in no file here."""
    for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with moto() as tables:
        clients = {"cloudformation": Stacks()}
        monkeypatch.setattr(deploy.__main__, "_client", clients.__getitem__)
        directory = directory_on(tables)
        directory.load(globex())
        yield directory


def import_(tmp_path: Path, *customers: Customer, options: tuple[str, ...] = ("--yes",)) -> int:
    file = tmp_path / "directory.json"
    file.write_text(json.dumps({"customers": [customer.model_dump(mode="json") for customer in customers]}))
    return main(["import", str(file), "--stack", STACK, *options])


def test_a_new_customer_is_written_whole_and_others_stay(directory: DynamoDirectory, tmp_path: Path) -> None:
    assert import_(tmp_path, acme()) == 0
    assert directory.everything(1) == dict(acme().entries())
    assert directory.everything(2) == dict(globex().entries())


def test_what_is_the_same_is_not_written_again(
    directory: DynamoDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory.load(acme())
    assert import_(tmp_path, acme(), options=()) == 0
    assert capsys.readouterr().out == "0 changes in DirectoryTable\n"


def test_what_changes_comes_and_goes_is_shown_and_done(
    directory: DynamoDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory.load(acme())
    reps = [rep for rep in acme().reps if rep.repID not in (12, 13)]
    reps += [Rep(repID=13, name="Ann Other", role="Agent"), Rep(repID=99, name="New", role="Agent")]
    assert import_(tmp_path, acme(reps=reps)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "~ customer 1 rep#13",
        "+ customer 1 rep#99",
        "- customer 1 rep#12",
        "3 changes in DirectoryTable",
    ]
    assert directory.everything(1) == dict(acme(reps=reps).entries())


def test_nothing_is_done_without_a_yes(
    directory: DynamoDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert import_(tmp_path, acme(), options=()) == 1
    assert directory.everything(1) == {}
    assert capsys.readouterr().err == "error: Nothing was changed.\n"


BAD: dict[str, Any] = {
    "no JSON": "{",
    "no customers": "{}",
    "an array": "[]",
    "no UTF-8": b'{"customers": "\xff"}',
    "a text for a number": '{"customers": [{"customerID": "1", "name": "Acme"}]}',
    "a customer twice": '{"customers": [{"customerID": 1, "name": "A"}, {"customerID": 1, "name": "B"}]}',
    "a member twice": '{"customers": [{"customerID": 1, "name": "A", "name": "B"}]}',
    "a lone surrogate": '{"customers": [{"customerID": 1, "name": "\\ud800"}]}',
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_not_sound_changes_nothing(
    directory: DynamoDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    file = tmp_path / "directory.json"
    file.write_bytes(BAD[kind] if isinstance(BAD[kind], bytes) else BAD[kind].encode())
    assert main(["import", str(file), "--stack", STACK, "--yes"]) == 1
    assert capsys.readouterr().err.startswith(f"error: {file}")
    assert directory.everything(1) == {}


def test_a_token_that_two_channels_have_is_refused(
    directory: DynamoDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token = "11111111-1111-4111-8111-111111111111"
    customers = [
        each.model_copy(update={"channels": [each.channels[0].model_copy(update={"token": token})]})
        for each in (acme(), globex())
    ]
    assert import_(tmp_path, *customers) == 1
    assert token in capsys.readouterr().err
    assert directory.everything(1) == {}


TOKEN = "11111111-1111-4111-8111-111111111111"


def with_chat(customer: Customer, token: str | None, channelID: int = 2) -> Customer:
    chat = customer.channels[0].model_copy(update={"channelID": channelID, "type": "Chat", "token": token})
    return customer.model_copy(update={"channels": [chat]})


def test_a_token_that_a_channel_of_a_customer_outside_the_file_has_is_refused(
    directory: DynamoDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory.load(with_chat(globex(), TOKEN))
    assert import_(tmp_path, with_chat(acme(), TOKEN.upper())) == 1
    assert f"/customers/0/channels/0/token is the token of channel#2 of customer {GLOBEX}\n" in capsys.readouterr().err
    assert directory.everything(ACME) == {}


def test_a_token_may_move_to_another_channel_or_customer_of_the_file(
    directory: DynamoDirectory, tmp_path: Path
) -> None:
    directory.load(with_chat(globex(), TOKEN))
    assert import_(tmp_path, with_chat(globex(), TOKEN, channelID=3)) == 0
    assert import_(tmp_path, with_chat(acme(), TOKEN), with_chat(globex(), None)) == 0
    assert directory.everything(ACME) == dict(with_chat(acme(), TOKEN).entries())


def test_a_stack_that_is_not_there_is_named(
    directory: DynamoDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "directory.json"
    file.write_text('{"customers": []}')
    assert main(["import", str(file), "--stack", "other", "--yes"]) == 1
    assert "The stack other cannot be looked at" in capsys.readouterr().err
    assert directory.everything(1) == {}
