"""Measures the client of DynamoDB beside botocore's: `python -m bench.client`.

Loading is in instructions of user space, as valgrind counts them, above those of an interpreter that has loaded what
every function does. Calls are in processor time, the least of many runs, on the tests' engine and without its own time.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from botocore.session import Session

from bench.cold import COUNTED, COUNTER
from bench.command import command_line
from bench.packages import require
from tests.backends import application_on
from tests.builders import a_ticket
from tests.engines import REGION, Tables, dynoxide, tables_at
from tests.tables import ROOT
from ticketing.kernel.aws.session import ONCE, guarded
from ticketing.kernel.dynamodb.engine import Engine, plain

LOADED_ANYWAY = "import base64, concurrent.futures, datetime, json, logging, pydantic, random, uuid, zlib; "
OURS = "from ticketing.kernel.aws.client import JsonClient; from ticketing.kernel.aws.services import DYNAMODB; "
BOTOCORES = "from botocore.session import Session; Session().create_client('dynamodb', 'eu-west-1', endpoint_url={!r})"
LOCAL, REMOTE = "http://127.0.0.1:1", "https://dynamodb.eu-west-1.amazonaws.com"
LOADS = {
    "our client": OURS + f"JsonClient(DYNAMODB, {LOCAL!r}, 'eu-west-1')",
    "our client, with TLS": OURS + f"JsonClient(DYNAMODB, {REMOTE!r}, 'eu-west-1')",
    "our client, with TLS and all roots": OURS + "JsonClient(DYNAMODB, 'https://store.example', 'eu-west-1')",
    "botocore's client": BOTOCORES.format(LOCAL),
    "botocore's signer": "import botocore.auth",
    "botocore's signer and HTTP session": "import botocore.auth, botocore.httpsession",
    "botocore's signer, HTTP session, credentials": "import botocore.auth, botocore.httpsession, botocore.credentials",
    "urllib3": "import urllib3",
    "http.client": "import http.client",
    "httptools": "import socket, httptools",
}
TICKETS, ROUNDS, CALLS = 25, 20, 50


def main() -> None:
    """Print two tables."""
    command_line(__doc__).parse_args()
    require("valgrind")
    print("| loading | M instructions |\n|---|---:|")
    bare = _instructions(LOADED_ANYWAY)
    for name, code in LOADS.items():
        print(f"| {name} | {_instructions(LOADED_ANYWAY + code) - bare:,.0f} |", flush=True)
    print("\n| processor time of a call, µs | ours | botocore's | ratio |\n|---|---:|---:|---:|")
    with dynoxide() as url:
        tables = tables_at(url)
        store = application_on(tables).adapters.tickets
        for ticketID in range(1, TICKETS + 1):
            store.create(a_ticket(ticketID=ticketID, uid="jane@doe.example"))
        for name, (operation, parameters) in _calls(tables).items():
            ours, botocores = _fastest(_asking(tables, url, operation, parameters))
            print(f"| {name} | {ours:,.0f} | {botocores:,.0f} | {ours / botocores:.2f} |")


def _instructions(code: str) -> float:
    environment = {"PYTHONPATH": str(ROOT / "layers" / "ticketing"), "PYTHONHASHSEED": "0"}
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    process = [*COUNTER, sys.executable, "-c", code]
    ran = subprocess.run(process, env=environment | keys, capture_output=True, text=True, check=True)
    counted = re.search(COUNTED, ran.stderr)
    if not counted:
        raise ChildProcessError(ran.stderr)
    return int(counted[1].replace(",", "")) / 1e6


def _calls(tables: Tables) -> dict[str, tuple[str, dict[str, Any]]]:
    table, number = {"TableName": tables.names["tickets"]}, {"N": "1"}
    query = {"KeyConditionExpression": "customerID = :id", "ExpressionAttributeValues": {":id": number}}
    return {
        "GetItem of a ticket": ("get_item", {**table, "Key": {"customerID": number, "ticketID": number}}),
        f"Query of {TICKETS} tickets": ("query", {**table, **query, "Limit": TICKETS}),
    }


def _asking(tables: Tables, url: str, operation: str, parameters: dict[str, Any]) -> list[Callable[[], object]]:
    """Return what asks our client, and botocore's as functions had it, for items in plain values."""
    engine = Engine(tables.client)
    client: Any = guarded(Session().create_client("dynamodb", REGION, endpoint_url=url, config=ONCE, **KEYS))
    theirs = getattr(client, operation)
    return [
        lambda: [plain(item) for item in _items(engine.call(operation, **parameters))],
        lambda: [plain(item) for item in _items(theirs(**parameters))],
    ]


KEYS: dict[str, Any] = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


def _items(reply: dict[str, Any]) -> list[Any]:
    return reply["Items"] if "Items" in reply else [reply["Item"]]


def _fastest(ways: Iterable[Callable[[], object]]) -> list[float]:
    """Return the least processor time (µs) of each way, the ways by turns."""
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for way in least:
            began = time.process_time()
            for _ in range(CALLS):
                way()
            least[way] = min(least[way], (time.process_time() - began) / CALLS * 1e6)
    return [*least.values()]


if __name__ == "__main__":
    main()
