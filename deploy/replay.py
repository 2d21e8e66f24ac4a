"""Events that could not be told, told again: each batch that Lambda set aside goes to the publisher once more.

An event may be told twice by this, which listeners know by its `sequence`. A batch leaves the bucket once it is told.
"""

import json
import sys
from typing import Any

from botocore.config import Config

from bundle.errors import CannotContinue
from deploy.progress import shown
from deploy.versions import ALIAS

PREFIX = "aws/lambda/"
"""Where Lambda puts what it sets aside: below, the mapping, the shard, and a name that begins with the time."""
UNREPEATED = Config(read_timeout=70, retries={"total_max_attempts": 1})
"""How the client is made that calls the publisher: it waits longer than that may take (60 s), and asks once. Another
call would tell the batch again while the first goes on."""
TOLD: dict[str, list[str]] = {"batchItemFailures": []}


def replay(s3: Any, functions: Any, bucket: str, publisher: str) -> int:
    """Have the function `publisher` tell every batch in the bucket, the oldest first; return how many there were.
    Raises CannotContinue where some could not be told, after all others were."""
    keys = _keys(s3, bucket)
    left = [key for key in shown(keys, "Telling") if not _is_told(s3, functions, bucket, key, publisher)]
    if left:
        raise CannotContinue(f"{len(left)} of {len(keys)} batches could not be told and stay in {bucket}.")
    return len(keys)


def _keys(s3: Any, bucket: str) -> list[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=PREFIX)
    keys = [each["Key"] for page in pages for each in page.get("Contents", [])]
    return sorted(keys, key=lambda key: key.rpartition("/")[2])


def _is_told(s3: Any, functions: Any, bucket: str, key: str, publisher: str) -> bool:
    try:
        batch = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())["payload"]
    except (KeyError, TypeError, ValueError):
        print(f"{key}: no batch of a stream", file=sys.stderr)
        return False
    reply = functions.invoke(FunctionName=publisher, Qualifier=ALIAS, Payload=batch)
    if "FunctionError" in reply or json.loads(reply["Payload"].read()) != TOLD:
        print(f"{key}: not told, as the log of {publisher} explains", file=sys.stderr)
        return False
    s3.delete_object(Bucket=bucket, Key=key)
    return True
