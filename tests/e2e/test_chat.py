"""A chat from both ends, through the running API."""

from typing import Any

from tests.e2e.client import Client

CHAT = {"channelToken": "11111111-1111-4111-8111-111111111111", "message": "Can I change my order?", "name": "Jane"}
PATH = "/api/Tickets/chatmessages"
SITE = {"Origin": "http://localhost:8080"}


def test_a_visitor_reads_the_answer_but_not_the_note_and_goes_on(api: Client) -> None:
    begun = api.ask("POST", "/api/Tickets/createchatticket", 201, None, CHAT, **SITE).json()
    key = {"Authorization": f"Bearer {begun['visitorKey']}"}

    def said(after: int = 0) -> Any:
        return api.ask("GET", f"{PATH}?after={after}", 200, None, **key)

    ticket, path = {"ticketID": begun["ticketID"]}, f"/api/Tickets/{begun['ticketID']}"
    assert [each["body"] for each in said().json()["items"]] == ["Can I change my order?"]
    assert api.ask("GET", path, 200).json()["unread"] is True
    api.ask("PUT", f"{path}/assign", 200, "Ann")
    api.ask("POST", "/api/TicketMessages", 201, "Ann", ticket | {"body": "She called twice.", "direction": "Note"})
    api.ask("POST", "/api/TicketMessages", 201, "Ann", ticket | {"body": "Until tomorrow."})
    answer = said(after=1)
    (item,) = answer.json()["items"]
    assert (item["messageID"], item["from"], item["body"]) == (3, "Ann Agent", "Until tomorrow.")
    assert (answer.json()["agentName"], answer.json()["lastMessageID"]) == ("Ann Agent", 3)
    api.ask("GET", f"{PATH}?after=1", 304, None, If_None_Match=answer.headers["ETag"], **key)
    api.refused("POST", PATH, "ChannelNotAllowed", 403, who=None, body={"message": "x"}, **key)
    assert api.ask("POST", PATH, 201, None, {"message": "Thanks!"}, **key, **SITE).json()["messageID"] == 4
    assert [each["messageID"] for each in said().json()["items"]] == [1, 3, 4]
    shown = api.ask("GET", f"/api/TicketMessages?ticketId={begun['ticketID']}&sortOrder=desc", 200, "Ann").json()
    assert [each["direction"] for each in shown["items"]] == ["EndUser", "Representative", "Note", "EndUser"]
    api.ask("DELETE", path, 204)
    api.refused("GET", PATH, "Unauthorized", 401, who=None, **key)


def test_the_directory_is_read(api: Client) -> None:
    me = api.ask("GET", "/api/CustomerReps/me", 200, "Ann").json()
    assert me == {"customerRepID": 13, "name": "Ann Agent", "role": "Agent", "customerID": 1}
    assert [rep["customerRepID"] for rep in api.ask("GET", "/api/CustomerReps/assignable", 200).json()["items"]] == [
        11,
        13,
        14,
        15,
        12,
    ]
    assert api.ask("GET", "/api/Channels", 200).json()["totalCount"] == 7
    assert [each["name"] for each in api.ask("GET", "/api/Topics", 200).json()["items"]] == [
        "Billing",
        "Delivery",
        "Login",
        "Returns",
    ]
    found = api.ask("GET", "/api/EndUsers?search=jan", 200).json()["items"]
    assert [user["endUserID"] for user in found] == [31]
    assert [user["endUserID"] for user in api.ask("GET", "/api/EndUsers?search=jan", 200, "Gus").json()["items"]] == [
        41
    ]
    api.refused("GET", "/api/Topics", "Forbidden", 403, who="Hotline")


def test_marks_and_follow_ups_are_listed_and_counted(api: Client) -> None:
    status = "status=Marked"
    api.ticket(status="Marked", escalated=True)
    api.ticket(status="Marked", isImportant=True, followUpDate="2999-01-01T00:00:00Z")
    api.ticket(status="Marked")
    for query, total in (
        ("escalated=true", 1),
        ("escalated=false", 1),
        ("escalated=false&includeFollowUp=true", 2),
        ("isFollowUp=true", 1),
        ("isFollowUp=true&isImportant=true&escalated=false", 1),
        ("isFollowUp=true&isImportant=false", 0),
        ("isFollowUp=false&includeFollowUp=true", 2),
    ):
        api.until_total(f"{status}&{query}", total)
        assert len(api.all_ids(f"{status}&{query}")) == total
