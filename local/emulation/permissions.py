"""Permit batches to whoever may do the single thing: the emulator asks for permissions such as `sqs:SendMessageBatch`,
which AWS does not know.

Remove when the emulator asks for `sqs:SendMessage` there.
"""

from importlib import import_module
from typing import Any


def permit_batches() -> None:
    """Let whoever may do a thing to a queue do a batch of it."""
    actions: Any = import_module("ministack.core.iam_actions")
    extract = actions.extract_iam_action

    def extract_one(*request: Any) -> str | None:
        action: str | None = extract(*request)
        return action.removesuffix("Batch") if action and action.startswith("sqs:") else action

    actions.extract_iam_action = extract_one
