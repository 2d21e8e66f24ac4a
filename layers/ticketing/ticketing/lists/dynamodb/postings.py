"""The Search table: a posting per word and source, `refund#<ticketID>#s` in the partition of the word's beginning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Any

from ticketing.kernel.dynamodb.engine import WRITE_BATCH, Engine
from ticketing.kernel.text import Term, posting_prefix

if TYPE_CHECKING:
    from ticketing.lists.postings import Posting

CHUNK = 500
"""Postings asked for in a first query: about 25 KB, 3 read units."""
LARGEST_CHUNK = 8_000
"""Postings asked for in one query; about 500 KB, under the 1 MB at which DynamoDB ends a page itself."""


@dataclass(frozen=True)
class DynamoSearchIndex:
    """A SearchIndex of a DynamoDB table."""

    engine: Engine
    table: str
    executor: Callable[[], Executor]

    def write(self, postings: Mapping[Posting, bool]) -> None:
        """Write a unit per posting; batches of 25 at the same time."""
        requests = [self._request(posting, is_there) for posting, is_there in postings.items()]
        batches = batched(requests, WRITE_BATCH, strict=False)
        for _ in self.executor().map(lambda batch: self.engine.batch_write(self.table, batch), batches):
            pass  # the results are asked for, so that a failure is raised

    def tickets(self, customerID: int, term: Term) -> Iterator[int]:
        """Read a word's postings in the order of tickets, eventually consistent; chunks grow as it goes on."""
        query = self._query(customerID, term.text, term.text if term.is_prefix else f"{term.text}#")
        chunk = CHUNK
        while True:
            reply = self.engine.call("query", **query, Limit=chunk)
            yield from (_ticketID(item["entry"]["S"]) for item in reply["Items"])
            if "LastEvaluatedKey" not in reply:
                return
            query["ExclusiveStartKey"] = reply["LastEvaluatedKey"]
            chunk = min(2 * chunk, LARGEST_CHUNK)

    def has(self, customerID: int, word: str, ticketID: int) -> bool:
        """Read half a unit, eventually consistent."""
        reply = self.engine.call("query", **self._query(customerID, word, _beginning(word, ticketID)), Limit=1)
        return bool(reply["Items"])

    def _query(self, customerID: int, word: str, beginning: str) -> dict[str, Any]:
        values = {":partition": _partition(customerID, word), ":beginning": beginning}
        return {
            "TableName": self.table,
            "KeyConditionExpression": "customerPrefix = :partition AND begins_with(entry, :beginning)",
            "ExpressionAttributeValues": self.engine.typed(values),
            "ProjectionExpression": "entry",
        }

    def _request(self, posting: Posting, is_there: bool) -> dict[str, Any]:
        key = self.engine.typed(
            {
                "customerPrefix": _partition(posting.customerID, posting.word),
                "entry": f"{_beginning(posting.word, posting.ticketID)}{posting.source}",
            }
        )
        return {"PutRequest": {"Item": key}} if is_there else {"DeleteRequest": {"Key": key}}


def _partition(customerID: int, word: str) -> str:
    return f"{customerID}#{posting_prefix(word)}"


def _beginning(word: str, ticketID: int) -> str:
    return f"{word}#{ticketID:016d}#"


def _ticketID(entry: str) -> int:
    return int(entry.split("#")[1])
