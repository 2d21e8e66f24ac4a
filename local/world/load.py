"""The demo world in the tables of a first run, written by the bundle's own stores."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from local import aws
from local.identity import rep_token
from local.places import State
from local.recordings import put_recording
from local.server import HOST
from local.world import HERE, directory
from local.world.tickets import ACME, RECORDED_CALL, tickets
from ticketing.calls.call import Recording
from ticketing.calls.dynamodb import DynamoCallStore
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.hooks import ActionType
from ticketing.directory.model import Customer
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket

WRITERS = 8
"""Tickets whose messages are written at the same time."""


def load_world(state: State, tables: Mapping[str, str], bucket: str, port: int) -> None:
    """Writes the directory, the recording, the tickets and the messages of every demo customer."""
    print("Loading the demo world …", flush=True)
    url = state.engine.read_text() if state.engine.exists() else aws.endpoint(port)
    engine = Engine(aws.client("dynamodb", url))
    _load_recording(DynamoCallStore(engine, tables["calls"]), bucket, port)
    store = DynamoTicketStore(engine, tables["tickets"], tables["messages"], tables["calls"], tables["ephemera"])
    people = DynamoDirectory(engine, tables["directory"])
    now = datetime.now(UTC)
    for customer in map(Customer.model_validate, directory()):
        people.load(_with_hook(customer, os.environ.get("HOOK_URL")))
        created = [_create_ticket(store, customer.customerID, fields) for fields in tickets(customer.customerID, now)]
        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(lambda ticket: _add_messages(store, *ticket), created))


def _with_hook(customer: Customer, url: str | None) -> Customer:
    """The customer, whose calls go to `url` where there is one."""
    calls = {"url": url, "active": True} if url else {}
    actions = [
        action.model_copy(update=calls) if action.type is ActionType.ApiCall else action for action in customer.actions
    ]
    return customer.model_copy(update={"actions": actions})


def _load_recording(calls: DynamoCallStore, bucket: str, port: int) -> None:
    """The recording is noted here too: nobody waits for the function that S3 tells of it."""
    put_recording(bucket, port, ACME, RECORDED_CALL, HERE / f"recordings/{RECORDED_CALL}.mp3")
    calls.record(Recording(ACME, RECORDED_CALL, "mp3"))


def is_listed(state: State, port: int) -> bool:
    """Whether the API lists every ticket: what follows the tables' streams may still be on its way."""
    return all(
        _listed(port, rep_token(state, customer["customerID"], customer["reps"][0]["repID"], lifetime=60))
        >= len(tickets(customer["customerID"], datetime.now(UTC)))
        for customer in directory()
    )


def _listed(port: int, token: str) -> int:
    """How many tickets the API counts; none while it is too busy to say."""
    url = f"http://{HOST}:{port}/api/Tickets?includeFollowUp=true&pageSize=1"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request) as reply:  # noqa: S310
            return int(json.load(reply)["totalCount"])
    except urllib.error.HTTPError as refused:
        if refused.code != HTTPStatus.SERVICE_UNAVAILABLE:
            raise
        return 0


def _create_ticket(store: DynamoTicketStore, customer_id: int, fields: dict[str, Any]) -> tuple[Ticket, list[Message]]:
    """The ticket as it begins, and the messages that follow its first."""
    keys = {"customerID": customer_id, "ticketID": store.next_id(customer_id)}
    written = fields.pop("messages")
    messages = [Message.model_validate({**keys, "messageID": n, **message}) for n, message in enumerate(written, 1)]
    ticket = Ticket.model_validate(
        {**fields, **keys, "token": str(uuid4()), "lastMessageID": 1, "lastEndUserMessageID": 1}
    )
    store.create(ticket, messages[0])
    return ticket, messages[1:]


def _add_messages(store: DynamoTicketStore, ticket: Ticket, messages: list[Message]) -> None:
    """The ticket as it is after all its messages, each of which is kept in one transaction with it."""
    for message in messages:
        before = ticket
        ticket = ticket.model_copy(update={"version": before.version + 1, "lastMessageID": message.messageID})
        store.replace(before, ticket, message)
