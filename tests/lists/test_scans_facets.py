"""The facets of Scans, on every engine."""

from typing import Any

import pytest

from tests.backends import Backend
from tests.tickets.stored import ASCENDING, DESCENDING, ids, kept
from ticketing.lists.dynamodb.index_scan import IndexScan, index_scans
from ticketing.lists.query import Filters
from ticketing.tickets.facets import CHANNEL, FACETS, MARKS, REP, STATE, STATUS, TYPE, Facet
from ticketing.tickets.order import SortBy

SCANNED = [facet for facet in FACETS if facet.is_counted]
VALUES: dict[Facet, tuple[dict[str, Any], str]] = {
    CHANNEL: ({"channelID": 3}, "3"),
    REP: ({"customerRepID": 13}, "13"),
    STATUS: ({"status": "GRÜẞE"}, "grüsse"),
    TYPE: ({"channelType": "WhatsApp"}, "whatsapp"),
    STATE: ({"status": "Closed", "isSpam": True}, "closed-spam"),
    MARKS: ({"escalated": True, "isImportant": True}, "escalated-important"),
}


def test_every_facet_has_an_example() -> None:
    assert VALUES.keys() == set(SCANNED)


@pytest.mark.parametrize("facet", [facet for facet in FACETS if facet.is_indexed], ids=lambda facet: facet.name)
def test_a_facet_is_walked_gathered_and_counted_by_its_index(backend: Backend, customerID: int, facet: Facet) -> None:
    fields, value = VALUES[facet]
    kept(backend, customerID)
    ticket = kept(backend, customerID, **fields)
    kept(backend, customerID, isProcessed=False, **fields)
    kept(backend, customerID + 1_000_000, **fields)
    walk = IndexScan(facet, frozenset({value, "another"}), Filters())
    assert ids(backend.scans.walk(customerID, walk, DESCENDING, None, 10)) == [ticket.ticketID]
    assert facet is STATE or ids(backend.scans.gather(customerID, walk, SortBy.status, 10)) == [ticket.ticketID]
    assert backend.scans.count(customerID, walk) == 1


NARROWING = [facet for facet in FACETS if facet.is_indexed and facet is not STATE]


@pytest.mark.parametrize("walked", NARROWING, ids=lambda facet: facet.name)
@pytest.mark.parametrize("dropped", SCANNED, ids=lambda facet: facet.name)
def test_any_filter_can_be_applied_on_the_way(backend: Backend, customerID: int, walked: Facet, dropped: Facet) -> None:
    every = {name: value for fields, _ in VALUES.values() for name, value in fields.items()} | {"status": "Closed"}
    values = {facet: value for facet, (_, value) in VALUES.items()} | {STATUS: "closed"}
    ticket = kept(backend, customerID, **every)
    other: dict[Facet, dict[str, Any]] = {
        CHANNEL: {"channelID": 4},
        REP: {"customerRepID": None},
        TYPE: {"channelType": "x"},
    }
    other |= {STATUS: {"status": "x", "isClosed": False, "closeDate": None}, STATE: {"isSpam": False}}
    other[MARKS] = {"escalated": False}
    kept(backend, customerID, **every | other[dropped])
    rest = Filters({facet: frozenset({values[facet], "y"}) for facet in SCANNED if facet is not walked})
    walk = IndexScan(walked, frozenset({values[walked]}), rest)
    assert ids(backend.scans.walk(customerID, walk, ASCENDING, None, 10)) == [ticket.ticketID]
    assert backend.scans.count(customerID, walk) == 1
    assert ids(backend.scans.gather(customerID, walk, SortBy.subject, 10)) == [ticket.ticketID]


def test_the_longest_values_are_indexed(backend: Backend, customerID: int) -> None:
    longest = {"status": "ﬃ" * 50, "channelType": "ﬃ" * 20}
    kept(backend, customerID, **longest)
    by_type = IndexScan(REP, frozenset({"0"}), Filters({TYPE: frozenset({"ffi" * 20})}))
    for walk in (by_type, *index_scans(Filters({STATUS: frozenset({"ffi" * 50})}))):
        assert ids(backend.scans.walk(customerID, walk, DESCENDING, None, 1)) == [1]
