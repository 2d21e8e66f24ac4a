"""The demo world in the tables of a first run, written by the bundle's own stores."""

import json
import os
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
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


def load_world(tables: Mapping[str, str], bucket: str, port: int) -> None:
    """Writes the directory, the recording, the tickets and the messages of every demo customer."""
    print("Loading the demo world …", flush=True)
    engine = Engine(aws.client("dynamodb", port))
    _load_recording(DynamoCallStore(engine, tables["calls"]), bucket, port)
    store = DynamoTicketStore(engine, tables["tickets"], tables["messages"], tables["calls"], tables["ephemera"])
    people = DynamoDirectory(engine, tables["directory"])
    now = datetime.now(UTC)
    for customer in map(Customer.model_validate, directory()):
        people.load(_with_hook(customer, os.environ.get("HOOK_URL")))
        for fields in tickets(customer.customerID, now):
            _load_ticket(store, customer.customerID, fields)


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
    """How many tickets the API counts."""
    url = f"http://{HOST}:{port}/api/Tickets?includeFollowUp=true&pageSize=1"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as reply:  # noqa: S310
        return int(json.load(reply)["totalCount"])


def _load_ticket(store: DynamoTicketStore, customer_id: int, fields: dict[str, Any]) -> None:
    """The ticket as it is after all its messages, each of which is kept in one transaction with it."""
    keys = {"customerID": customer_id, "ticketID": store.next_id(customer_id)}
    written = fields.pop("messages")
    messages = [Message.model_validate({**keys, "messageID": n, **message}) for n, message in enumerate(written, 1)]
    ticket = Ticket.model_validate(
        {**fields, **keys, "token": str(uuid4()), "lastMessageID": 1, "lastEndUserMessageID": 1}
    )
    store.create(ticket, messages[0])
    for message in messages[1:]:
        before = ticket
        ticket = ticket.model_copy(update={"version": before.version + 1, "lastMessageID": message.messageID})
        store.replace(before, ticket, message)
