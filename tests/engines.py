"""The engines that the adapters are tested on: the fakes, moto in this process, and a DynamoDB that is atomic."""

import socket
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.awsrequest import AWSRequest
from moto import mock_aws
from moto.core.models import botocore_stubber

from local.places import ENGINE
from tests.fakes import InlineExecutor
from tests.local_stack import free_port, wait_until
from tests.tables import create_tables
from ticketing.kernel.aws.bucket import Bucket
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.connections import Connections, ServiceReply
from ticketing.kernel.aws.services import DYNAMODB, Service
from ticketing.kernel.timelimit import Threads

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MISSING = f"there is no {ENGINE}: npm has one for Linux on x86-64, DYNOXIDE=… names another"
REGION = "eu-west-1"
ENGINES = ("fake", "dynoxide" if ENGINE.exists() else "moto")
"""Those that must all keep the adapters' contracts. Moto takes ten times as long, and shows nothing of its own."""


@dataclass(frozen=True)
class Tables:
    """Tables of the template in an engine; `executor` has as many threads as the engine bears."""

    client: JsonClient
    names: dict[str, str]
    executor: Executor

    @property
    def boto3(self) -> "DynamoDBClient":
        """Boto3's client of the same engine."""
        return boto3_client(f"http://{self.client.connections.host}")


def client_of(url: str, patience: float = 60, service: Service = DYNAMODB) -> JsonClient:
    """A client of what answers at a URL, for which it waits so many seconds."""
    return JsonClient(service, url, REGION, lambda: ("test", "test", None), patience)


def bucket_at(url: str, patience: float = 60) -> Bucket:
    """A client of a bucket in what answers at a URL, for which it waits so many seconds."""
    return Bucket(f"{url}/sounds", REGION, lambda: ("test", "test", None), patience)


@cache
def boto3_client(url: str | None = None) -> "DynamoDBClient":
    """A client of boto3's, which can make tables, and against which ours is measured; making one takes long."""
    session = boto3.Session("test", "test", region_name=REGION)
    client: DynamoDBClient = session.client("dynamodb", endpoint_url=url)
    return client


@contextmanager
def moto() -> Iterator[Tables]:
    """Tables in this process, for one thread."""
    with mocked_aws():
        names = create_tables(boto3_client())
        yield Tables(client_of(f"https://dynamodb.{REGION}.amazonaws.com"), names, InlineExecutor())


@contextmanager
def mocked_aws() -> Iterator[None]:
    """AWS in this process, as botocore's clients and ours meet it."""
    ask = Connections.ask

    def answered(line: Connections, *asked: Any) -> Callable[[float], ServiceReply]:
        """Answer for AWS; what listens on this machine, as the atomic engine does, answers for itself."""
        return (ask if line.host.startswith("127.0.0.1:") else _answered_by_moto)(line, *asked)

    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connections, "ask", answered)
        yield


def _answered_by_moto(
    line: Connections, method: str, target: str, headers: Mapping[str, str], body: bytes, _: float
) -> Callable[[float], ServiceReply]:
    request = AWSRequest(method, f"https://{line.host}{target}", headers, body).prepare()
    answer = botocore_stubber("before-send", request)
    assert answer
    reply = ServiceReply()
    reply.status, reply.body = answer.status_code, answer.content
    reply.headers = {name.lower(): str(value) for name, value in answer.headers.items()}
    return lambda _: reply


@contextmanager
def dynoxide(*options: str) -> Iterator[str]:
    """A DynamoDB, in memory unless options say where else; gives its URL."""
    if not ENGINE.exists():
        pytest.skip(MISSING)
    port, process = _begun(options) or _begun(options) or pytest.fail("The engine ends as soon as it is started.")
    with process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def tables_at(url: str) -> Tables:
    """The template's tables in the engine at a URL."""
    return Tables(client_of(url), create_tables(boto3_client(url)), Threads(16))


def _begun(options: Iterable[str]) -> tuple[int, subprocess.Popen[bytes]] | None:
    """Start the engine; return its port and itself, None where it ended at once, as another may have taken the port."""
    port = free_port()
    process = subprocess.Popen(
        [ENGINE, "--port", str(port), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: process.poll() is not None or _listens(port))
    except AssertionError:
        process.kill()
        raise
    return (port, process) if process.poll() is None else None


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
