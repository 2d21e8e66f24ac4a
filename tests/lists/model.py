"""Tells what a list must show, by the contract's words and by looking at every ticket; and random tickets and lists."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.builders import ADMIN, ANN, BOB, RIK, a_ticket, acme
from ticketing.directory.principal import Representative
from ticketing.tickets.model import Ticket

NOW = "2026-06-15T12:00:00.000Z"
DATES = ("2026-05-01T00:00:00.000Z", "2026-06-01T00:00:00.000Z", NOW, "2026-06-15T12:00:00.001Z")
UIDS = ("jane@doe.example", "+3225550131", "Jane@doe.example", "a#b")
OPTIONAL = {
    "customerRepID": st.sampled_from([ADMIN, ANN, BOB, RIK]),
    "channelID": st.sampled_from([1, 2, 3]),
    "uid": st.sampled_from(UIDS),
    "lastMessageDate": st.sampled_from(DATES),
    "followUpDate": st.sampled_from(DATES),
    "isSpam": st.booleans(),
    "escalated": st.booleans(),
    "isImportant": st.booleans(),
    "isProcessed": st.just(False),
}
FIELDS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["Open", "open", "Pending", "Closed", "ß", "a#b", "Odd 1", "Odd 2"]),
        "subject": st.sampled_from(["a", "A", "b", "Ä", "\N{GRINNING FACE}", "\uffff", "aa"]),
        "channelType": st.sampled_from(["Email", "email", "Chat", "Fax", "Letter"]),
        "dateCreated": st.sampled_from(DATES),
    },
    optional=OPTIONAL,
)
_CHOICES = {
    "status": st.lists(st.sampled_from(["OPEN", "Pending", "closed", "SS", "a#b", "ODD 1", "odd 2", "x"]), max_size=3),
    "channelIDs": st.lists(st.sampled_from(["1", "2", "3", "0", "99"]), max_size=3),
    "channelType": st.sampled_from(["Email", "CHAT", "fax", "LETTER", "x"]).map(lambda value: [value]),
    "customerRepID": st.sampled_from(["0", str(ANN), str(BOB), str(RIK), "99"]).map(lambda value: [value]),
    "uid": st.sampled_from([*UIDS, "x"]).map(lambda value: [value]),
    "endUserID": st.sampled_from(["31", "32", "99"]).map(lambda value: [value]),
    "isSpam": st.sampled_from(["true", "false"]).map(lambda value: [value]),
    "isClosed": st.sampled_from(["true", "false"]).map(lambda value: [value]),
    "escalated": st.sampled_from(["true", "false"]).map(lambda value: [value]),
    "isImportant": st.sampled_from(["true", "false"]).map(lambda value: [value]),
    "isFollowUp": st.sampled_from(["true", "false"]).map(lambda value: [value]),
    "includeFollowUp": st.sampled_from(["true", "false"]).map(lambda value: [value]),
    "sortOrder": st.sampled_from(["asc", "desc"]).map(lambda value: [value]),
    "sortBy": st.sampled_from(
        ["lastMessageDate", "dateCreated", "ticketID", "subject", "status", "closeDate", "followUpDate"]
    ).map(lambda value: [value]),
}


def _pairs(chosen: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in chosen.items() for value in values]


PARAMETERS = st.fixed_dictionaries({}, optional=_CHOICES).map(_pairs)
CROWD = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(["Open", "ß", "Odd 1", "Odd 2"]),
            "channelType": st.sampled_from(["Email", "Fax", "Letter"]),
            "customerRepID": st.sampled_from([ANN, None]),
        }
    ),
    min_size=8,
    max_size=16,
)
"""Many tickets of few kinds, so that lists by free text are longer than a page."""
BY_FREE_TEXT = st.fixed_dictionaries(
    {"status": st.lists(st.sampled_from(["open", "SS", "ODD 1", "odd 2"]), min_size=1, max_size=3)},
    optional={name: _CHOICES[name] for name in ("channelType", "customerRepID", "sortBy")},
).map(_pairs)
FEW = 5
"""Values in a vocabulary: room for one status besides the usual ones, and for no type."""

type Parameters = list[tuple[str, str]]


def tickets_of(fields: Iterable[dict[str, Any]], customerID: int) -> list[Ticket]:
    """Tickets with these fields, numbered in the order of their creation."""
    return [a_ticket(**each, customerID=customerID, ticketID=ticketID) for ticketID, each in enumerate(fields, 1)]


def expected(tickets: Sequence[Ticket], caller: Representative, parameters: Parameters) -> list[int]:
    """The ids that a list shows, in their order."""
    asked: dict[str, list[str]] = defaultdict(list)
    for name, value in parameters:
        asked[name].append(value)
    shown = [ticket for ticket in tickets if _is_readable(ticket, caller) and _is_asked_for(ticket, asked)]
    return [ticket.ticketID for ticket in _in_order(shown, asked)]


def _is_readable(ticket: Ticket, caller: Representative) -> bool:
    if ticket.customerID != caller.customerID or not ticket.isProcessed:
        return False
    if caller.role == "Restricted":
        return ticket.customerRepID == caller.repID
    return caller.role != "Agent" or caller.sees_all or ticket.customerRepID in (None, caller.repID)


def _is_asked_for(ticket: Ticket, asked: dict[str, list[str]]) -> bool:
    end_users = {str(user.endUserID): user.uids for user in acme().endUsers}
    uids = [uid for endUserID in asked["endUserID"] for uid in end_users.get(endUserID, [])]
    holds = {
        "status": ticket.status.casefold() in [status.casefold() for status in asked["status"]],
        "channelType": ticket.channelType.casefold() in [kind.casefold() for kind in asked["channelType"]],
        "customerRepID": str(ticket.customerRepID or 0) in asked["customerRepID"],
        "channelIDs": str(ticket.channelID) in asked["channelIDs"],
        "uid": ticket.uid in asked["uid"],
        "endUserID": ticket.uid in uids,
        "isSpam": str(ticket.isSpam).lower() in asked["isSpam"],
        "isClosed": str(ticket.isClosed).lower() in asked["isClosed"],
        "escalated": str(ticket.escalated).lower() in asked["escalated"],
        "isImportant": str(ticket.isImportant).lower() in asked["isImportant"],
    }
    lies_ahead = ticket.followUpDate is not None and ticket.followUpDate > NOW
    if asked["isFollowUp"]:
        is_shown = lies_ahead == ("true" in asked["isFollowUp"])
    else:
        is_shown = not lies_ahead or "true" in asked["includeFollowUp"]
    return all(holds[name] for name in holds if asked[name]) and is_shown


def _in_order(tickets: list[Ticket], asked: dict[str, list[str]]) -> list[Ticket]:
    def key(ticket: Ticket) -> Any:
        by = next(iter(asked["sortBy"]), "lastMessageDate")
        if by == "lastMessageDate":
            return ticket.lastMessageDate or ticket.dateCreated
        value = getattr(ticket, "ticketID" if by == "dateCreated" else by)
        return value.casefold() if by in ("subject", "status") else value

    descending = asked["sortOrder"] != ["asc"]
    filled = sorted(
        (ticket for ticket in tickets if key(ticket) is not None),
        key=lambda ticket: (key(ticket), ticket.ticketID),
        reverse=descending,
    )
    empty = (ticket for ticket in tickets if key(ticket) is None)
    return filled + sorted(empty, key=lambda ticket: ticket.ticketID, reverse=descending)
