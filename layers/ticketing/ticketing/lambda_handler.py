"""Answers Lambda's events with the application that the environment's settings describe.

`lambda_handler = LambdaHandler(handle)` in a function's app.py calls `handle(application, event, context)`.
"""

from __future__ import annotations

import gc
from functools import cache
from typing import TYPE_CHECKING, Any

from ticketing.application import Application

if TYPE_CHECKING:
    from collections.abc import Callable

type Handle = Callable[[Application, dict[str, Any], Any], Any]
"""Answers an event, given the application and the Lambda context."""


class LambdaHandler:
    """A handler as Lambda calls it; the deployment's application is made at the first event."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        """Answer an event."""
        try:
            return self.handle(deployed(), event, context)
        finally:
            _end_start()


@cache
def _end_start() -> None:
    """Switch the garbage collector on, but leave out what the start and the first event made: it stays for good."""
    gc.freeze()
    gc.enable()


@cache
def deployed() -> Application:
    """Return the application that the environment's settings describe, made when first asked for."""
    from ticketing.adapters import Adapters
    from ticketing.settings import Settings

    return Application(Adapters(Settings.of_environment()))
