"""A queue keeps its address when the next run has another port, and is read as fast as its mapping says.

The emulator would look for a kept queue under the address that a new one would have, not find it, and never call the
function that is mapped to it.
"""

from importlib import import_module
from typing import Any


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
