"""GET /api/Tickets: parameters that are malformed, cursors that do not fit, lists that are too deep or too long."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.builders import a_ticket
from tests.world import Answer, World
from ticketing.lists.dynamodb.index_scan import IndexScan
from ticketing.tickets.order import Position, SortBy
from ticketing.tickets.ticket_view import TicketView

PATH = "/api/Tickets"


def get(world: World, query: str, by: str = "rep-11") -> Answer:
    return world.call("GET", PATH, by, query=query)


@pytest.mark.parametrize("value", ["x", "1.5", "1e3", "0x1", "١", "1_000", "+1", " 1", "--1", "-", "NaN", "1%00"])
@pytest.mark.parametrize("name", ["pageNumber", "pageSize", "customerRepID", "channelIDs", "endUserID"])
def test_what_is_no_number_is_refused(world: World, name: str, value: str) -> None:
    get(world, f"{name}={quote(value, safe='%')}").refused(400, "InvalidRequest", [name])


@pytest.mark.parametrize("value", ["True", "FALSE", "1", "0", "yes", "null", "true%20"])
@pytest.mark.parametrize("name", ["isSpam", "isClosed", "includeFollowUp"])
def test_what_is_no_bool_is_refused(world: World, name: str, value: str) -> None:
    get(world, f"{name}={value}").refused(400, "InvalidRequest", [name])


@pytest.mark.parametrize(
    ("name", "value"),
    [("sortBy", "x"), ("sortBy", "Subject"), ("sortBy", "ticketid"), ("sortOrder", "DESC"), ("sortOrder", "up")],
)
def test_what_is_no_order_is_refused(world: World, name: str, value: str) -> None:
    get(world, f"{name}={value}").refused(400, "InvalidRequest", [name])


@pytest.mark.parametrize(
    "query",
    [
        *("pageNumber=1", "pageSize=1", "customerRepID=1", "endUserID=1", "uid=x", "channelType=x", "isSpam=true"),
        *("isClosed=true", "includeFollowUp=true", "sortBy=subject", "sortOrder=asc", "cursor=x"),
    ],
)
def test_what_may_be_given_once(world: World, query: str) -> None:
    get(world, f"{query}&{query}").refused(400, "InvalidRequest", [query.partition("=")[0]])


@pytest.mark.parametrize("name", ["status", "channelIDs"])
def test_a_hundred_values_are_taken_and_more_are_too_many(world: World, name: str) -> None:
    values = [f"{name}={number}" for number in range(101)]
    get(world, "&".join([*values[:100], *values[:100]])).as_expected(200)
    get(world, "&".join(values)).refused(400, "InvalidRequest", [name])


def test_every_fault_is_named_at_once(world: World) -> None:
    query = "pageNumber=x&pageSize=y&sortBy=z&isSpam=w&channelIDs=v&uid=1&uid=2"
    pointers = ["pageNumber", "pageSize", "sortBy", "isSpam", "channelIDs", "uid"]
    get(world, query).refused(400, "InvalidRequest", pointers)


@pytest.mark.parametrize("query", ["uid=%ff", "%ff=x", "uid=%ed%a0%80", "uid=%c0%80"])
def test_what_is_no_utf_8_is_refused(world: World, query: str) -> None:
    get(world, query).refused(400, "InvalidRequest")


def test_an_empty_value_counts_as_absent(world: World) -> None:
    world.keep()
    names = ("status", "uid", "channelIDs", "customerRepID", "endUserID", "isSpam", "sortBy", "sortOrder", "cursor")
    query = "&".join(f"{name}=" for name in (*names, "pageNumber", "pageSize", "channelType", "isClosed"))
    assert get(world, f"{query}&pageSize=5&pageSize=").as_expected(200).json["totalCount"] == 1


def test_unknown_parameters_are_ignored(world: World) -> None:
    world.keep()
    assert get(world, "Status=x&foo=bar&foo=baz&=&&a").as_expected(200).json["totalCount"] == 1


@pytest.mark.parametrize(
    ("query", "number", "size"),
    [
        ("pageNumber=0&pageSize=0", 1, 1),
        ("pageNumber=-7&pageSize=-7", 1, 1),
        ("pageSize=101", 1, 100),
        ("pageSize=99999999999999999999", 1, 100),
        ("pageNumber=100&pageSize=100", 100, 100),
        ("pageNumber=10000&pageSize=1", 10000, 1),
        ("pageNumber=007", 7, 10),
        (f"pageNumber={'0' * 4_000}13&pageSize=-{'0' * 4_000}13", 13, 1),
    ],
)
def test_page_numbers_and_sizes_are_clamped(world: World, query: str, number: int, size: int) -> None:
    page = get(world, query).as_expected(200).json
    assert (page["pageNumber"], page["pageSize"]) == (number, size)


@pytest.mark.parametrize(
    "query", ["pageNumber=101&pageSize=100", "pageNumber=10001&pageSize=1", "pageNumber=1001", f"pageNumber={10**30}"]
)
def test_a_page_that_is_too_deep_names_the_cursor(world: World, query: str) -> None:
    assert "cursor" in get(world, query).refused(400, "PageTooDeep", ["pageNumber"]).json["detail"]


@pytest.mark.parametrize("by", ["subject", "status", "closeDate", "followUpDate"])
def test_too_many_to_sort(world: World, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    def gather(customerID: int, walk: IndexScan, by: SortBy, limit: int) -> list[Position]:
        return [Position(f"{customerID}{walk.facet.name}{by}", ticketID) for ticketID in range(1, limit + 1)]

    monkeypatch.setattr(world.scans, "gather", gather)
    assert "narrow" in get(world, f"sortBy={by}").refused(400, "TooManyToSort", ["sortBy"]).json["detail"]


def test_what_the_index_shows_twice_is_shown_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ticket that changes its partition while two partitions are read is seen in both."""

    def walk(*_: Any) -> Any:
        return iter([Position(a_ticket().lastContact, ticketID) for ticketID in (3, 3, 2, 3, 1)])

    for _ in range(3):
        world.keep()
    monkeypatch.setattr(world.scans, "walk", walk)
    assert [item["ticketID"] for item in get(world, "pageSize=2").as_expected(200).json["items"]] == [3, 2]
    assert [item["ticketID"] for item in get(world, "").as_expected(200).json["items"]] == [3, 2, 1]


