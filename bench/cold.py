"""Counts the instructions of a function's start and first request: `python -m bench.cold [NAME ...]`.

Each runs in a process of its own out of the built bundle, with the layers and nothing else, on an engine over HTTP,
with a token checked by RS256. Instructions are those of user space, as valgrind counts them, so that other work on the
machine changes little. Beside them, in the same run, the typical function of `bench/typical` is measured: it reads one
ticket, and every row says its share of that. NAME is a part of the names to be measured, such as `tickets/list`.
Prints a table.
"""

import compileall
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.command import command_line
from bench.packages import require, require_typical
from bundle.building import built, machine_architecture
from bundle.places import BUILD, ROOT
from tests.first_requests import REQUESTS, FirstRequest, deployment
from tests.gateway import an_event

START = """
import json, sys, time
from importlib import import_module
class Context:
    aws_request_id, function_name, function_version = "request", "function", "1"
    memory_limit_in_mb, invoked_function_arn = 1024, "arn:aws:lambda:eu-west-1:123456789012:function:function"
    def get_remaining_time_in_millis(self):
        return 20_000
monotonic = time.monotonic
time.monotonic = lambda: monotonic() / 100
with open(sys.argv[1]) as file:
    event = json.load(file)
print(json.dumps(import_module("app").lambda_handler(event, Context())))
"""
"""The process: its clock is slow, for valgrind makes everything else some fifty times as slow."""
COUNTER = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
TYPICAL = ROOT / "bench" / "typical"
TRACED = {
    "LAMBDA_TASK_ROOT": "/var/task",
    "_X_AMZN_TRACE_ID": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
}
"""Settings that make a tracer trace."""


def main() -> None:
    """Measure, and print a line for each request as it is done."""
    parser = command_line(__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = parser.parse_args().names
    require("valgrind")
    with built(machine_architecture()), deployment() as environment:
        typical = _typical(environment).millions(an_event("GET", "/api/Tickets/1"))
        print(
            f"| request | M instructions | of typical |\n|---|---|---|\n| typical GET | {typical:,.0f} | 1 |",
            flush=True,
        )
        for request in REQUESTS:
            if not names or any(name in str(request) for name in names):
                millions = _bundled(request, environment).millions(request.event())
                print(f"| {request} | {millions:,.0f} | {millions / typical:.2f} |", flush=True)


@dataclass(frozen=True)
class Start:
    """The start of a function, app.py on the path of its environment, in an interpreter."""

    python: str
    environment: Mapping[str, str]

    def millions(self, event: Mapping[str, Any]) -> float:
        """Return the instructions (M) of starting and answering an event; raises ChildProcessError if it is refused."""
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(event, file)
            file.flush()
            process = [*COUNTER, self.python, "-c", START, file.name]
            ran = subprocess.run(process, env=self.environment, capture_output=True, text=True, check=False)
        counted = COUNTED.search(ran.stderr)
        if ran.returncode or not counted or not _is_answered(json.loads(ran.stdout.splitlines()[-1])):
            raise ChildProcessError(f"{self.environment['PYTHONPATH']}: {ran.stdout[-2000:]} {ran.stderr[-2000:]}")
        return int(counted[1].replace(",", "")) / 1e6


def _bundled(request: FirstRequest, environment: Mapping[str, str]) -> Start:
    """Return the start of a function of the bundle, in an interpreter with nothing installed."""
    folders = (BUILD / f"{request.function.title()}Function", BUILD / "Ticketing/python", BUILD / "Dependencies/python")
    return Start(sys._base_executable, _with_path(environment, *folders))  # type: ignore[attr-defined]


def _typical(environment: Mapping[str, str]) -> Start:
    """Return the start of the typical function, compiled, in an environment of the libraries that it imports."""
    compileall.compile_dir(TYPICAL, quiet=1)
    home = require_typical()
    compileall.compile_dir(home / "lib", quiet=2)
    return Start(str(home / "bin" / "python"), {**_with_path(environment, TYPICAL), **TRACED})


def _with_path(environment: Mapping[str, str], *folders: Path) -> dict[str, str]:
    path = os.pathsep.join(map(str, folders))
    return {**environment, "PYTHONPATH": path, "AWS_LAMBDA_FUNCTION_NAME": "function"}


def _is_answered(answer: Mapping[str, Any] | None) -> bool:
    return answer is None or (
        answer.get("statusCode", 200) in (*range(400), 404) and not answer.get("batchItemFailures")
    )


if __name__ == "__main__":
    main()
