"""The history of an end user: facts of their other tickets, and the same in two or three sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import Field

from ticketing.directory.end_user import EndUserView
from ticketing.kernel.model import Model
from ticketing.kernel.text import case_folded
from ticketing.tickets.ticket_view import TicketView

LOOKED_AT = 1_000
"""Tickets that are read for a history, the latest; of the earlier ones it counts states and types alone."""
RECENT = 10
"""Tickets that a history shows."""
MOST_NAMED = 3
"""Topics that are named together as the most frequent ones."""


class Contact(NamedTuple):
    """A ticket as it is counted; the later its last contact, the greater. `channelType` is folded."""

    lastContact: str
    ticketID: int
    isClosed: bool
    channelType: str


class TopicCount(Model):
    """A topic, and the number of tickets about it."""

    name: str = Field(description="The name.")
    count: int = Field(description="How many tickets are about it.")


def _as_read(field: str) -> Any:
    """Return a field with the description that it has where tickets are read."""
    return Field(description=TicketView.model_fields[field].description)


class RecentTicket(Model):
    """A ticket as a history shows it."""

    ticketID: int = _as_read("ticketID")
    subject: str = _as_read("subject")
    status: str = _as_read("status")
    channelType: str = _as_read("channelType")
    dateCreated: str = _as_read("dateCreated")
    closeDate: str | None = _as_read("closeDate")
    summary: str | None = _as_read("summary")
    topics: list[str] = _as_read("topics")


class HistorySummary(Model):
    """The history of a ticket's end user, made of their other tickets."""

    ticketID: int = Field(description="The ticket that was asked about; it does not count itself.")
    uid: str | None = Field(description="The ticket's uid; without one there is no history.")
    endUsers: list[EndUserView] = Field(description="The end users who have the ticket's uid.")
    ticketCount: int = Field(description="How many other tickets the end user has.")
    openCount: int = Field(description="How many of them are not closed.")
    firstContact: str | None = Field(description="When the earliest of them was created.")
    lastContact: str | None = Field(description="When the latest of them last moved.")
    channels: dict[str, int] = Field(description="How many of them came through each channel type.")
    topics: list[TopicCount] = Field(
        description="What they are about, but of the 1,000 latest alone: by count, then by name."
    )
    recentTickets: list[RecentTicket] = Field(description="The ten with the latest contact, that one first.")
    summary: str = Field(description="The same in two or three sentences.")


def summarise(ticket: TicketView, others: Sequence[TicketView], earlier: Sequence[Contact] = ()) -> HistorySummary:
    """Return the history that the end user's other tickets make: `others`, which were read, and `earlier` ones, which
    were counted; the first of all is among `others`."""
    by_contact = sorted(others, key=lambda other: (_last_contact(other), other.ticketID), reverse=True)
    latest = by_contact[:LOOKED_AT]
    summary = HistorySummary(
        ticketID=ticket.ticketID,
        uid=ticket.uid,
        endUsers=ticket.endUsers,
        ticketCount=len(others) + len(earlier),
        openCount=sum(not other.isClosed for other in others) + sum(not contact.isClosed for contact in earlier),
        firstContact=min((other.dateCreated for other in others), default=None),
        lastContact=_last_contact(by_contact[0]) if by_contact else None,
        channels=_channels(by_contact, earlier),
        topics=_topics(latest),
        recentTickets=[_recent(other) for other in by_contact[:RECENT]],
        summary="",
    )
    return summary.model_copy(update={"summary": sentences(summary, len(latest))})


def sentences(history: HistorySummary, looked_at: int) -> str:
    """Return the facts in two or three sentences; topics were `looked_at` in so many tickets, the latest."""
    if history.uid is None:
        return "The end user of this ticket is not known. There is no history to show."
    if not history.ticketCount:
        return "No other ticket of this end user is known. Spam would not be counted."
    total = _counted(history.ticketCount, "other ticket", "other tickets")
    through = _listed([f"{kind} ({count})" for kind, count in history.channels.items()])
    said = [f"This end user has {total}, with contact {_period(history)}, through {through}."]
    said.append(_open_sentence(history.openCount, history.ticketCount))
    if history.topics:
        among = f" of the latest {looked_at}" if looked_at < history.ticketCount else ""
        said.append(_topic_sentence(history.topics, among))
    return " ".join(said)


def _period(history: HistorySummary) -> str:
    """Return the days of the first and the last contact, sorted: a lastMessageDate may lie before the creation."""
    first, last = sorted((history.firstContact or "", history.lastContact or ""))
    return f"on {first[:10]}" if first[:10] == last[:10] else f"between {first[:10]} and {last[:10]}"


def _topic_sentence(topics: Sequence[TopicCount], among: str) -> str:
    """Return the sentence about the most frequent topic `among` tickets; several may be equally frequent."""
    most = topics[0].count
    names = [topic.name for topic in topics if topic.count == most]
    tickets = _counted(most, "ticket", "tickets") + among
    if len(names) == 1:
        return f"The most frequent topic is {names[0]}, in {tickets}."
    if len(names) > MOST_NAMED:
        return f"No topic stands out: {len(names)} of them have {tickets} each."
    return f"The most frequent topics are {_listed(names)}, in {tickets} each."


def _open_sentence(opened: int, total: int) -> str:
    if total == 1:
        return "It is still open." if opened else "It is closed."
    if not opened:
        return "All of them are closed."
    if opened == total:
        return "All of them are still open."
    return f"{opened} of them {'is' if opened == 1 else 'are'} still open."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _channels(by_contact: Sequence[TicketView], earlier: Sequence[Contact]) -> dict[str, int]:
    """Return the tickets per channel type, the most frequent first, spelt as in the latest ticket that was read; folded
    where none was."""
    spelling: dict[str, str] = {}
    for other in by_contact:
        spelling.setdefault(case_folded(other.channelType), other.channelType)
    counts = Counter(case_folded(other.channelType) for other in by_contact)
    counts.update(contact.channelType for contact in earlier)
    spelt = [(spelling.get(kind, kind), count) for kind, count in counts.items()]
    return dict(sorted(spelt, key=lambda channel: (-channel[1], channel[0])))


def _topics(tickets: Sequence[TicketView]) -> list[TopicCount]:
    counts = Counter(name for ticket in tickets for name in ticket.topics)
    ranked = sorted(counts.items(), key=lambda topic: (-topic[1], topic[0]))
    return [TopicCount(name=name, count=count) for name, count in ranked]


def _last_contact(ticket: TicketView) -> str:
    return ticket.lastMessageDate or ticket.dateCreated


def _recent(ticket: TicketView) -> RecentTicket:
    return RecentTicket.model_construct(**{name: getattr(ticket, name) for name in RecentTicket.model_fields})
