"""Postings: which word stands in which part of which ticket."""

from typing import NamedTuple


class Posting(NamedTuple):
    """A word in a ticket; `source` is the part of it that the word stands in: SUBJECT, or a message."""

    customerID: int
    word: str
    ticketID: int
    source: str


SUBJECT = "s"


def message_source(messageID: int) -> str:
    return f"m{messageID:016d}"
