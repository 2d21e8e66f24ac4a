"""Old versions are removed, and what answers or may have to answer again stays."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from cloud.versions import KEPT, prune

FUNCTION = "tickets-prod-tickets"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        policy = json.dumps({"Version": "2012-10-17", "Statement": []})
        role = boto3.client("iam").create_role(RoleName="function", AssumeRolePolicyDocument=policy)["Role"]["Arn"]
        client = boto3.client("lambda", "eu-west-1")
        client.create_function(
            FunctionName=FUNCTION, Runtime="python3.13", Handler="app.handler", Role=role, Code={"ZipFile": code("0")}
        )
        yield client


def code(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("app.py", text)
    return file.getvalue()


def publish(client: Any, count: int) -> list[str]:
    versions = []
    for n in range(count):
        client.update_function_code(FunctionName=FUNCTION, ZipFile=code(str(n)))
        versions.append(client.publish_version(FunctionName=FUNCTION)["Version"])
    return versions


def kept(client: Any) -> set[str]:
    return {each["Version"] for each in client.list_versions_by_function(FunctionName=FUNCTION)["Versions"]}


def test_the_newest_stay(client: Any) -> None:
    versions = publish(client, 12)
    assert prune(client, FUNCTION) == versions[:-KEPT]
    assert kept(client) == {"$LATEST", *versions[-KEPT:]}
    assert prune(client, FUNCTION) == []


def test_what_an_alias_names_stays(client: Any) -> None:
    versions = publish(client, 5)
    client.create_alias(
        FunctionName=FUNCTION,
        Name="live",
        FunctionVersion=versions[0],
        RoutingConfig={"AdditionalVersionWeights": {versions[1]: 0.1}},
    )
    assert prune(client, FUNCTION) == [versions[2]]
    assert versions[0] in kept(client)
    assert versions[1] in kept(client)
