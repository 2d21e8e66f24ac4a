"""The Search table: a posting per word and source, `refund#<ticketID>#s` in the partition of the word's beginning."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ticketing.adapters.dynamodb.engine import Engine, Item
from ticketing.domain.words import Term, bucket

CHUNK = 500
"""Postings asked for in one query: about 25 KB, 3 read units."""


@dataclass(frozen=True)
class DynamoSearchIndex:
    """A SearchIndex of a DynamoDB table."""

    engine: Engine
    table: str

    def put(self, customerID: int, ticketID: int, source: str, words: Collection[str]) -> None:
        """A write unit per word."""
        keys = (self.engine.typed(_posting(customerID, word, ticketID, source)) for word in words)
        self.engine.batch_write(self.table, ({"PutRequest": {"Item": key}} for key in keys))

    def remove(self, customerID: int, ticketID: int, source: str, words: Collection[str]) -> None:
        """A write unit per word."""
        keys = (self.engine.typed(_posting(customerID, word, ticketID, source)) for word in words)
        self.engine.batch_write(self.table, ({"DeleteRequest": {"Key": key}} for key in keys))

    def tickets(self, customerID: int, term: Term, first: int = 0) -> Iterator[int]:
        """Eventually consistent; a word's postings stand in the order of tickets."""
        if term.is_prefix:
            condition, values = "begins_with(entry, :from)", {":from": term.text}
        else:
            condition = "entry BETWEEN :from AND :to"
            values = {":from": f"{term.text}#{first:016d}", ":to": f"{term.text}#:"}  # a colon comes after the digits
        query = {
            "TableName": self.table,
            "KeyConditionExpression": f"customerPrefix = :prefix AND {condition}",
            "ExpressionAttributeValues": self.engine.typed({":prefix": _partition(customerID, term.text), **values}),
            "ProjectionExpression": "entry",
            "Limit": CHUNK,
        }
        return (int(item["entry"].split("#")[1]) for item in self.engine.query(query))


def _partition(customerID: int, word: str) -> str:
    return f"{customerID}#{bucket(word)}"


def _posting(customerID: int, word: str, ticketID: int, source: str) -> Item:
    return {"customerPrefix": _partition(customerID, word), "entry": f"{word}#{ticketID:016d}#{source}"}
