"""A queue keeps its address when the next run has another port.

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
