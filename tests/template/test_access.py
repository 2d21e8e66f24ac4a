"""Each function may do what it does, and nothing else: what it calls of AWS is what its policies grant."""

from typing import Any

import pytest

from tests.builders import A_CALL, A_MOMENT, ACME, ANN, ANOTHER_CALL, CHAT_TOKEN
from tests.template.deployed import Deployed, deployed
from tests.template.grants import Grant, functions, granted
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket

MERGE = "application/merge-patch+json"
BULK = "/api/Tickets/bulk"
LISTS = ("", "uid=jane%40doe.example", "channelIDs=1", "customerRepID=13", "status=Pending", "channelType=Email")
"""Lists that are each found by another index."""
WAYS = ("", "&includeFollowUp=true", "&sortBy=subject", "&sortBy=dateCreated", "&pageSize=1")


AT_SCALE = {
    ("tickets", "dynamodb:Query", "MessagesTable"): "a prefix that stands in more tickets than can be read on",
    ("tickets", "dynamodb:Query", "TalliesTable/index/byCell"): "a rare cell in a list that no index orders",
    ("bulk", "dynamodb:DeleteItem", "EphemeraTable"): "a key that is given back after a failure",
    ("worker", "dynamodb:BatchWriteItem", "LessonsTable"): "sums of lessons that are folded together",
    ("worker", "sqs:SendMessage", "JobsQueue"): "more messages than can be removed before a job's deadline",
}
"""What is granted and needs more data, or more misfortune, than there is here; the tests of the adapters reach it."""
OF_A_STREAM = ("DescribeStream", "GetRecords", "GetShardIterator")
OF_A_QUEUE = ("DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
"""What Lambda needs to read a stream and a queue in a function's name (AWS Lambda, execution roles)."""


@pytest.fixture(scope="module")
def used() -> dict[str, set[Grant]]:
    """Return what each function calls when everything is done that it can do."""
    with deployed() as api:
        tickets = [a_ticket_of(api, subject=f"Parcel {n}", uid="jane@doe.example", channelID=1) for n in range(5)]
        api.tickets_changed(*((None, ticket) for ticket in tickets))
        change_one(api)
        converse(api, tickets[0])
        look_around(api, tickets[0])
        follow(api, tickets[0])
        call(api)
        chat(api)
        look_up(api)
        wait(api)
        lose_by_a_hook(api)
        act_on_many(api, tickets)
        api.do_jobs()
        return api.used


def a_ticket_of(api: Deployed, **fields: Any) -> Ticket:
    body = {"status": "Open", "subject": "Where is it?", "channelType": "Email"} | fields
    made = api.request("POST", "/api/Tickets", body, Idempotency_Key=f"{fields}")
    return api.ticket(made["ticketID"])


def change_one(api: Deployed) -> None:
    ticket = a_ticket_of(api, channelType="Phone", twilio_CallSid=A_CALL)
    path = f"/api/Tickets/{ticket.ticketID}"
    api.request("PUT", path, api.request("GET", path) | {"twilio_CallSid": ANOTHER_CALL})
    api.request("PATCH", path, {"isImportant": True}, Content_Type=MERGE)
    changed = api.ticket(ticket.ticketID)
    api.request("DELETE", path)
    api.tickets_changed((None, ticket), (ticket, changed), (changed, None))


def converse(api: Deployed, ticket: Ticket) -> None:
    body: dict[str, Any] = {"ticketID": ticket.ticketID, "body": "My parcel never came"}
    api.request("POST", "/api/TicketMessages", body, Idempotency_Key="a message")
    api.request("GET", "/api/TicketMessages", query=f"ticketId={ticket.ticketID}")
    said = Message(customerID=ACME, messageID=1, dateCreated=A_MOMENT, **body)
    for is_removed in (False, True, False):
        api.message_changed(said, is_removed)
    api.tickets_changed((ticket, api.ticket(ticket.ticketID)))


def look_around(api: Deployed, ticket: Ticket) -> None:
    for query in [filters + way for filters in LISTS for way in WAYS]:
        api.request("GET", "/api/Tickets", query=query)
    for words in ("parcel", "parc*", "never+parcel"):
        api.request("GET", "/api/Tickets", query=f"search={words}")
    api.request("GET", f"/api/Tickets/{ticket.ticketID}/history-summary")


def follow(api: Deployed, ticket: Ticket) -> None:
    page = api.request("GET", "/api/Changes", query="since=now")
    api.tickets_changed((None, a_ticket_of(api, subject="Followed")))
    page = api.request("GET", "/api/Changes", query=f"since={page['next']}")
    assert page["items"]
    api.request("GET", "/api/Changes")
    api.request("GET", f"/api/Tickets/{ticket.ticketID}/changes")


def call(api: Deployed) -> None:
    ticket = a_ticket_of(api, channelType="Phone", twilio_CallSid=A_CALL, channelID=3)
    path = f"/api/Tickets/{ticket.ticketID}"
    api.recording_arrives(f"recordings/{ACME}/{A_CALL}.mp3")
    api.request("PUT", f"{path}/assign", Idempotency_Key="a call")
    api.request("GET", f"{path}/play", Accept="application/json")
    api.request("PUT", BULK, {"ticketIDs": [ticket.ticketID], "action": "delete"})
    api.tickets_changed((ticket, None))
    api.expire(a_ticket_of(api, subject="Expires", channelType="Phone", twilio_CallSid=A_CALL))
    api.do_jobs()


def chat(api: Deployed) -> None:
    body = {"channelToken": CHAT_TOKEN, "message": "Hello"}
    key = "5f0c8a9e-0000-4000-8000-000000000000"
    site = {"Origin": "https://shop.example", "Idempotency_Key": key}
    for _ in ("made", "replayed"):
        begun = api.request("POST", "/api/Tickets/createchatticket", body, **site)
    api.tickets_changed((None, api.ticket(begun["ticketID"])))
    path, visitor = "/api/Tickets/chatmessages", {"Authorization": f"Bearer {begun['visitorKey']}"}
    for _ in ("sent", "replayed"):
        api.request("POST", path, {"message": "Still there?"}, **site, **visitor)
    assert [each["body"] for each in api.request("GET", path, **visitor)["items"]] == ["Hello", "Still there?"]


def look_up(api: Deployed) -> None:
    for path in ("CustomerReps/me", "CustomerReps/assignable", "Channels", "Topics"):
        api.request("GET", f"/api/{path}")
    for query in ("uid=jane%40doe.example", "search=jan"):
        api.request("GET", "/api/EndUsers", query=query)


def wait(api: Deployed) -> None:
    waiting = a_ticket_of(api, followUpDate="2099-01-01T00:00:00Z")
    api.request("PATCH", f"/api/Tickets/{waiting.ticketID}", {"followUpDate": None}, Content_Type=MERGE)
    api.tickets_changed((None, waiting))
    api.tickets_changed((waiting, api.ticket(waiting.ticketID)))


def lose_by_a_hook(api: Deployed) -> None:
    ticket = a_ticket_of(api, channelType="Phone", twilio_CallSid=ANOTHER_CALL)
    api.request(
        "PUT", BULK, {"ticketIDs": [ticket.ticketID], "action": "executeactions", "hookName": "OnEndUserDelete"}
    )
    api.do_jobs()


def act_on_many(api: Deployed, tickets: list[Ticket]) -> None:
    ids = [ticket.ticketID for ticket in tickets]

    def act(action: str, **fields: Any) -> None:
        before = [api.ticket(ticketID) for ticketID in ids]
        body = {"ticketIDs": ids, "action": action} | fields
        assert api.request("PUT", BULK, body, Idempotency_Key=action)["failed"] == []
        api.do_jobs()
        api.tickets_changed(*((ticket, api.ticket(ticket.ticketID)) for ticket in before))
        api.do_jobs()

    act("spam")
    act("notspam", customerRepID=ANN)
    act("detectspam")
    act("updatetopics", topicIds=[1])
    act("detecttopics")
    act("executeactions", hookName="UserTriggered")
    body = {"ticketIDs": ids, "action": "delete"}
    gone = [api.ticket(ticketID) for ticketID in ids]
    api.request("PUT", BULK, body, Idempotency_Key="delete")
    api.tickets_changed(*((ticket, None) for ticket in gone))


@pytest.mark.parametrize("function", functions())
def test_a_function_is_granted_what_it_calls_and_nothing_else(used: dict[str, set[Grant]], function: str) -> None:
    may = granted(function) - deliveries(function)
    at_scale = {(action, resource) for owner, action, resource in AT_SCALE if owner == function}
    assert sorted(may - used[function]) == sorted(at_scale), "granted and never called"
    assert sorted(used[function] - may) == [], "called and not granted"
    assert sorted(deliveries(function) - granted(function)) == [], "done by Lambda and not granted"


def deliveries(function: str) -> set[Grant]:
    """Return what Lambda itself does in a function's name: log, read streams and queues, hand over what failed."""
    mappings = [event["Properties"] for event in functions()[function].get("Events", {}).values()]
    mappings.append(functions()[function].get("EventInvokeConfig", {}))
    found = {(f"logs:{action}", "FunctionLogs") for action in ("CreateLogStream", "PutLogEvents")}
    for mapping in mappings:
        if "Stream" in mapping:
            found |= {(f"dynamodb:{action}", mapping["Stream"]["Fn::GetAtt"]) for action in OF_A_STREAM}
            found.add(("dynamodb:ListStreams", f"{named(mapping['Stream'])}/stream/*"))
        if "Queue" in mapping:
            found |= {(f"sqs:{action}", named(mapping["Queue"])) for action in OF_A_QUEUE}
        if "DestinationConfig" in mapping:
            found |= handing_over(mapping["DestinationConfig"]["OnFailure"])
    return found


def handing_over(destination: dict[str, Any]) -> set[Grant]:
    """Return what Lambda needs to hand over what failed (AWS Lambda, on-failure destinations)."""
    name = named(destination["Destination"])
    if destination["Type"] == "S3":
        return {("s3:PutObject", f"{name}/aws/lambda/*"), ("s3:ListBucket", name)}
    return {("sqs:SendMessage", name)}


def named(attribute: dict[str, str]) -> str:
    return attribute["Fn::GetAtt"].split(".")[0]
