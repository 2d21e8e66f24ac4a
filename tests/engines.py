"""The engines that the adapters are tested on: the fakes, moto in this process, and a DynamoDB that is atomic."""

import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from local.places import ENGINE
from tests.fakes import InlineExecutor
from tests.tables import create_tables
from ticketing.kernel.aws import ONCE, guarded
from ticketing.kernel.timelimit import Threads

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MISSING = f"there is no {ENGINE}: npm has one for Linux on x86-64, DYNOXIDE=… names another"
REGION = "eu-west-1"


@dataclass(frozen=True)
class Tables:
    """Tables of the template in an engine; `executor` has as many threads as the engine bears."""

    client: "DynamoDBClient"
    names: dict[str, str]
    executor: Executor


def client_of(url: str | None = None, **config: Any) -> "DynamoDBClient":
    """A client that gives up soon."""
    sound: dict[str, Any] = {"connect_timeout": 1, "read_timeout": 5, "max_pool_connections": 64}
    client: DynamoDBClient = boto3.client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=ONCE.merge(Config(**sound | config)),
    )
    return guarded(client)


@contextmanager
def moto() -> Iterator[Tables]:
    """Tables in this process, for one thread."""
    with mock_aws():
        client = client_of()
        yield Tables(client, create_tables(client), InlineExecutor())


@contextmanager
def dynoxide(*options: str) -> Iterator[str]:
    """A DynamoDB, in memory unless options say where else; gives its URL."""
    if not ENGINE.exists():
        pytest.skip(MISSING)
    port = free_port()
    with subprocess.Popen(
        [ENGINE, "--port", str(port), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def tables_at(url: str) -> Tables:
    """The template's tables in the engine at a URL."""
    client = client_of(url)
    return Tables(client, create_tables(client), Threads(16))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ChildProcessError(f"The engine ended with status {process.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(f"The engine does not answer on port {port}.")
