"""Whole tables, scanned page by page: for an operator's command only. No function has the right to do this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ticketing.lists.postings import Posting
from ticketing.tickets.dynamodb import messages
from ticketing.tickets.dynamodb.stored import COUNTER, from_item

if TYPE_CHECKING:
    from ticketing.kernel.dynamodb.engine import Engine
    from ticketing.tickets.messages import Message
    from ticketing.tickets.model import Ticket


@dataclass(frozen=True)
class DynamoWholeTables:
    """WholeTables of DynamoDB. Strongly consistent; what is written meanwhile may be missing."""

    engine: Engine
    tickets_table: str
    messages_table: str
    search_table: str
    calls_table: str

    def tickets(self) -> Iterator[Sequence[Ticket]]:
        """Read a megabyte at a time."""
        for page in self._scan(self.tickets_table):
            yield [from_item(item) for item in page if item["ticketID"] != COUNTER]

    def messages(self) -> Iterator[Sequence[Message]]:
        """Read a megabyte at a time."""
        for page in self._scan(self.messages_table):
            yield [messages.message_in(item) for item in page]

    def postings(self) -> Iterator[Sequence[Posting]]:
        """Read a megabyte at a time."""
        for page in self._scan(self.search_table):
            yield [_posting(item) for item in page]

    def calls(self) -> Iterator[Mapping[tuple[int, int], str]]:
        """Read a megabyte at a time."""
        for page in self._scan(self.calls_table):
            yield {(item["customerID"], item["ticketID"]): item["callSid"] for item in page if "ticketID" in item}

    def sizes(self) -> Mapping[str, int]:
        """Ask DynamoDB, which counts every six hours or so."""
        named = {
            "tickets": self.tickets_table,
            "messages": self.messages_table,
            "postings": self.search_table,
            "calls": self.calls_table,
        }
        replies = {name: self.engine.call("describe_table", TableName=table) for name, table in named.items()}
        return {name: int(reply["Table"]["ItemCount"]) for name, reply in replies.items()}

    def _scan(self, table: str) -> Iterator[list[dict[str, Any]]]:
        return self.engine.pages("scan", {"TableName": table, "ConsistentRead": True})


def _posting(item: Mapping[str, Any]) -> Posting:
    word, ticketID, source = item["entry"].split("#")
    return Posting(int(item["customerPrefix"].split("#")[0]), word, int(ticketID), source)
