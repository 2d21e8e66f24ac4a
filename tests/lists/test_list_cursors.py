"""GET /api/Tickets: cursors, and the lists that they do not fit."""

import pytest

from tests.world import Answer, World
from ticketing.directory.model import Rep

PATH = "/api/Tickets"


def get(world: World, query: str, by: str = "rep-11") -> Answer:
    return world.call("GET", PATH, by, query=query)


def a_cursor(world: World, query: str = "", by: str = "rep-11") -> str:
    for _ in range(3):
        world.keep(status="Pending", uid="u")
    cursor = get(world, f"pageSize=1&{query}", by).as_expected(200).json["nextCursor"]
    assert isinstance(cursor, str)
    return cursor


@pytest.mark.parametrize(
    ("made", "used"),
    [
        ("", "status=Pending"),
        ("status=Pending", ""),
        ("status=Pending", "status=Open"),
        ("", "sortOrder=asc"),
        ("", "sortBy=subject"),
        ("sortBy=dateCreated", "sortBy=ticketID"),
        ("", "includeFollowUp=true"),
        ("uid=u", "uid=U"),
        ("", "isSpam=false"),
        ("", "search=parcel"),
    ],
)
def test_a_cursor_of_another_list_is_refused(world: World, made: str, used: str) -> None:
    get(world, f"cursor={a_cursor(world, made)}&{used}").refused(400, "InvalidCursor", ["cursor"])


@pytest.mark.parametrize("by", ["rep-12", "rep-13", "rep-21"])
def test_a_cursor_of_another_caller_is_refused(world: World, by: str) -> None:
    get(world, f"cursor={a_cursor(world)}", by).refused(400, "InvalidCursor", ["cursor"])


def test_a_cursor_of_another_role_is_refused(world: World) -> None:
    cursor = a_cursor(world, by="rep-13")
    world.directory.kept[1, "rep#13"] = Rep(repID=13, name="Ann", role="Supervisor")
    world.tokens.known["promoted"] = {**world.tokens.known["rep-13"], "role": "Supervisor"}
    get(world, f"cursor={cursor}", "promoted").refused(400, "InvalidCursor", ["cursor"])


def test_a_cursor_is_bound_to_neither_case_nor_order_nor_size(world: World) -> None:
    cursor = a_cursor(world, "status=pending&status=open")
    page = get(world, f"status=OPEN&status=Pending&status=open&pageSize=50&unknown=x&cursor={cursor}")
    assert len(page.as_expected(200).json["items"]) == 2


@pytest.mark.parametrize("cursor", ["x", "%F0%9F%98%80", "A" * 5000, "bnVsbA", "W10", "e30="])
def test_a_damaged_cursor_is_refused(world: World, cursor: str) -> None:
    get(world, f"cursor={cursor}").refused(400, "InvalidCursor", ["cursor"])


def test_a_cursor_survives_the_ticket_that_it_stands_on(world: World) -> None:
    cursor = a_cursor(world)
    world.call("DELETE", f"{PATH}/3").as_expected(204)
    page = get(world, f"cursor={cursor}").as_expected(200).json
    assert [item["ticketID"] for item in page["items"]] == [2, 1]
