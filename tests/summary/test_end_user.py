"""GET /api/Tickets/{id}/history-summary."""

from typing import Any

import pytest

from tests.builders import BOB, GLOBEX, HOTLINE
from tests.world import World

JANE = "jane@doe.example"
JANES_PHONE = "+3225550131"


def history(world: World, ticketID: int = 1, by: str = "rep-11") -> Any:
    return world.call("GET", f"/api/Tickets/{ticketID}/history-summary", by).as_expected(200).json


def test_the_other_tickets_of_the_end_user_are_told_of(world: World) -> None:
    world.keep(uid=JANE)
    world.keep(uid=JANE, topicIDs=[1], channelType="Phone", summary="Paid twice")
    world.keep(uid=JANES_PHONE, status="Closed", lastMessageDate="2026-03-01T00:00:00.000Z")
    told = history(world)
    assert told["endUsers"] == [{"endUserID": 31, "name": "Jane Doe", "uids": [JANE, JANES_PHONE]}]
    assert (told["ticketID"], told["uid"], told["ticketCount"], told["openCount"]) == (1, JANE, 2, 1)
    assert (told["firstContact"], told["lastContact"]) == ("2026-01-31T09:30:00.000Z", "2026-03-01T00:00:00.000Z")
    assert told["channels"] == {"Email": 1, "Phone": 1}
    assert told["topics"] == [{"name": "Billing", "count": 1}]
    assert [ticket["ticketID"] for ticket in told["recentTickets"]] == [3, 2]
    assert told["recentTickets"][1].keys() == {
        *("ticketID", "subject", "status", "channelType", "dateCreated", "closeDate", "summary", "topics")
    }
    assert told["summary"] == (
        "This end user has 2 other tickets, with contact between 2026-01-31 and 2026-03-01, through Email (1) and "
        "Phone (1). 1 of them is still open. The most frequent topic is Billing, in 1 ticket."
    )


@pytest.mark.parametrize(
    "other",
    [
        {"uid": JANE, "isSpam": True},
        {"uid": JANE, "isProcessed": False},
        {"uid": JANE.upper()},
        {"uid": "john@roe.example"},
        {"uid": None},
        {"uid": JANE, "customerID": GLOBEX},
    ],
)
def test_tickets_of_others_spam_and_unprocessed_ones_do_not_count(world: World, other: dict[str, Any]) -> None:
    world.keep(uid=JANE)
    world.keep(**other)
    assert history(world)["ticketCount"] == 0


def test_a_deleted_ticket_is_history_no_more(world: World) -> None:
    world.keep(uid=JANE)
    world.keep(uid=JANE)
    world.call("DELETE", "/api/Tickets/2").as_expected(204)
    assert history(world)["ticketCount"] == 0


def test_a_ticket_that_is_no_ones(world: World) -> None:
    world.keep()
    world.keep()
    told = history(world)
    empty: dict[str, Any] = {"endUsers": [], "topics": [], "recentTickets": [], "channels": {}}
    nothing = {"ticketCount": 0, "openCount": 0, "uid": None, "firstContact": None, "lastContact": None}
    assert told | empty | nothing == told
    assert told["summary"]


def test_more_tickets_than_are_read_at_once(world: World) -> None:
    for _ in range(131):
        world.keep(uid="someone")
    told = history(world)
    assert (told["ticketCount"], told["channels"], len(told["recentTickets"])) == (130, {"Email": 130}, 10)


def test_of_very_many_tickets_all_are_counted_and_the_latest_are_looked_at(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("end_user", "summary"):
        monkeypatch.setattr(f"ticketing.summary.{module}.LOOKED_AT", 3)
    world.keep(uid=JANE)
    world.keep(uid=JANE, topicIDs=[2], dateCreated="2025-01-01T00:00:00.000Z")
    world.keep(uid=JANE, topicIDs=[2], status="Closed", channelType="Fax")
    for day in range(1, 5):
        world.keep(uid=JANE, topicIDs=[1], lastMessageDate=f"2026-03-0{day}T00:00:00.000Z", channelType="Phone")
    told = history(world)
    assert (told["ticketCount"], told["openCount"]) == (6, 5)
    assert (told["firstContact"], told["lastContact"]) == ("2025-01-01T00:00:00.000Z", "2026-03-04T00:00:00.000Z")
    assert told["channels"] == {"Phone": 4, "Email": 1, "fax": 1}
    assert told["topics"] == [{"name": "Billing", "count": 3}]
    assert [ticket["ticketID"] for ticket in told["recentTickets"]] == [7, 6, 5, 2]
    assert told["summary"] == (
        "This end user has 6 other tickets, with contact between 2025-01-01 and 2026-03-04, through Phone (4), Email "
        "(1) and fax (1). 5 of them are still open. The most frequent topic is Billing, in 3 tickets of the latest 3."
    )


def test_more_tickets_of_an_end_user_than_are_sorted_elsewhere_have_a_summary(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ticketing.lists.dynamodb.index.MAX_SORTED", 2)
    monkeypatch.setattr("ticketing.lists.dynamodb.index.MAX_OF_END_USER", 2)
    for _ in range(5):
        world.keep(uid=JANE)
    assert history(world)["ticketCount"] == 4


@pytest.mark.parametrize(
    ("by", "status", "code"),
    [
        ("rep-11", 200, None),
        ("rep-14", 200, None),
        ("rep-13", 403, "Forbidden"),
        ("rep-15", 403, "Forbidden"),
        ("rep-21", 404, "NotFound"),
        ("channel-3", 200, None),
        ("channel-4", 403, "ChannelMismatch"),
        (None, 401, "Unauthorized"),
    ],
)
def test_who_may_read_the_ticket_may_read_the_history(world: World, by: str, status: int, code: str | None) -> None:
    world.keep(uid=JANE, customerRepID=BOB, channelID=HOTLINE)
    answer = world.call("GET", "/api/Tickets/1/history-summary", by)
    assert (answer.status, answer.code) == (status, code)


def test_the_history_tells_of_tickets_that_the_caller_may_not_read(world: World) -> None:
    world.keep(uid=JANE)
    world.keep(uid=JANE, customerRepID=BOB)
    assert history(world, by="rep-13")["ticketCount"] == 1


@pytest.mark.parametrize("ticketID", ["2", "0", "x", "9" * 17])
def test_what_is_no_ticket_has_no_history(world: World, ticketID: str) -> None:
    world.keep()
    world.call("GET", f"/api/Tickets/{ticketID}/history-summary").refused(404, "NotFound")
