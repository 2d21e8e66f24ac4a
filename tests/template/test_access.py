"""Each function may do what it does, and nothing else: what it calls of AWS is what its policies grant."""

from typing import Any

import pytest

from tests.builders import A_CALL, A_MOMENT, ACME, ANN, ANOTHER_CALL
from tests.template.deployed import Deployed, deployed
from tests.template.grants import Grant, functions, granted
from ticketing.domain.message import Message
from ticketing.domain.ticket import Ticket

MERGE = "application/merge-patch+json"
LISTS = ("", "uid=jane%40doe.example", "channelIDs=1", "customerRepID=13", "status=Pending", "channelType=Email")
"""Lists that are each found by another index."""


@pytest.fixture(scope="module")
def used() -> dict[str, set[Grant]]:
    """What each function calls when everything is done that it can do."""
    with deployed() as api:
        tickets = [a_ticket_of(api, subject=f"Parcel {n}", uid="jane@doe.example", channelID=1) for n in range(5)]
        call = a_ticket_of(api, channelType="Phone", twilio_CallSid=A_CALL)
        follow(api, [(None, ticket) for ticket in [*tickets, call]])
        change_one(api, call)
        converse(api, tickets[0])
        look_around(api, tickets[0])
        act_on_many(api, [ticket.ticketID for ticket in tickets])
        api.do_jobs()
        return api.used


def a_ticket_of(api: Deployed, **fields: Any) -> Ticket:
    body = {"status": "Open", "subject": "Where is it?", "channelType": "Email"} | fields
    made = api.request("POST", "/api/Tickets", body, Idempotency_Key=f"{fields}")
    return api.ticket(made["ticketID"])


def follow(api: Deployed, changes: list[tuple[Ticket | None, Ticket | None]]) -> None:
    api.tickets_changed(*changes)


def change_one(api: Deployed, ticket: Ticket) -> None:
    path = f"/api/Tickets/{ticket.ticketID}"
    body = api.request("GET", path)
    api.request("PUT", path, body | {"twilio_CallSid": ANOTHER_CALL})
    api.request("PATCH", path, {"isImportant": True}, Content_Type=MERGE)
    changed = api.ticket(ticket.ticketID)
    api.request("DELETE", path)
    follow(api, [(ticket, changed), (changed, None)])


def converse(api: Deployed, ticket: Ticket) -> None:
    body: dict[str, Any] = {"ticketID": ticket.ticketID, "body": "My parcel never came"}
    api.request("POST", "/api/TicketMessages", body, Idempotency_Key="a message")
    api.request("GET", "/api/TicketMessages", query=f"ticketId={ticket.ticketID}")
    said = Message(customerID=ACME, messageID=1, dateCreated=A_MOMENT, **body)
    for is_removed in (False, True, False):
        api.message_changed(said, is_removed)
    follow(api, [(ticket, api.ticket(ticket.ticketID))])


def look_around(api: Deployed, ticket: Ticket) -> None:
    for filters in LISTS:
        for more in ("", "&includeFollowUp=true", "&sortBy=subject", "&sortBy=dateCreated", "&pageSize=1"):
            api.request("GET", "/api/Tickets", query=filters + more)
    for words in ("parcel", "parc*", "never+parcel"):
        api.request("GET", "/api/Tickets", query=f"search={words}")
    api.request("GET", f"/api/Tickets/{ticket.ticketID}/history-summary")


def act_on_many(api: Deployed, ids: list[int]) -> None:
    def act(action: str, **fields: Any) -> None:
        body = {"ticketIDs": ids, "action": action} | fields
        answer = api.request("PUT", "/api/Tickets/bulk", body, Idempotency_Key=action)
        assert answer["failed"] == []

    act("close", customerRepID=ANN)
    act("executeactions")
    act("updatetopics", topicIds=[1])
    act("delete")


@pytest.mark.parametrize("function", functions())
def test_a_function_is_granted_what_it_calls_and_nothing_else(used: dict[str, set[Grant]], function: str) -> None:
    assert used[function] == granted(function) - deliveries(function)


def deliveries(function: str) -> set[Grant]:
    """What Lambda itself does in a function's name: it hands over what failed for good."""
    mappings = [event["Properties"] for event in functions()[function].get("Events", {}).values()]
    destinations = [each["DestinationConfig"]["OnFailure"] for each in mappings if "DestinationConfig" in each]
    return {("sqs:SendMessage", each["Destination"]["Fn::GetAtt"].split(".")[0]) for each in destinations}


def test_nobody_is_granted_everything_or_a_scan() -> None:
    actions = {action for function in functions() for action, _ in granted(function)}
    assert not [action for action in actions if "*" in action or action == "dynamodb:Scan"]
