"""Wait for each call in one kept thread: the emulator starts two threads for a call, and reads the function's log in
another, for which it waits 5 to 50 ms.

Remove when one kept thread waits for a call, and the end of its log is known.
"""

import asyncio
import json
import os
import select
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from importlib import import_module
from typing import Any

AT_ONCE = 1000
"""Calls at once at most, as on AWS; each waits in a thread, which then waits for the next."""
CHUNK = 1 << 16
"""Bytes that a pipe holds."""


class Conversation:
    """Reads the output of a function during one call; the last line of its standard output is the answer."""

    def __init__(self, output: int, log: int) -> None:
        self._output, self._log = output, log
        self._said = {output: bytearray(), log: bytearray()}
        self._open = set(self._said)
        self._poll = select.poll()
        for pipe in self._said:
            self._poll.register(pipe, select.POLLIN)

    @property
    def log(self) -> str:
        """Return what it has written to its log."""
        return self._said[self._log].decode(errors="replace").rstrip("\n")

    def answer(self, timeout: float) -> Any:
        """Wait for the answer, and take the log up to it, which was written before. Raises TimeoutError, EOFError."""
        deadline = time.monotonic() + timeout
        while not (answer := self._answer()):
            left = deadline - time.monotonic()
            if not self._open:
                raise EOFError
            if left <= 0:
                raise TimeoutError
            self.hear(left)
        while self._open and self.hear(0):
            pass
        return answer

    def hear(self, patience: float) -> bool:
        """Take what is there, or comes within so many seconds; return False where nothing does."""
        ready = self._poll.poll(patience * 1000)
        for pipe, _ in ready:
            chunk = os.read(pipe, CHUNK)
            self._said[pipe] += chunk
            if not chunk:
                self._poll.unregister(pipe)
                self._open.discard(pipe)
        return bool(ready)

    def _answer(self) -> Any:
        output = self._said[self._output]
        if not output.endswith(b"\n"):
            return None
        last = output.splitlines()[-1]
        return json.loads(last) if last.startswith(b'{"status": ') else None


def wait_in_one_thread() -> None:
    """Let each call wait for its function's process in one thread of a pool."""
    runtime: Any = import_module("ministack.core.lambda_runtime")
    gateway: Any = import_module("ministack.services.apigateway")
    threads = ThreadPoolExecutor(AT_ONCE)

    async def run(call: Callable[..., Any], *arguments: Any, **_: Any) -> Any:
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(threads, context.run, call, *arguments)

    gateway.run_reentrant = run
    runtime.Worker._read_stderr = lambda _: None
    runtime.Worker.invoke = invoke


def invoke(worker: Any, event: Any, request_id: str, **context: Any) -> dict[str, Any]:
    """Return what a function's process, started where it does not run, answers to an event, and its log."""
    with worker._lock:
        is_cold = worker._proc is None or worker._proc.poll() is not None
        if is_cold:
            worker._spawn()
        context |= {"request_id": request_id, "durable": context.get("durable") or {}}
        conversation = Conversation(worker._proc.stdout.fileno(), worker._proc.stderr.fileno())
        answer: dict[str, Any] = _answer(worker, conversation, json.dumps({"event": event, "ctx": context}) + "\n")
        if answer["status"] != "ok":
            _end(worker)
        return answer | {"cold_start": is_cold, "log": conversation.log}


def _answer(worker: Any, conversation: Conversation, call: str) -> Any:
    seconds = worker.config.get("Timeout", 30)
    try:
        worker._proc.stdin.write(call)
        worker._proc.stdin.flush()
        return conversation.answer(seconds)
    except TimeoutError:
        return {"status": "error", "error": f"Task timed out after {seconds}.00 seconds"}
    except (EOFError, OSError):
        return {"status": "error", "error": "Worker process died"}


def _end(worker: Any) -> None:
    runtime: Any = import_module("ministack.core.lambda_runtime")
    runtime.kill_workers([worker])