def test_a_stale_index_shows_nothing_that_a_get_would_not(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(*_: Any) -> Any:
        return iter([Position(a_ticket().lastContact, ticketID) for ticketID in range(6, 0, -1)])

    world.keep(customerRepID=14)
    world.keep(status="Closed")
    world.keep(isProcessed=False)
    world.keep(followUpDate="9998-01-01T00:00:00.000Z")
    world.keep()
    monkeypatch.setattr(world.scans, "walk", walk)
    page = get(world, "isClosed=false&pageSize=1", "rep-13").as_expected(200).json
    assert [item["ticketID"] for item in page["items"]] == [5]


@pytest.mark.parametrize("character", ['"', "\\", "\N{GRINNING FACE}", "\n", "\u2028", "漢"])
def test_the_largest_page_fits_into_a_reply(world: World, character: str) -> None:
    for _ in range(100):
        texts = {"subject": 500, "preview": 1000, "summary": 10_000, "uid": 254, "fromNumber": 32, "toNumber": 32}
        world.keep(**{name: character * length for name, length in texts.items()})
    answer = get(world, "pageSize=100").as_expected(200)
    assert len(answer.json["items"]) == 100
    assert answer.json["items"][0].keys() == TicketView.model_fields.keys()
    reply = {"statusCode": 200, "headers": dict(answer.headers), "body": answer.text}
    assert len(json.dumps(reply, ensure_ascii=False).encode()) < 6 * 1024 * 1024
