"""Write queues down at every change, and keep their addresses: the emulator writes them down only when it stops
cleanly, and looks for a kept queue under the address that a new one would have, which another port changes.

Remove when the emulator's messages survive a kill, and its queues another GATEWAY_PORT.
"""

import threading
from importlib import import_module
from typing import Any

READS = ("Get", "List", "Receive")
GUARD = threading.Lock()
"""Held while the queues are written down."""


def keep_messages() -> None:
    """Write the queues down before a change of them is acknowledged, and when a function is done with messages."""
    queues: Any = import_module("ministack.services.sqs")
    dispatch, delete = queues._dispatch, queues._delete_messages_for_esm

    async def dispatch_and_keep(action: str, *request: Any) -> Any:
        result = await dispatch(action, *request)
        if not action.startswith(READS):
            keep()
        return result

    def delete_and_keep(*messages: Any) -> None:
        delete(*messages)
        keep()

    queues._dispatch, queues._delete_messages_for_esm = dispatch_and_keep, delete_and_keep


def keep() -> None:
    """Write the queues down."""
    queues: Any = import_module("ministack.services.sqs")
    persistence: Any = import_module("ministack.core.persistence")
    with GUARD:
        persistence.save_state("sqs", queues.get_state())


def keep_addresses() -> None:
    """Find a queue by its name under the address that it was made with."""
    queues: Any = import_module("ministack.services.sqs")
    address_of_new = queues._queue_url
    queues._queue_url = lambda name: queues._queue_name_to_url.get(name) or address_of_new(name)
