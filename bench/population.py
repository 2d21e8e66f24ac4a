"""Tickets and messages of one customer, always the same: four languages, and words as frequent as words are.

Every text has some words of its own, so that there are rare ones. As in life, most tickets are closed, a few wait for
a follow-up, and more follow-ups are waited for the more tickets there are. With STATUSES=each in the environment every
ticket has a status of its own.
"""

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from ticketing.directory.model import Channel, Customer, Rep
from ticketing.kernel.instant import canonical
from ticketing.tickets.messages import Direction, Message
from ticketing.tickets.model import Ticket

CUSTOMER = 1
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MESSAGES = 3
"""Messages of each ticket."""
COMMON = "parcel"
"""A word that stands in most tickets."""
STATUSES = ("Open", "Pending", "Escalated", "Closed")
SHARES = (20, 8, 2, 70)
HAS_ODD_STATUSES = os.environ.get("STATUSES") == "each"
CHANNELS = ("Email", "Chat", "Phone", "Phone", "WhatsApp", "Teams")
REPS = (None, *range(11, 21))
_WORDS = Path(__file__).with_name("words.txt").read_text().split()
_FREQUENCIES = list(accumulate(1 / (rank + 4) for rank in range(len(_WORDS))))


def customer() -> Customer:
    """Return the customer who has the tickets."""
    reps = [Rep(repID=repID, name=f"Rep {repID}", role="Administrator") for repID in REPS if repID]
    channels = [Channel(channelID=n, name=f"{kind} {n}", type=kind) for n, kind in enumerate(CHANNELS, 1)]
    return Customer(customerID=CUSTOMER, name="Bench", reps=reps, channels=channels)


def tickets(count: int) -> Iterator[tuple[Ticket, list[Message]]]:
    """Return the first tickets with their messages, in the order of their ids."""
    chance = random.Random(1)  # noqa: S311 - a population, no secret
    for ticketID in range(1, count + 1):
        yield _ticket(chance, ticketID, count)


def rare_word(ticketID: int) -> str:
    """Return a word that stands in one ticket only."""
    return f"rma{ticketID:07}"


def seldom_word(ticketID: int) -> str:
    """Return a word that stands in one ticket of twenty."""
    return f"lot{ticketID % 20:02}"


def odd_status(ticketID: int) -> str:
    """Return the status that one ticket has to itself."""
    return f"Case {ticketID:07}"


def _ticket(chance: random.Random, ticketID: int, count: int) -> tuple[Ticket, list[Message]]:
    created = NOW - timedelta(minutes=5 * (count - ticketID) + 30)
    kind = chance.randrange(len(CHANNELS))
    status = odd_status(ticketID) if HAS_ODD_STATUSES else chance.choices(STATUSES, SHARES)[0]
    written = [_message(chance, ticketID, n, created + timedelta(minutes=n)) for n in range(1, MESSAGES + 1)]
    ticket = Ticket(
        customerID=CUSTOMER,
        ticketID=ticketID,
        version=MESSAGES + 1,
        token=f"00000000-0000-4000-8000-{ticketID:012}",
        dateCreated=canonical(created),
        status=status,
        subject=_text(chance, 6),
        channelType=CHANNELS[kind],
        channelID=kind + 1,
        customerRepID=chance.choice(REPS),
        isClosed=status == "Closed",
        closeDate=canonical(created + timedelta(hours=8)) if status == "Closed" else None,
        isSpam=chance.random() < 0.02,
        followUpDate=canonical(NOW + timedelta(days=chance.randrange(1, 60))) if chance.random() < 0.02 else None,
        uid=f"user{chance.randrange(max(1, count // 5))}@doe.example",
        lastMessageDate=written[-1].dateCreated,
        preview=written[-1].body[:200],
        lastMessageID=MESSAGES,
        lastEndUserMessageID=MESSAGES,
    )
    return ticket, written


def _message(chance: random.Random, ticketID: int, messageID: int, moment: datetime) -> Message:
    own = (rare_word(ticketID), seldom_word(ticketID), f"ref{ticketID:07}")[messageID - 1]
    return Message.model_construct(
        customerID=CUSTOMER,
        ticketID=ticketID,
        messageID=messageID,
        dateCreated=canonical(moment),
        direction=Direction.EndUser,
        body=f"{_text(chance, 12)} {own}.",
    )


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, cum_weights=_FREQUENCIES, k=words)).capitalize()
