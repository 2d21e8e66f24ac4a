"""Replays what could not be told or indexed: each batch that Lambda set aside goes to its function again.

An event may be told twice by this, which listeners know by its `sequence`; to index something twice does no harm. A
batch leaves the bucket once it is done.
"""

import json
import sys
from typing import Any

from botocore.config import Config

from bundle.errors import CannotContinue
from deploy.progress import shown
from deploy.versions import ALIAS

PREFIX = "aws/lambda/"
"""The folder of what Lambda sets aside; in it the mapping, the shard, and a name that begins with the time."""
UNREPEATED = Config(read_timeout=70, retries={"total_max_attempts": 1})
"""The configuration of the client that calls functions: wait longer than they may take (60 s), and ask once. Another
call would do the batch again while the first goes on."""
DONE: dict[str, list[str]] = {"batchItemFailures": []}


def replay(s3: Any, functions: Any, bucket: str) -> int:
    """Have every batch in the bucket done by the function that failed to, the oldest first; return how many there were.
    Raises CannotContinue where some could not be done, after all others were."""
    keys = _keys(s3, bucket)
    left = [key for key in shown(keys, "Replaying") if not _is_done(s3, functions, bucket, key)]
    if left:
        raise CannotContinue(f"{len(left)} of {len(keys)} batches could not be done and stay in {bucket}.")
    return len(keys)


def _keys(s3: Any, bucket: str) -> list[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=PREFIX)
    keys = [each["Key"] for page in pages for each in page.get("Contents", [])]
    return sorted(keys, key=lambda key: key.rpartition("/")[2])


def _is_done(s3: Any, functions: Any, bucket: str, key: str) -> bool:
    try:
        failed = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        batch, function = failed["payload"], failed["requestContext"]["functionArn"].split(":")[6]
    except (KeyError, TypeError, ValueError, IndexError):
        print(f"{key}: no batch of a stream", file=sys.stderr)
        return False
    reply = functions.invoke(FunctionName=function, Qualifier=ALIAS, Payload=batch)
    if "FunctionError" in reply or json.loads(reply["Payload"].read()) != DONE:
        print(f"{key}: not done, as the log of {function} explains", file=sys.stderr)
        return False
    s3.delete_object(Bucket=bucket, Key=key)
    return True
