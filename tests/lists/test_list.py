"""GET /api/Tickets: filters, orders, pages."""

import json
from typing import Any

import pytest

from tests.builders import ANN, BOB, RIK
from tests.world import World

PATH = "/api/Tickets"
FAR = "9998-01-01T00:00:00.000Z"


def listed(world: World, query: str = "", by: str = "rep-11") -> Any:
    return world.call("GET", PATH, by, query=query).as_expected(200).json


def ids(world: World, query: str = "", by: str = "rep-11") -> list[int]:
    return [item["ticketID"] for item in listed(world, query, by)["items"]]


def test_an_empty_list(world: World) -> None:
    assert listed(world) == {
        "items": [],
        "totalCount": 0,
        "totalPages": 0,
        "pageNumber": 1,
        "pageSize": 10,
        "nextCursor": None,
    }


def test_an_item_is_what_a_get_shows(world: World) -> None:
    world.keep(customerRepID=ANN, channelID=2, uid="+3225550131", topicIDs=[1])
    assert listed(world)["items"] == [world.call("GET", f"{PATH}/1").json]


def test_a_page_has_ten_of_the_latest_first(world: World) -> None:
    for day in range(1, 13):
        world.keep(lastMessageDate=f"2026-03-{day:02}T00:00:00.000Z")
    page = listed(world)
    assert [item["ticketID"] for item in page["items"]] == list(range(12, 2, -1))
    assert (page["totalCount"], page["totalPages"], page["pageNumber"], page["pageSize"]) == (12, 2, 1, 10)
    assert ids(world, "pageNumber=2") == [2, 1]
    assert ids(world, "pageNumber=3") == []
    assert listed(world, "pageNumber=2")["nextCursor"] is None
    assert ids(world, f"cursor={page['nextCursor']}") == [2, 1]
    assert ids(world, f"cursor={page['nextCursor']}&pageNumber=7&pageSize=1") == [2]


FILTERED: list[tuple[str, dict[str, Any]]] = [
    ("status=PENDING", {"status": "Pending"}),
    ("status=a%2Cb", {"status": "a,b"}),
    ("channelType=whatsapp", {"channelType": "WhatsApp"}),
    ("customerRepID=13", {"customerRepID": ANN}),
    ("channelIDs=3", {"channelID": 3}),
    ("uid=jane%40doe.example", {"uid": "jane@doe.example"}),
    ("uid=%2B32+1", {"uid": "+32 1"}),
    ("endUserID=31", {"uid": "jane@doe.example"}),
    ("endUserID=31", {"uid": "+3225550131"}),
    ("isSpam=true", {"isSpam": True}),
    ("isClosed=true", {"status": "Closed"}),
    ("isClosed=true&isSpam=true", {"status": "Closed", "isSpam": True}),
    ("status=x&status=pending&status=y", {"status": "Pending"}),
    ("channelIDs=4&channelIDs=3", {"channelID": 3}),
    ("channelIDs=003", {"channelID": 3}),
]


@pytest.mark.parametrize(("query", "fields"), FILTERED)
def test_a_filter_shows_what_matches_and_nothing_else(world: World, query: str, fields: dict[str, Any]) -> None:
    world.keep()
    world.keep(**fields)
    world.keep(customerRepID=BOB, channelID=5, channelType="Teams", uid="another")
    assert listed(world, query)["totalCount"] == 1
    assert ids(world, query) == [2]


def test_nobodys_tickets(world: World) -> None:
    world.keep(customerRepID=ANN)
    world.keep()
    assert ids(world, "customerRepID=0") == [2]


def test_different_filters_must_all_hold(world: World) -> None:
    world.keep(status="Pending", channelID=3)
    world.keep(status="Pending", channelID=4)
    world.keep(status="Open", channelID=3)
    assert ids(world, "status=pending&channelIDs=3") == [1]
    assert ids(world, "status=pending&channelIDs=3&uid=x") == []


@pytest.mark.parametrize(
    "query",
    [
        *("uid=Jane", "uid=jane%20", f"uid={'x' * 255}", f"uid={'x' * 9000}"),
        *("status=Open%20", "status=Ope", f"status={'x' * 51}", f"channelType={'x' * 21}"),
        *("customerRepID=-1", "customerRepID=9007199254740992", "channelIDs=0", "channelIDs=-3"),
        *(f"customerRepID={'9' * 5_000}", f"channelIDs=-{'9' * 5_000}"),
        *("endUserID=99", "endUserID=-1", "endUserID=9007199254740992", f"endUserID={'9' * 1500}"),
    ],
)
def test_what_nothing_can_match(world: World, query: str) -> None:
    world.keep(uid="jane", customerRepID=ANN, channelID=3)
    assert listed(world, query)["totalCount"] == 0


