"""What is written of the operations, by route."""

from description.operation import Operation
from description.operations import bulk, calls, history, messages, service, tickets, webchat

TAGS = {
    "Tickets": "Conversations with end users, one ticket each: list, read, create, change, delete.",
    "Messages": "What was said in a ticket.",
    "Calls": "Tickets that are phone calls: take them, hear them.",
    "Webchat": "What a widget on a customer's own site uses, without a token.",
    "Service": "The API itself.",
}
"""The groups of operations, in the order in which readers meet them."""

OPERATIONS: dict[str, Operation] = {
    **tickets.OPERATIONS,
    **bulk.OPERATIONS,
    **history.OPERATIONS,
    **calls.OPERATIONS,
    **webchat.OPERATIONS,
    **messages.OPERATIONS,
    **service.OPERATIONS,
}
