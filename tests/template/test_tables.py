"""The tables are those that the code reads and writes, and none of them can be lost by mistake."""

from typing import Any

import pytest

from tests.builders import a_ticket
from tests.tables import resources, template
from ticketing.lists.dynamodb.counts import BY_CELL
from ticketing.tickets.dynamodb.items import ACTIVITY, index_name, key_attribute, projected, to_item
from ticketing.tickets.facets import FACETS, Facet

TABLES = resources("AWS::DynamoDB::Table")
TICKETS = TABLES["TicketsTable"]
INDEXES = {index["IndexName"]: index for index in TICKETS["GlobalSecondaryIndexes"]}


def keys(schema: list[dict[str, str]]) -> dict[str, str]:
    return {entry["KeyType"]: entry["AttributeName"] for entry in schema}


INDEXED = [facet for facet in FACETS if facet.is_indexed]


@pytest.mark.parametrize("facet", INDEXED, ids=lambda facet: facet.name)
def test_a_facet_has_an_index_that_holds_what_lists_filter_and_sort_by(facet: Facet) -> None:
    index = INDEXES[index_name(facet)]
    assert keys(index["KeySchema"]) == {"HASH": key_attribute(facet), "RANGE": ACTIVITY}
    assert index["Projection"]["ProjectionType"] == "INCLUDE"
    assert sorted(index["Projection"]["NonKeyAttributes"]) == sorted(projected(facet))


def test_there_is_no_index_that_nothing_reads() -> None:
    assert INDEXES.keys() == {index_name(facet) for facet in INDEXED}


def test_a_facet_that_is_not_counted_has_an_index_of_counted_tickets() -> None:
    indexes = {index["IndexName"]: index for index in TABLES["TalliesTable"]["GlobalSecondaryIndexes"]}
    uncounted = [facet for facet in FACETS if not facet.is_counted]
    assert indexes.keys() == {BY_CELL, *map(index_name, uncounted)}
    for facet in uncounted:
        index = indexes[index_name(facet)]
        assert keys(index["KeySchema"]) == {"HASH": key_attribute(facet), "RANGE": "ticketID"}
        assert index["Projection"] == {"ProjectionType": "ALL"}


def test_each_facet_has_a_letter_of_its_own() -> None:
    letters = "".join(facet.letter for facet in FACETS)
    assert len(set(letters)) == len(FACETS)
    assert letters.isascii()
    assert letters.isupper()


def test_an_unprocessed_ticket_stands_in_no_index() -> None:
    hashes = {keys(index["KeySchema"])["HASH"] for index in INDEXES.values()}
    full = {"channelID": 3, "customerRepID": 13}
    assert hashes <= to_item(a_ticket(**full), "nonce").keys()
    assert not hashes & to_item(a_ticket(**full, isProcessed=False), "nonce").keys()


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_declared_attribute_is_a_key(table: dict[str, Any]) -> None:
    schemas = [table["KeySchema"], *(index["KeySchema"] for index in table.get("GlobalSecondaryIndexes", []))]
    named = {entry["AttributeName"] for schema in schemas for entry in schema}
    assert {attribute["AttributeName"] for attribute in table["AttributeDefinitions"]} == named


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_protected_and_on_demand_and_costs_no_key(name: str) -> None:
    """Without an SSESpecification DynamoDB encrypts with keys of its own; with one it charges for KMS."""
    table, resource = TABLES[name], template()["Resources"][name]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert "SSESpecification" not in table
    assert table["DeletionProtectionEnabled"] is True
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"


def test_what_cannot_be_made_again_is_recoverable() -> None:
    on = {"PointInTimeRecoveryEnabled": True}
    recoverable = {name for name, table in TABLES.items() if table.get("PointInTimeRecoverySpecification") == on}
    derived_or_passing = {"SearchTable", "TalliesTable", "EphemeraTable", "FeedTable"}
    assert recoverable == TABLES.keys() - derived_or_passing


def test_what_passes_is_removed_by_its_time() -> None:
    times = {
        name: table["TimeToLiveSpecification"] for name, table in TABLES.items() if "TimeToLiveSpecification" in table
    }
    assert times["FeedTable"] == {"AttributeName": "expiresAt", "Enabled": True}
    assert times["EphemeraTable"] == {"AttributeName": "expiresAt", "Enabled": True}
    assert times["TicketsTable"] == {"AttributeName": "removeAt", "Enabled": True}
