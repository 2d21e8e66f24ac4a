"""The demo data in the tables of a first run, written by the bundle's own stores."""

import json
import os
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError
from uuid import uuid4

from local import aws
from local.demo import ACME, HERE, RECORDED_CALL, directory, tickets
from local.identity import rep_token
from local.places import State
from local.recordings import put_recording
from local.server import HOST, PATIENCE
from ticketing.calls.call import Recording
from ticketing.calls.dynamodb import DynamoCallStore
from ticketing.directory.author import SYSTEM
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.model import Customer
from ticketing.kernel.aws.client import JsonClient
from ticketing.kernel.aws.services import DYNAMODB
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.tickets.dynamodb.tickets import DynamoTicketStore
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket
from ticketing.tickets.ports import TicketStore

WRITERS = 8
"""Tickets that are written at the same time."""


def load_world(state: State, tables: Mapping[str, str], bucket: str, port: int) -> None:
    """Write the directory, the recording, the tickets and the messages of every demo customer."""
    print("Loading the demo data …", flush=True)
    url = state.engine.read_text() if state.engine.exists() else aws.endpoint(port)
    engine = Engine(JsonClient(DYNAMODB, url, aws.REGION, patience=30))
    put_recording(bucket, port, ACME, RECORDED_CALL, HERE / f"recordings/{RECORDED_CALL}.mp3")
    # noted here too: nobody waits for the function that S3 tells of it
    DynamoCallStore(engine, tables["calls"], tables["tickets"]).record(Recording(ACME, RECORDED_CALL, "mp3"))
    store = DynamoTicketStore(engine, tables["tickets"], tables["messages"], tables["calls"], tables["ephemera"])
    people = DynamoDirectory(engine, tables["directory"])
    now = datetime.now(UTC)
    for customer in directory():
        people.load(_with_hook(customer, os.environ.get("HOOK_URL")))
        number = customer["customerID"]
        new = [{"customerID": number, "ticketID": store.next_id(number), **each} for each in tickets(number, now)]
        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(lambda fields: written(store, fields), new))


def _with_hook(customer: dict[str, Any], url: str | None) -> Customer:
    """Return the customer, whose calls of hooks go to `url` where there is one."""
    calls = {"url": url, "active": True} if url else {}
    actions = [action | calls if action["type"] == "ApiCall" else action for action in customer.get("actions", [])]
    return Customer.model_validate(customer | {"actions": actions})


def written(store: TicketStore, fields: dict[str, Any]) -> tuple[Ticket, list[Message]]:
    """Write a ticket with its first message, and each further message in one transaction with it; return them."""
    keys = {name: fields[name] for name in ("customerID", "ticketID")}
    messages = [
        Message.model_validate({**keys, "messageID": number, **message})
        for number, message in enumerate(fields.pop("messages"), 1)
    ]
    made = {"token": str(uuid4()), "changedBy": SYSTEM, "changedAt": fields["dateCreated"]}
    first = {"lastMessageID": 1, "lastEndUserMessageID": 1, "lastDirection": messages[0].direction.value}
    ticket = Ticket.model_validate({**fields, **made, **first})
    store.create(ticket, messages[0])
    for message in messages[1:]:
        before = ticket
        ticket = ticket.next_version(SYSTEM, message.dateCreated)
        last = {"lastMessageID": message.messageID, "lastDirection": message.direction.value}
        ticket = ticket.model_copy(update=last)
        store.replace(before, ticket, message)
    return ticket, messages


def is_listed(state: State, port: int) -> bool:
    """Tell whether the API lists every ticket: what follows the tables' streams may still be on its way."""
    now = datetime.now(UTC)
    return all(
        _count(port, rep_token(state, customer["customerID"], customer["reps"][0]["repID"], lifetime=60))
        >= len(tickets(customer["customerID"], now))
        for customer in directory()
    )


def _count(port: int, token: str) -> int:
    """Return how many tickets the API counts; none while it is too busy to say."""
    url = f"http://{HOST}:{port}/api/Tickets?includeFollowUp=true&pageSize=1"
    asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as reply:  # noqa: S310 - our own http address
            return int(json.load(reply)["totalCount"])
    except HTTPError as refused:
        if refused.code != 503:
            raise
    except OSError:
        pass  # whoever waits looks whether the emulator has ended
    return 0
