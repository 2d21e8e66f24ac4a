"""Random tickets and random lists: pages and cursors show exactly what the contract's words say."""

from typing import Any
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_rep
from tests.lists.model import FEW, FIELDS, PARAMETERS, Parameters, expected, tickets_of
from tests.world import World
from ticketing.directory.principal import Role

ROLES = {"rep-11": Role.Administrator, "rep-12": Role.Supervisor, "rep-13": Role.Agent, "rep-15": Role.Restricted}


def listed(world: World, by: str, parameters: Parameters) -> Any:
    return world.call("GET", "/api/Tickets", by, query=urlencode(parameters)).as_expected(200).json


@settings(max_examples=150)
@given(
    st.lists(FIELDS, max_size=12),
    PARAMETERS,
    st.sampled_from(sorted(ROLES)),
    st.tuples(st.integers(1, 12), st.integers(1, 5)),
)
def test_pages_and_cursors_show_each_match_exactly_once(
    world: World, fields: list[dict[str, Any]], parameters: Parameters, by: str, paging: tuple[int, int]
) -> None:
    page, size = paging
    for ticketID in [ticketID for _, ticketID in world.store.kept]:
        world.store.delete(world.store.kept[1, ticketID])
    world.ticket_counts.counted.clear()
    world.ticket_counts.vocabularies.clear()
    world.ticket_counts.most = FEW
    tickets = tickets_of(fields, customerID=1)
    for ticket in tickets:
        world.store.create(ticket)
    caller = a_rep(ROLES[by].value, int(by.removeprefix("rep-")))
    wanted = expected(tickets, caller, parameters)

    numbered = listed(world, by, [*parameters, ("pageSize", str(size)), ("pageNumber", str(page))])
    assert [item["ticketID"] for item in numbered["items"]] == wanted[(page - 1) * size : page * size]
    assert (numbered["totalCount"], numbered["totalPages"]) == (len(wanted), -(-len(wanted) // size))
    assert (numbered["nextCursor"] is None) == (page * size >= len(wanted))

    visited: list[int] = []
    cursor: Parameters = []
    while True:
        page_of_list = listed(world, by, [*parameters, ("pageSize", str(size)), *cursor])
        visited += [item["ticketID"] for item in page_of_list["items"]]
        assert page_of_list["totalCount"] == len(wanted)
        assert page_of_list["pageNumber"] == (None if cursor else 1)
        if page_of_list["nextCursor"] is None:
            break
        assert len(page_of_list["items"]) == size
        cursor = [("cursor", page_of_list["nextCursor"])]
    assert visited == wanted
