"""Tables of a stack that are remembered, lose something, and are restored."""

from argparse import ArgumentParser
from typing import Any

from cloud.restore.command import add_options, restore
from tests.builders import ACME, a_ticket
from tests.engines import Tables
from tests.fakes import InlineExecutor
from tests.tables import create_tables
from tests.tickets.stored import a_message, changed
from ticketing import wiring
from ticketing.kernel.dynamodb.engine import Item
from ticketing.tickets.model import Ticket

BEFORE = "before"
COPIED = ("directory", "calls", "tickets", "messages", "lessons")
CONVERSATION = 2


def scanned(name: str) -> list[Item]:
    engine = wiring.engine()
    return sorted((item for page in engine.pages("scan", {"TableName": name}) for item in page), key=str)


def everything(tables: Tables) -> dict[str, list[Item]]:
    return {role: scanned(tables.names[role]) for role in COPIED}


def remember(tables: Tables) -> None:
    """Copies every table beside itself, as DynamoDB would restore it."""
    beside = create_tables(tables.client, suffix=f"-{BEFORE}")
    for role in COPIED:
        for item in tables.client.scan(TableName=tables.names[role])["Items"]:
            tables.client.put_item(TableName=beside[role], Item=item)


def command(tables: Tables, *options: str, source: tuple[str, str] = ("--from-suffix", BEFORE)) -> None:
    parser = ArgumentParser()
    add_options(parser)
    arguments = parser.parse_args(["--stack", "s", *source, "--yes", *options])
    names = {f"{role.capitalize()}Table": name for role, name in tables.names.items()}
    outputs = {**names, "JobsQueue": "https://queue.example", "RecordingsBucket": "recordings"}
    restore(arguments, outputs, tables.client, InlineExecutor())


def conversation(ticketID: int = 1, messages: int = CONVERSATION, **fields: Any) -> Ticket:
    """A ticket with messages, as it is kept."""
    ticket = a_ticket(ticketID=ticketID, **fields)
    wiring.store().create(ticket)
    for messageID in range(1, messages + 1):
        before, ticket = ticket, changed(ticket, lastMessageID=messageID)
        wiring.store().replace(before, ticket, a_message(ticket, messageID))
    return ticket


def deleted(ticket: Ticket, cleaned_up: bool = True) -> None:
    wiring.store().delete(ticket)
    if cleaned_up:
        wiring.messages().delete(ticket.customerID, ticket.ticketID, 1, ticket.lastMessageID)
        if ticket.twilio_CallSid:
            wiring.calls().forget(ticket.customerID, ticket.twilio_CallSid)


def now(ticketID: int = 1, customerID: int = ACME) -> Ticket:
    found = wiring.store().get(customerID, ticketID)
    assert found
    return found
