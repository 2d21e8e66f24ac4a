"""Checks what is known of an end user, in facts and in sentences that are true."""

from typing import Any

import pytest

from tests.builders import a_ticket
from ticketing.summary.summary import RECENT, TopicCount, summarise
from ticketing.tickets.ticket_view import TicketView

JAN, FEB, MAR = ("2026-01-05T09:00:00.000Z", "2026-02-06T10:00:00.000Z", "2026-03-07T11:00:00.000Z")


def view(ticketID: int, topics: tuple[str, ...] = (), **fields: Any) -> TicketView:
    ticket = a_ticket(ticketID=ticketID, **{"uid": "jane", "dateCreated": JAN} | fields)
    stored = {name: getattr(ticket, name) for name in TicketView.model_fields if hasattr(ticket, name)}
    return TicketView.model_construct(
        **stored, customerRepName=None, channelName=None, endUsers=[], topics=list(topics)
    )


def summary(*others: TicketView) -> str:
    return summarise(view(1), others).summary


def test_a_summary_counts_channels_topics_and_open_tickets() -> None:
    others = [
        view(2, ("Billing", "Login"), channelType="email", lastMessageDate=FEB, summary="Paid twice"),
        view(3, ("Login",), channelType="Email", status="Closed", dateCreated=FEB, closeDate=MAR),
        view(4, channelType="Phone", lastMessageDate=MAR),
    ]
    history = summarise(view(1), others)
    assert (history.ticketID, history.uid, history.ticketCount, history.openCount) == (1, "jane", 3, 2)
    assert (history.firstContact, history.lastContact) == (JAN, MAR)
    assert history.channels == {"Email": 2, "Phone": 1}
    assert history.topics == [TopicCount(name="Login", count=2), TopicCount(name="Billing", count=1)]
    assert [(each.ticketID, each.summary, each.topics) for each in history.recentTickets] == [
        (4, None, []),
        (3, None, ["Login"]),
        (2, "Paid twice", ["Billing", "Login"]),
    ]


def test_only_the_latest_are_shown_and_all_are_counted() -> None:
    others = [view(ticketID, lastMessageDate=FEB) for ticketID in range(2, 15)]
    history = summarise(view(1), others)
    assert [each.ticketID for each in history.recentTickets] == list(range(14, 14 - RECENT, -1))
    assert history.ticketCount == 13


def test_topics_of_equal_count_are_in_the_order_of_their_names() -> None:
    history = summarise(view(1), [view(2, ("Returns", "Billing"))])
    assert [topic.name for topic in history.topics] == ["Billing", "Returns"]


def test_who_is_not_known_has_no_history() -> None:
    history = summarise(view(1, uid=None), [])
    assert history.summary == "The end user of this ticket is not known. There is no history to show."
    assert (history.uid, history.ticketCount, history.openCount) == (None, 0, 0)
    assert (history.firstContact, history.lastContact) == (None, None)
    assert (history.channels, history.topics, history.recentTickets, history.endUsers) == ({}, [], [], [])


def test_who_has_no_other_ticket() -> None:
    assert summary() == "No other ticket of this end user is known. Spam would not be counted."


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (
            [view(2)],
            "This end user has 1 other ticket, with contact on 2026-01-05, through Email (1). It is still open.",
        ),
        (
            [view(2, ("Login",), status="Closed")],
            "This end user has 1 other ticket, with contact on 2026-01-05, through Email (1). It is closed. "
            "The most frequent topic is Login, in 1 ticket.",
        ),
        (
            [view(2, ("Login",), lastMessageDate=FEB), view(3, ("Login",), status="Closed", channelType="Chat")],
            "This end user has 2 other tickets, with contact between 2026-01-05 and 2026-02-06, through Chat (1) and "
            "Email (1). 1 of them is still open. The most frequent topic is Login, in 2 tickets.",
        ),
        (
            [view(n, channelType=kind) for n, kind in enumerate(("Chat", "Phone", "Phone", "Teams"), 2)],
            "This end user has 4 other tickets, with contact on 2026-01-05, through Phone (2), Chat (1) and Teams (1). "
            "All of them are still open.",
        ),
        (
            [view(2, status="Closed"), view(3, status="Closed")],
            "This end user has 2 other tickets, with contact on 2026-01-05, through Email (2). All of them are closed.",
        ),
        (
            [view(2, ("Login", "Billing")), view(3), view(4, status="Closed")],
            "This end user has 3 other tickets, with contact on 2026-01-05, through Email (3). "
            "2 of them are still open. The most frequent topics are Billing and Login, in 1 ticket each.",
        ),
        (
            [view(2, ("A", "B", "C", "D")), view(3, ("A", "B", "C", "D"))],
            "This end user has 2 other tickets, with contact on 2026-01-05, through Email (2). "
            "All of them are still open. No topic stands out: 4 of them have 2 tickets each.",
        ),
        (
            [view(2, dateCreated=FEB, lastMessageDate=JAN)],
            "This end user has 1 other ticket, with contact between 2026-01-05 and 2026-02-06, through Email (1). "
            "It is still open.",
        ),
    ],
)
def test_a_summary_says_the_facts_in_sentences(others: list[TicketView], expected: str) -> None:
    assert summary(*others) == expected
