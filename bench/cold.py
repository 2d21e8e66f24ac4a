"""What a function's start and first request take, in instructions: `python -m bench.cold [NAME ...]`.

Each runs in a process of its own, on an engine over HTTP, with a token checked by RS256 and everything compiled
before; instructions are those of user space, as valgrind counts them, so that other work on the machine changes little.
NAME is a part of the names to be measured, such as `tickets/list`. `--typical APP` measures the function in another
app.py beside them: it is asked for one ticket. `--python` names the interpreter, such as that of an environment with
the layer's libraries and nothing else: what a tracer finds installed, it loads. Prints a table.
"""

import argparse
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

from tests.first_requests import REQUESTS, deployment
from tests.gateway import an_event
from tests.tables import ROOT

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
with open(sys.argv[2]) as file:
    event = json.load(file)
print(json.dumps(import_module(sys.argv[1]).lambda_handler(event, Context())))
"""
"""The process: its clock is slow, for valgrind makes everything else some fifty times as slow."""
COUNTER = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


def main() -> None:
    """Measures, and prints a line for each request as it is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--typical", type=Path, metavar="APP")
    parser.add_argument("--python", default=sys.executable, metavar="PYTHON")
    chosen = parser.parse_args()
    compileall.compile_dir(ROOT / "functions", quiet=1)
    compileall.compile_dir(ROOT / "layers" / "ticketing", quiet=1)
    print("| request | M instructions |\n|---|---|")
    with deployment() as environment:
        if chosen.typical:
            typical = Start(chosen.python, _beside(environment, chosen.typical), chosen.typical.stem)
            print(f"| typical GET | {typical.millions(an_event('GET', '/api/Tickets/1')):,.0f} |", flush=True)
        for request in REQUESTS:
            if not chosen.names or any(name in str(request) for name in chosen.names):
                start = Start(chosen.python, environment, f"functions.{request.function}.app")
                print(f"| {request} | {start.millions(request.event()):,.0f} |", flush=True)


@dataclass(frozen=True)
class Start:
    """The start of a function: the interpreter, its environment, the module with the handler."""

    python: str
    environment: Mapping[str, str]
    module: str

    def millions(self, event: Mapping[str, Any]) -> float:
        """Return the instructions (M) of starting and answering an event; raises ChildProcessError if it is refused."""
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(event, file)
            file.flush()
            process = [*COUNTER, self.python, "-c", START, self.module, file.name]
            ran = subprocess.run(process, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        counted = COUNTED.search(ran.stderr)
        if ran.returncode or not counted or not _is_answered(json.loads(ran.stdout.splitlines()[-1])):
            raise ChildProcessError(f"{self.module} failed: {ran.stdout[-2000:]} {ran.stderr[-2000:]}")
        return int(counted[1].replace(",", "")) / 1e6


def _is_answered(answer: Mapping[str, Any] | None) -> bool:
    return answer is None or (
        answer.get("statusCode", 200) in (*range(400), 404) and not answer.get("batchItemFailures")
    )


def _beside(environment: Mapping[str, str], app: Path) -> dict[str, str]:
    path = os.pathsep.join((str(app.resolve().parent), environment["PYTHONPATH"]))
    trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
    return {**environment, "PYTHONPATH": path, "XRAY": "1", "LAMBDA_TASK_ROOT": "/var/task", "_X_AMZN_TRACE_ID": trace}


if __name__ == "__main__":
    main()
