"""Tables as they were at a moment, beside the live ones: made by DynamoDB, or by somebody else before."""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from bundle.errors import CannotContinue

PAUSE = 20.0
"""Seconds between two looks at tables that are being made."""


def suffix_of(moment: datetime) -> str:
    """Return what the names of tables restored to a moment end in; the same moment finds the same tables again."""
    return f"restored-{moment:%Y%m%dT%H%M%SZ}"


def restored(client: Any, live: Mapping[str, str], moment: datetime) -> dict[str, str]:
    """Return the names of tables that hold what the live ones held at a moment, once they can be read.

    Those that an earlier run has begun are used; raises botocore's ClientError.
    """
    beside = _named(live, suffix_of(moment))
    for role, table in live.items():
        if _status(client, beside[role]) is None:
            _begin(client, table, beside[role], moment)
            print(f"{role}: {beside[role]} begun")
    _wait_for(client, beside)
    return beside


def existing(client: Any, live: Mapping[str, str], suffix: str) -> dict[str, str]:
    """Return the names of tables that are there: each a live one's, then `-` and a suffix; raises CannotContinue."""
    beside = _named(live, suffix)
    missing = [name for name in beside.values() if _status(client, name) is None]
    if missing:
        raise CannotContinue(f"There is no table {', '.join(missing)}.")
    _wait_for(client, beside)
    return beside


def _named(live: Mapping[str, str], suffix: str) -> dict[str, str]:
    return {role: f"{table}-{suffix}" for role, table in live.items()}


def _begin(client: Any, table: str, beside: str, moment: datetime) -> None:
    client.restore_table_to_point_in_time(
        SourceTableName=table,
        TargetTableName=beside,
        RestoreDateTime=moment,
        BillingModeOverride="PAY_PER_REQUEST",
        GlobalSecondaryIndexOverride=[],  # what is only scanned needs no index, and is there sooner without
    )


def _wait_for(client: Any, beside: Mapping[str, str]) -> None:
    began = time.monotonic()
    while waiting := {role: status for role in beside if (status := _status(client, beside[role])) != "ACTIVE"}:
        shown = ", ".join(f"{role} {status}" for role, status in waiting.items())
        print(f"Waiting for {shown} ({(time.monotonic() - began) / 60:.0f} min)", flush=True)
        time.sleep(PAUSE)


def _status(client: Any, table: str) -> str | None:
    """Return what DynamoDB says of a table, None where there is none."""
    try:
        return str(client.describe_table(TableName=table)["Table"]["TableStatus"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
