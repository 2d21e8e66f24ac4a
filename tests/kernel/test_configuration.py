"""Regions, URLs and credentials are those that botocore would choose, and are followed when they change."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import NoRegionError
from botocore.session import Session

from tests.kernel.service import Service, saying, serving
from ticketing.errors import Unavailable
from ticketing.kernel import aws
from ticketing.kernel.dynamodb.client import DynamoClient
from ticketing.kernel.dynamodb.configuration import endpoint
from ticketing.kernel.dynamodb.engine import Engine

SESSION = boto3.Session()
REGIONS = [
    region
    for partition in SESSION.get_available_partitions()
    for region in SESSION.get_available_regions("dynamodb", partition)
]
CHOICES: dict[str, dict[str, str]] = {
    "a region": {"AWS_DEFAULT_REGION": "eu-west-1"},
    "a URL": {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_ENDPOINT_URL": "http://localhost:8000"},
    "a URL of tables": {
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": "http://localhost:1",
        "AWS_ENDPOINT_URL_DYNAMODB": "http://localhost:8000",
    },
    "FIPS": {"AWS_DEFAULT_REGION": "us-east-1", "AWS_USE_FIPS_ENDPOINT": "true"},
    "two stacks": {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "a profile": {"AWS_PROFILE": "other"},
    "a profile and a URL": {"AWS_PROFILE": "other", "AWS_ENDPOINT_URL": "http://localhost:8000"},
}


@pytest.fixture(autouse=True)
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An environment that says nothing, and the file in which botocore looks."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "config"
    file.write_text("[profile other]\nregion = ap-southeast-2\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    aws.session.cache_clear()
    yield file
    aws.session.cache_clear()


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(saying()) as service:
        yield service


def of_botocore(session: Session, region: str | None = None) -> tuple[str, str]:
    meta: Any = session.create_client("dynamodb", region, aws_access_key_id="x", aws_secret_access_key="x").meta
    return meta.endpoint_url, meta.region_name


@pytest.mark.parametrize("choice", CHOICES)
def test_the_url_and_the_region_are_botocores(choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CHOICES[choice].items():
        monkeypatch.setenv(name, value)
    assert endpoint() == of_botocore(Session())


def test_the_url_of_every_region_is_botocores(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(REGIONS) > 35
    session = Session()
    for region in REGIONS:
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        assert endpoint() == of_botocore(session, region)


def test_without_a_region_there_is_no_url() -> None:
    with pytest.raises(NoRegionError):
        endpoint()


def signers(service: Service) -> list[tuple[str, str | None]]:
    """Return by whose key, and with which token, each request was signed."""
    headers = [asked.headers for asked in service.asked]
    return [
        (each["authorization"].partition("Credential=")[2].partition("/")[0], each.get("x-amz-security-token"))
        for each in headers
    ]


def test_the_environments_credentials_are_read_anew_for_each_request(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = DynamoClient(service.url, "eu-west-1")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    for key, token in (("one", None), ("two", "token")):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
        if token:
            monkeypatch.setenv("AWS_SESSION_TOKEN", token)
        client.call("ListTables", {})
    assert signers(service) == [("one", None), ("two", "token")]


def test_credentials_that_expire_are_renewed_in_mid_life(service: Service, told: Path) -> None:
    """Each run of the process gives others, which botocore takes for as good as expired."""
    runs, program = told.with_name("runs"), told.with_name("program.py")
    program.write_text(PROGRAM.format(runs=str(runs)))
    told.write_text(f"[default]\ncredential_process = {sys.executable} {program}\n")
    client = DynamoClient(service.url, "eu-west-1")
    for _ in range(3):
        client.call("ListTables", {})
    keys = [key for key, _ in signers(service)]
    assert len(set(keys)) == 3
    assert [token for _, token in signers(service)] == [f"token of {key}" for key in keys]


PROGRAM = """
import json
from datetime import UTC, datetime, timedelta
with open({runs!r}, "a+") as file:
    file.write("x")
    number = file.tell()
soon = datetime.now(UTC) + timedelta(minutes=5)
key = f"key-{{number}}"
said = {{"Version": 1, "AccessKeyId": key, "SecretAccessKey": "secret", "SessionToken": f"token of {{key}}"}}
print(json.dumps(said | {{"Expiration": soon.isoformat()}}))
"""


def test_credentials_that_are_good_are_kept(service: Service, told: Path) -> None:
    said = {"Version": 1, "AccessKeyId": "key", "SecretAccessKey": "secret"}
    program = told.with_name("program.py")
    program.write_text(f"open({str(told.with_name('runs'))!r}, 'a').write('x')\nprint({json.dumps(said)!r})\n")
    told.write_text(f"[default]\ncredential_process = {sys.executable} {program}\n")
    client = DynamoClient(service.url, "eu-west-1")
    for _ in range(3):
        client.call("ListTables", {})
    assert signers(service) == [("key", None)] * 3
    assert told.with_name("runs").read_text() == "x"


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(
    ("environment", "reason"),
    [({}, "NoCredentialsError"), ({"AWS_ACCESS_KEY_ID": "key"}, "PartialCredentialsError")],
)
def test_without_credentials_the_store_is_unavailable_and_the_log_says_why(
    service: Service, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], reason: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unavailable) as refusal:
        Engine(DynamoClient(service.url, "eu-west-1")).call("list_tables")
    assert refusal.value.about == f"ListTables of : {reason}"
    assert service.asked == []
