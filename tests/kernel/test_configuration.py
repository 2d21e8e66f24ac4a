"""Regions, URLs and credentials are those that botocore would choose, and are followed when they change."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import NoRegionError
from botocore.session import Session

from tests.kernel.service import StandIn, saying, serving
from ticketing.errors import Unavailable
from ticketing.kernel.aws import session
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.configuration import endpoint
from ticketing.kernel.aws.services import DYNAMODB, EVENTBRIDGE, S3, SQS, SSM, Service
from ticketing.kernel.dynamodb.engine import Engine

SERVICES = pytest.mark.parametrize("asked", [DYNAMODB, EVENTBRIDGE, S3, SQS, SSM], ids=lambda each: each.name)
CHOICES: dict[str, dict[str, str]] = {
    "a region": {"AWS_DEFAULT_REGION": "eu-west-1"},
    "a URL": {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_ENDPOINT_URL": "http://localhost:8000"},
    "a URL for each service": {
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": "http://localhost:1",
        "AWS_ENDPOINT_URL_DYNAMODB": "http://localhost:8000",
        "AWS_ENDPOINT_URL_EVENTBRIDGE": "http://localhost:8001",
        "AWS_ENDPOINT_URL_S3": "http://localhost:8004",
        "AWS_ENDPOINT_URL_SQS": "http://localhost:8002",
        "AWS_ENDPOINT_URL_SSM": "http://localhost:8003",
    },
    "a URL that is not to be used": {
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": "http://localhost:8000",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
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
    monkeypatch.setenv("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "regional")  # botocore would take the global host
    session.session.cache_clear()
    yield file
    session.session.cache_clear()


@pytest.fixture
def service() -> Iterator[StandIn]:
    with serving(saying()) as service:
        yield service


def of_botocore(session: Session, service: Service, region: str | None = None) -> tuple[str, str]:
    meta: Any = session.create_client(service.name, region, aws_access_key_id="x", aws_secret_access_key="x").meta
    return meta.endpoint_url, meta.region_name


@SERVICES
@pytest.mark.parametrize("choice", CHOICES)
def test_the_url_and_the_region_are_botocores(choice: str, asked: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CHOICES[choice].items():
        monkeypatch.setenv(name, value)
    assert endpoint(asked) == of_botocore(Session(), asked)


@SERVICES
def test_the_url_of_every_region_is_botocores(asked: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session()
    partitions = session.get_available_partitions()
    regions = [each for partition in partitions for each in session.get_available_regions(asked.name, partition)]
    assert len(regions) > 35
    for region in regions:
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        assert endpoint(asked) == of_botocore(session, asked, region)


def test_without_a_region_there_is_no_url() -> None:
    with pytest.raises(NoRegionError):
        endpoint(DYNAMODB)


def signers(service: StandIn) -> list[tuple[str, str | None]]:
    """Return by whose key, and with which token, each request was signed."""
    headers = [asked.headers for asked in service.asked]
    return [
        (each["authorization"].partition("Credential=")[2].partition("/")[0], each.get("x-amz-security-token"))
        for each in headers
    ]


def test_the_environments_credentials_are_read_anew_for_each_request(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = JsonClient(DYNAMODB, service.url, "eu-west-1")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    for key, token in (("one", None), ("two", "token")):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
        if token:
            monkeypatch.setenv("AWS_SESSION_TOKEN", token)
        client.call("ListTables", {})
    assert signers(service) == [("one", None), ("two", "token")]


def test_credentials_that_expire_are_renewed_in_mid_life(service: StandIn, told: Path) -> None:
    """Each run of the process gives others, which botocore takes for as good as expired."""
    runs, program = told.with_name("runs"), told.with_name("program.py")
    program.write_text(PROGRAM.format(runs=str(runs)))
    told.write_text(f"[default]\ncredential_process = {sys.executable} {program}\n")
    client = JsonClient(DYNAMODB, service.url, "eu-west-1")
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


def test_credentials_that_are_good_are_kept(service: StandIn, told: Path) -> None:
    said = {"Version": 1, "AccessKeyId": "key", "SecretAccessKey": "secret"}
    program = told.with_name("program.py")
    program.write_text(f"open({str(told.with_name('runs'))!r}, 'a').write('x')\nprint({json.dumps(said)!r})\n")
    told.write_text(f"[default]\ncredential_process = {sys.executable} {program}\n")
    client = JsonClient(DYNAMODB, service.url, "eu-west-1")
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
    service: StandIn, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], reason: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unavailable) as refusal:
        Engine(JsonClient(DYNAMODB, service.url, "eu-west-1")).call("list_tables")
    assert refusal.value.about == f"ListTables of : {reason}"
    assert service.asked == []
