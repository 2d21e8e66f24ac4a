"""The drill: a deleted ticket of the local run comes back from copies of the tables, and search and totals follow.

The emulator restores no table to a moment, so the copies are made beforehand; everything after that is the command.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import boto3
import httpx
import pytest

from bundle.places import ROOT
from tests.e2e.client import Client
from tests.local_stack import PATIENCE, Stack, wait_until

DRILL = "drill"
ROLES = ("directory", "calls", "tickets", "messages", "history", "lessons")


@pytest.fixture(scope="module")
def api(stack: Stack) -> Iterator[Client]:
    with httpx.Client(base_url=stack.baseUrl, timeout=60) as http:
        yield Client(http, stack.token)


@pytest.fixture
def dynamodb(stack: Stack) -> Iterator[Any]:
    """Yield a client of the local run's tables; copies go again."""
    make: Any = boto3.client
    endpoint = stack.environment()["awsEndpoint"]
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    client = make("dynamodb", endpoint_url=endpoint, **keys)
    yield client
    for name in client.list_tables()["TableNames"]:
        if name.endswith(f"-{DRILL}"):
            client.delete_table(TableName=name)


def copy(dynamodb: Any, table: str) -> None:
    described = dynamodb.describe_table(TableName=table)["Table"]
    keys = {key["AttributeName"] for key in described["KeySchema"]}
    attributes = [each for each in described["AttributeDefinitions"] if each["AttributeName"] in keys]
    dynamodb.create_table(
        TableName=f"{table}-{DRILL}",
        KeySchema=described["KeySchema"],
        AttributeDefinitions=attributes,
        BillingMode="PAY_PER_REQUEST",
    )
    for page in dynamodb.get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            dynamodb.put_item(TableName=f"{table}-{DRILL}", Item=item)


def restore(stack: Stack) -> str:
    settings = {"AWS_ENDPOINT_URL": stack.environment()["awsEndpoint"], "AWS_DEFAULT_REGION": "us-east-1"}
    settings |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    done = subprocess.run(
        [sys.executable, "-m", "deploy", "restore", "--stack", "tickets-local", "--from-suffix", DRILL, "--yes"],
        cwd=ROOT,
        env=os.environ | settings | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_deleted_ticket_comes_back_with_all_that_belongs_to_it(stack: Stack, api: Client, dynamodb: Any) -> None:
    ticket = api.ticket(subject="Terugzetoefening", uid="drill@restore.example")
    path, number = f"/api/Tickets/{ticket['ticketID']}", ticket["ticketID"]
    for word in ("kaasschaaf", "fietspomp"):
        api.ask("POST", "/api/TicketMessages", 201, body={"ticketID": number, "body": word, "direction": "EndUser"})
    api.until_total("search=fietspomp", 1)
    before = api.ask("GET", path, 200)
    tables = stack.environment()["tables"]
    for role in ROLES:
        copy(dynamodb, tables[role])
    api.ask("DELETE", path, 204)
    messages = {
        "KeyConditionExpression": "customerTicket = :t",
        "ExpressionAttributeValues": {":t": {"S": f"1#{number}"}},
    }
    wait_until(lambda: dynamodb.query(TableName=tables["messages"], **messages)["Count"] == 0)
    api.until_total("search=fietspomp", 0)

    said = restore(stack)

    assert "tickets: 1 restored" in said
    assert "messages: 2 restored" in said
    after = api.ask("GET", path, 200)
    assert after.json() == before.json()
    assert after.headers["ETag"] != before.headers["ETag"]
    for query in ("search=fietspomp", "search=terugzetoefening", "uid=drill@restore.example"):
        api.until_total(query, 1)
    assert api.ask("GET", f"/api/TicketMessages?ticketId={number}", 200).json()["totalCount"] == 2
    answer = api.ask("POST", "/api/TicketMessages", 201, body={"ticketID": number, "body": "merci"})
    assert answer.json()["messageID"] == 3
    assert "1 restored" not in restore(stack)