def test_text_in_a_uid_is_compared_exactly(world: World) -> None:
    for uid in ("Jane", "jane", "JANE", "é", "e\u0301"):
        world.keep(uid=uid)
    assert ids(world, "uid=jane") == [2]
    assert ids(world, "uid=%C3%A9") == [4]


def test_unprocessed_tickets_are_not_listed(world: World) -> None:
    world.keep(isProcessed=False)
    assert listed(world, "includeFollowUp=true")["totalCount"] == 0


def test_follow_ups_that_lie_ahead_are_hidden_unless_asked_for(world: World) -> None:
    world.keep(followUpDate="2001-01-01T00:00:00.000Z")
    world.keep(followUpDate=FAR)
    world.keep()
    assert ids(world) == [3, 1]
    assert listed(world)["totalCount"] == 2
    assert ids(world, "includeFollowUp=false") == [3, 1]
    assert ids(world, "includeFollowUp=true") == [3, 2, 1]
    assert listed(world, "includeFollowUp=true")["totalCount"] == 3


def test_a_role_sees_in_a_list_what_it_may_read(world: World) -> None:
    for holder in (None, ANN, BOB, RIK):
        world.keep(customerRepID=holder)
    world.keep(customerID=2, ticketID=9, customerRepID=21)
    shown = {by: set(ids(world, by=by)) for by in ("rep-11", "rep-12", "rep-13", "rep-14", "rep-15", "rep-22")}
    everything = {1, 2, 3, 4}
    assert shown == {
        "rep-11": everything,
        "rep-12": everything,
        "rep-13": {1, 2},
        "rep-14": {1, 3},
        "rep-15": {4},
        "rep-22": {9},
    }
    assert listed(world, "customerRepID=14", by="rep-13")["totalCount"] == 0
    assert listed(world, "customerRepID=0", by="rep-15")["totalCount"] == 0


@pytest.mark.parametrize(
    ("by", "ascending"),
    [
        ("lastMessageDate", [3, 1, 2]),
        ("dateCreated", [1, 2, 3]),
        ("ticketID", [1, 2, 3]),
        ("subject", [2, 1, 3]),
        ("status", [1, 3, 2]),
        ("closeDate", [3, 1, 2]),
        ("followUpDate", [2, 3, 1]),
    ],
)
def test_an_order_runs_both_ways_with_nulls_last(world: World, by: str, ascending: list[int]) -> None:
    days = [f"2026-02-0{day}T00:00:00.000Z" for day in range(1, 5)]
    world.keep(
        subject="b", status="Closed", closeDate=days[1], lastMessageDate=days[2], followUpDate=None, dateCreated=days[3]
    )
    world.keep(subject="A", followUpDate=days[0], lastMessageDate=days[3], dateCreated=days[0])
    world.keep(subject="É", status="CLOSED", closeDate=days[0], followUpDate=days[1], dateCreated=days[0])
    nulls = {"closeDate": [2], "followUpDate": [1]}.get(by, [])
    descending = [each for each in reversed(ascending) if each not in nulls] + nulls
    assert ids(world, f"sortBy={by}&sortOrder=asc") == ascending
    assert ids(world, f"sortBy={by}") == descending


def test_deleted_and_changed_tickets_leave_the_list(world: World) -> None:
    for _ in range(3):
        world.keep()
    world.call("DELETE", f"{PATH}/2").as_expected(204)
    world.call("PATCH", f"{PATH}/3", body=[{"op": "add", "path": "/isProcessed", "value": False}]).as_expected(200)
    assert ids(world) == [1]
    assert listed(world)["totalCount"] == 1


def test_a_list_that_ends_on_the_page_has_counted_itself(world: World) -> None:
    """The counts may be a moment behind; what is shown is not."""
    world.keep()
    world.ticket_counts.counts.clear()
    world.ticket_counts.counted.clear()
    page = world.call("GET", "/api/Tickets").as_expected(200).json
    assert (page["totalCount"], page["totalPages"], len(page["items"])) == (1, 1, 1)


def test_a_page_that_does_not_fit_into_a_reply_names_its_size(world: World) -> None:
    text = "\N{GRINNING FACE}"
    for _ in range(80):
        world.keep(summary=text * 10_000, preview=text * 1_000, aiFeedbackComments=[text * 500] * 20)
    answer = world.call("GET", PATH, query="pageSize=60").as_expected(200)
    assert 5_000_000 < len(json.dumps(answer.text, ensure_ascii=False).encode()) < 6_000_000
    world.call("GET", PATH, query="pageSize=100").refused(400, "InvalidRequest", ["pageSize"])
