"""Let calls wait for their turn: the emulator starts a process for every concurrent call, and two cores start fifty of
them much more slowly than a few answer fifty calls.

Remove when the emulator has a limit of workers at which calls wait instead of being refused.
"""

import threading
from collections import defaultdict
from importlib import import_module
from typing import Any


def take_turns(at_once: int) -> None:
    """Let no more than `at_once` calls of one function run at the same time."""
    functions: Any = import_module("ministack.services.lambda_svc")
    execute = functions._execute_function_warm
    turns: defaultdict[str, threading.BoundedSemaphore] = defaultdict(lambda: threading.BoundedSemaphore(at_once))
    guard = threading.Lock()

    def execute_in_turn(function: Any, event: Any, request_id: str) -> Any:
        with guard:
            turn = turns[(function.get("config") or function)["FunctionName"]]
        with turn:
            return execute(function, event, request_id)

    functions._execute_function_warm = execute_in_turn
