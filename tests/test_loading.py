"""A function loads what it uses: nothing of ours in vain, and no library but for a reason.

Each function gets its first requests in a process of its own. A module of ours is used when a function of it runs, or
when code that runs names something of it: then what it is built of is used, too. What is run while modules are
imported does not count.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from tests.first_requests import REQUESTS, deployment
from tests.reached import reached
from tests.tables import ROOT

START = """
import importlib, json, sys

class Context:
    aws_request_id = "request"
    def get_remaining_time_in_millis(self):
        return 60_000

ran = {}

def note(code, _):
    module = sys._getframe(1).f_globals.get("__name__")
    is_function = code.co_flags & 1  # the body of a module or a class is none
    if is_function and str(module).startswith(("ticketing.", "functions.")):
        ran.setdefault(module, set()).update(code.co_names)
    return monitoring.DISABLE

monitoring = sys.monitoring
handler = importlib.import_module(f"functions.{sys.argv[1]}.app").lambda_handler
monitoring.use_tool_id(monitoring.PROFILER_ID, "loading")
monitoring.register_callback(monitoring.PROFILER_ID, monitoring.events.PY_START, note)
monitoring.set_events(monitoring.PROFILER_ID, monitoring.events.PY_START)
answers = [handler(event, Context()) for event in json.load(sys.stdin)]
monitoring.set_events(monitoring.PROFILER_ID, 0)
modules = [name for name, module in sys.modules.items() if not hasattr(module, "__path__")]
libraries = {name.partition(".")[0] for name in sys.modules}
named = [[module, [*names]] for module, names in ran.items()]
print(json.dumps({"answers": answers, "loaded": modules, "ran": named, "libraries": [*libraries]}))
"""
FUNCTIONS = sorted({request.function for request in REQUESTS})
_WRITE = "what writes tickets loads it, and only some of what it writes needs it"
_CHAT = "a chat is begun by what creates tickets for everyone else, too"
_NAMED = "one constant, exception or model of it is named where the module is loaded"
IN_VAIN: Mapping[str, str] = {
    "tickets.dynamodb.calls": _WRITE,
    "tickets.labels": _WRITE,
    "directory.lookup": _CHAT,
    "tickets.draft": _CHAT,
    "tickets.permissions": _CHAT,
    "tickets.ticket_view": _NAMED,
    "tickets.messages": "changes are kept by the keys of messages",
    "directory.hooks": _NAMED,
    "directory.principal": _NAMED,
    "kernel.characters": _NAMED,
    "kernel.dynamodb.call": "the engine's; the publisher reads streams with the engine's values alone",
    "kernel.ports": _NAMED,
    "lists.dynamodb.totals": "what keeps counts loads it, and some need nothing else of counts",
}
"""Modules of ours that some function loads and does not use, and why. The fewer the better."""
PARSING = {"pydantic": "strict parsing, models of what is kept"}
TABLES = {"httptools": "answers of AWS"}
TOKENS = {"cryptography": "the signatures of tokens"}
LOGS = {"aws_lambda_powertools": "log lines and metrics", "botocore": "its first module, which Powertools looks at"}
PATCHES = {"jsonpatch": "JSON Patch, once one is asked for"}
LIBRARIES: Mapping[str, Mapping[str, str]] = {
    "docs": LOGS,
    "tickets": LOGS | PARSING | TABLES | TOKENS | PATCHES,
    **dict.fromkeys(("bulk", "calls", "messages", "summary", "changes", "directory"), LOGS | PARSING | TABLES | TOKENS),
    **dict.fromkeys(("webchat", "recordings", "indexer", "publisher", "worker"), LOGS | PARSING | TABLES),
}
"""What a function loads that is large and not Python's own, and for what."""
WATCHED = {
    "aws_lambda_powertools",
    "boto3",
    "botocore",
    "cryptography",
    "httptools",
    "jsonpatch",
    "pydantic",
    "s3transfer",
    "urllib3",
}


@dataclass(frozen=True)
class Loaded:
    """Names what a function had loaded after its first requests: modules of ours in vain, and libraries."""

    in_vain: frozenset[str]
    libraries: frozenset[str]


@pytest.fixture(scope="module")
def loaded() -> Mapping[str, Loaded]:
    """Each function's first requests, in a process of its own, to tables that no other function changes meanwhile."""
    with ThreadPoolExecutor(2) as processes:
        return dict(zip(FUNCTIONS, processes.map(_loaded, FUNCTIONS), strict=True))


def _loaded(function: str) -> Loaded:
    with deployment() as environment:
        return _started(function, environment)


def _started(function: str, environment: dict[str, str]) -> Loaded:
    events = [request.event() for request in REQUESTS if request.function == function]
    started = [sys.executable, "-c", START, function]
    ran = subprocess.run(
        started, input=json.dumps(events), env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout.splitlines()[-1])
    assert all(map(is_answered, said["answers"])), said["answers"]
    unused = set(said["loaded"]) - reached(said["ran"])
    in_vain = {name.removeprefix("ticketing.") for name in unused if name.startswith("ticketing.")}
    return Loaded(frozenset(in_vain), frozenset(WATCHED & set(said["libraries"])))


def is_answered(answer: Any) -> bool:
    return answer is None or (answer.get("statusCode", 200) < 405 and not answer.get("batchItemFailures"))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_loads_the_libraries_that_it_has_reason_to(loaded: Mapping[str, Loaded], function: str) -> None:
    assert loaded[function].libraries == LIBRARIES[function].keys()


def test_no_module_of_ours_is_loaded_in_vain_but_those_that_are_listed(loaded: Mapping[str, Loaded]) -> None:
    assert set().union(*(each.in_vain for each in loaded.values())) == IN_VAIN.keys()
