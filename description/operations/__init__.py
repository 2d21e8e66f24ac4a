"""Tells of each operation what neither its route nor its handler tells, in one module for each group of them."""

from itertools import chain

from description.operation import Operation
from description.operations import calls, changes, directory, docs, messages, tickets, webchat
from ticketing.http.routes import Route

TAG_OF = {
    "messages": "Messages",
    "changes": "Changes",
    "calls": "Calls",
    "webchat": "Webchat",
    "directory": "Directory",
    "docs": "Service",
}
"""The group of each function's operations; `Tickets` where none is named."""

OPERATIONS: dict[Route, Operation] = dict(
    chain.from_iterable(
        module.OPERATIONS.items() for module in (tickets, calls, webchat, messages, directory, changes, docs)
    )
)
