"""Keep tables in dynoxide, one file that holds a write before it is acknowledged: the emulator writes its own tables
down as a whole, and now and then only, and reads their indexes as a whole.

Remove when the emulator's tables survive a kill.

The emulator's CloudFormation makes each table in both. The functions call the engine themselves, which knows no
permissions; calls of DynamoDB that reach the emulator, as those of containers do, are handed on to it.
"""

import asyncio
import http.client
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
DYNAMODB = "DynamoDB_20120810"
SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=none",
    "X-Amz-Date": "20260101T000000Z",
    "Content-Type": "application/x-amz-json-1.0",
}
"""The engine wants a signature and checks none."""
PATIENCE = 30
"""Seconds that the engine may take to start."""
PROPERTIES = {"AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema"}
"""Properties of a table in the template that the engine heeds; streams and the time to live come on top."""
UPDATES = {"TableName", "AttributeDefinitions", "GlobalSecondaryIndexUpdates", "StreamSpecification"}


class CallRefused(Exception):
    """The engine refused a call; the message is its reason."""


class EngineConnection(threading.local):
    """A running engine; each thread keeps a connection to it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}"
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)

    def answer(self, target: str, body: bytes) -> tuple[int, bytes]:
        """Return the status and body of a call, as they came."""
        try:
            self._connection.request("POST", "/", body, SIGNED | {"X-Amz-Target": target})
            reply = self._connection.getresponse()
            return reply.status, reply.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        """Close this thread's connection; its next call opens it again."""
        self._connection.close()

    def call(self, target: str, **fields: Any) -> Any:
        """Return what a call gives. Raises CallRefused."""
        status, body = self.answer(target, json.dumps(fields).encode())
        if status != http.HTTPStatus.OK:
            raise CallRefused(body.decode())
        return json.loads(body)


def start(program: str, file: Path) -> EngineConnection:
    """Start the engine on a file; from then on the emulator ends when it ends, for without tables it is of no use."""
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen([program, "--port", str(port), "--db-path", str(file)], stdin=subprocess.DEVNULL)
    threading.Thread(target=lambda: os._exit(process.wait() or 1), daemon=True).start()
    deadline = time.monotonic() + PATIENCE
    while not _listens(port):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{program} does not answer")
        time.sleep(0.01)
    return EngineConnection(port)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def keep_tables(engine: EngineConnection) -> None:
    """Let the engine keep every table, and the functions call it."""
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = engine.url  # the functions inherit it
    _make_in_both(engine)

    async def hand_on(*request: Any) -> tuple[int, dict[str, str], bytes]:
        _, _, headers, body, _ = request
        status, answer = await asyncio.to_thread(engine.answer, headers.get("x-amz-target", ""), body)
        return status, {"Content-Type": "application/x-amz-json-1.0"}, answer

    for service in ("dynamodb", "dynamodb_streams"):
        import_module(f"ministack.services.{service}").handle_request = hand_on  # type: ignore[attr-defined]


def _make_in_both(engine: EngineConnection) -> None:
    """Make and change each table of a stack in the engine too."""
    dynamodb: Any = import_module("ministack.services.dynamodb")
    resources: Any = import_module("ministack.services.cloudformation.provisioners")
    handlers = resources._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
    create, update = handlers["create"], dynamodb._update_table

    def create_in_both(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        made = create(logical_id, properties, stack)
        _make(engine, made[0], properties)
        return made

    def update_in_both(changes: dict[str, Any]) -> Any:
        updated = update(changes)
        heeded = {name: value for name, value in changes.items() if name in UPDATES}
        if updated[0] == http.HTTPStatus.OK and heeded.keys() - {"TableName", "AttributeDefinitions"}:
            engine.call(f"{DYNAMODB}.UpdateTable", **heeded)
        return updated

    handlers["create"], dynamodb._update_table = create_in_both, update_in_both


def _make(engine: EngineConnection, table: str, properties: Mapping[str, Any]) -> None:
    declared = {name: value for name, value in properties.items() if name in PROPERTIES}
    if "StreamSpecification" in properties:
        declared["StreamSpecification"] = {"StreamEnabled": True} | properties["StreamSpecification"]
    try:
        engine.call(f"{DYNAMODB}.CreateTable", TableName=table, **declared)
    except CallRefused as refusal:
        if "ResourceInUseException" not in str(refusal):  # a deployment that was cut short had made it
            raise
    if expiry := properties.get("TimeToLiveSpecification"):
        engine.call(f"{DYNAMODB}.UpdateTimeToLive", TableName=table, TimeToLiveSpecification=expiry)
