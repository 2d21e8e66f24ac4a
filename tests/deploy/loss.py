"""Tables of a stack that are remembered, lose something, and are restored."""

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from deploy.restore.command import add_options, restore
from tests.backends import directory_on
from tests.builders import ACME, a_ticket
from tests.engines import Tables
from tests.fakes import InlineExecutor
from tests.tables import create_tables
from tests.tickets.stored import a_message, changed
from ticketing.adapters import Adapters
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.kernel.dynamodb.engine import Item
from ticketing.tickets.dynamodb.stored import COUNTER
from ticketing.tickets.model import Ticket

BEFORE = "before"
COPIED = ("directory", "calls", "tickets", "messages", "history", "lessons")
CONVERSATION = 2


@dataclass(frozen=True)
class Live:
    """The tables that serve, and the adapters by which they are written."""

    tables: Tables
    adapters: Adapters

    @property
    def directory(self) -> DynamoDirectory:
        return directory_on(self.tables)

    def typed(self, item: Item) -> dict[str, Any]:
        """Return an item, or a key, as DynamoDB has it."""
        return self.adapters.dynamodb.typed(item)

    def scanned(self, role: str) -> list[Item]:
        pages = self.adapters.dynamodb.pages("scan", {"TableName": self.tables.names[role]})
        return sorted((item for page in pages for item in page), key=str)

    def everything(self) -> dict[str, list[Item]]:
        return {role: self.scanned(role) for role in COPIED}

    def remember(self) -> None:
        """Copy every table beside itself, as DynamoDB would restore it."""
        client = self.tables.boto3
        beside = create_tables(client, suffix=f"-{BEFORE}")
        for role in COPIED:
            for item in client.scan(TableName=self.tables.names[role])["Items"]:
                client.put_item(TableName=beside[role], Item=item)

    def restore(self, *options: str, source: tuple[str, str] = ("--from-suffix", BEFORE)) -> None:
        self.restore_asking(*options, "--yes", source=source)

    def restore_asking(self, *options: str, source: tuple[str, str] = ("--from-suffix", BEFORE)) -> None:
        parser = ArgumentParser()
        add_options(parser)
        arguments = parser.parse_args(["--stack", "s", *source, *options])
        restore(arguments, self.adapters, self.tables.boto3, InlineExecutor())

    def conversation(self, ticketID: int = 1, messages: int = CONVERSATION, **fields: Any) -> Ticket:
        """Keep a ticket with messages, and return it as it is kept."""
        ticket = a_ticket(ticketID=ticketID, **fields)
        self.adapters.tickets.create(ticket)
        for messageID in range(1, messages + 1):
            before, ticket = ticket, changed(ticket, lastMessageID=messageID)
            self.adapters.tickets.replace(before, ticket, a_message(ticket, messageID))
        return ticket

    def set_counter(self, last: int | None) -> None:
        """Have the customer's last ticketID be this one; None loses the counter."""
        table, key = self.tables.names["tickets"], {"customerID": ACME, "ticketID": COUNTER}
        if last is None:
            self.adapters.dynamodb.call("delete_item", TableName=table, Key=self.typed(key))
        else:
            item = self.typed(key | {"lastTicketID": last})
            self.adapters.dynamodb.call("put_item", TableName=table, Item=item)

    def delete(self, ticket: Ticket, cleaned_up: bool = True) -> None:
        self.adapters.tickets.delete(ticket)
        if cleaned_up:
            self.adapters.messages.delete(ticket.customerID, ticket.ticketID, 1, ticket.lastMessageID)
            if ticket.twilio_CallSid:
                self.adapters.calls.forget(ticket.customerID, ticket.ticketID, ticket.twilio_CallSid)

    def now(self, ticketID: int = 1, customerID: int = ACME) -> Ticket:
        found = self.adapters.tickets.get(customerID, ticketID)
        assert found
        return found
