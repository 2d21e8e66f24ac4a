"""Delete items whose time to live is over: the engine leaves them. Remove when the engine deletes them by itself."""

import logging
import threading
import time
from http.client import HTTPException
from typing import Any

from local.emulation.tables import DYNAMODB, CallRefused, EngineConnection

REST = 30.0
"""Seconds between sweeps at least; AWS takes up to two days."""
SHARE = 0.05
"""The part of the time that sweeps may take, however many items they look through."""
log = logging.getLogger("expiry")


def sweep_forever(engine: EngineConnection) -> None:
    """Sweep every now and then, in a thread of its own."""

    def sweep_on() -> None:
        while True:
            begun = time.monotonic()
            try:
                for table in engine.call(f"{DYNAMODB}.ListTables")["TableNames"]:
                    sweep(engine, table, int(time.time()))
            except (OSError, HTTPException, CallRefused):
                log.exception("The tables could not be swept")
            time.sleep(max(REST, (time.monotonic() - begun) / SHARE))

    threading.Thread(target=sweep_on, daemon=True).start()


def sweep(engine: EngineConnection, table: str, now: int) -> None:
    """Delete a table's items whose time to live was over at a moment, in seconds, if they still are as they were."""
    declared = engine.call(f"{DYNAMODB}.DescribeTimeToLive", TableName=table)["TimeToLiveDescription"]
    if declared["TimeToLiveStatus"] != "ENABLED":
        return
    schema = engine.call(f"{DYNAMODB}.DescribeTable", TableName=table)["Table"]["KeySchema"]
    is_over = {
        "TableName": table,
        "ExpressionAttributeNames": {"#over": declared["AttributeName"]},
        "ExpressionAttributeValues": {":now": {"N": str(now)}},
    }
    start: dict[str, Any] = {}
    while True:
        page = engine.call(f"{DYNAMODB}.Scan", **is_over, FilterExpression="#over < :now", **start)
        for item in page["Items"]:
            key = {part["AttributeName"]: item[part["AttributeName"]] for part in schema}
            _delete(engine, key, is_over)
        if "LastEvaluatedKey" not in page:
            return
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _delete(engine: EngineConnection, key: dict[str, Any], is_over: dict[str, Any]) -> None:
    try:
        engine.call(f"{DYNAMODB}.DeleteItem", **is_over, Key=key, ConditionExpression="#over < :now")
    except CallRefused as refused:
        if "ConditionalCheckFailed" not in str(refused):  # else it was given more time meanwhile
            raise
