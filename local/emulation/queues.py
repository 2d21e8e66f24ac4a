"""A queue keeps what was put into it however the emulator ends, and its address when the next run has another port.

The emulator writes queues down only when it stops cleanly. It would look for a kept queue under the address that a new
one would have, not find it, and never call the function that is mapped to it.
"""

import threading
from importlib import import_module
from typing import Any

READS = ("Get", "List", "Receive")


def keep_messages() -> None:
    """Writes the queues down before a change of them is acknowledged, and when a function is done with messages."""
    queues: Any = import_module("ministack.services.sqs")
    persistence: Any = import_module("ministack.core.persistence")
    dispatch, delete = queues._dispatch, queues._delete_messages_for_esm
    guard = threading.Lock()

    def keep() -> None:
        with guard:
            persistence.save_state("sqs", queues.get_state())

    async def dispatch_and_keep(action: str, *request: Any) -> Any:
        result = await dispatch(action, *request)
        if not action.startswith(READS):
            keep()
        return result

    def delete_and_keep(*messages: Any) -> None:
        delete(*messages)
        keep()

    queues._dispatch, queues._delete_messages_for_esm, queues.keep = dispatch_and_keep, delete_and_keep, keep


def keep_addresses() -> None:
    """Finds a queue by its name under the address that it was made with."""
    queues: Any = import_module("ministack.services.sqs")
    address_of_new = queues._queue_url

    def address(name: str) -> str:
        kept: str | None = queues._queue_name_to_url.get(name)
        return kept or address_of_new(name)

    queues._queue_url = address


def read_numbers() -> None:
    """Take the concurrency of a queue's mapping as a number: a parameter's value reaches the emulator as text, on which
    its poller fails."""
    functions: Any = import_module("ministack.services.lambda_svc")
    concurrency = functions._sqs_esm_concurrency

    def concurrency_in_numbers(mapping: dict[str, Any], *others: Any) -> int:
        scaling = {name: int(value) for name, value in (mapping.get("ScalingConfig") or {}).items()}
        allowed: int = concurrency({**mapping, "ScalingConfig": scaling}, *others)
        return allowed

    functions._sqs_esm_concurrency = concurrency_in_numbers
