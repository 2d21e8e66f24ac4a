"""Adds messages to tickets and reads them, as clients do."""

from typing import Any

from tests.world import Answer, World

PATH = "/api/TicketMessages"
NOW = "2026-06-15T12:00:00.000Z"
LATER = "2026-06-15T12:01:00.000Z"


def add(world: World, by: str = "rep-11", **fields: Any) -> Answer:
    body = {"ticketID": 1, "body": "Where is it?", "direction": "EndUser"} | fields
    return world.call("POST", PATH, by, body)


def added(world: World, by: str = "rep-11", **fields: Any) -> dict[str, Any]:
    message: dict[str, Any] = add(world, by, **fields).as_expected(201).json
    return message


def page(world: World, query: str = "ticketId=1", by: str = "rep-11") -> dict[str, Any]:
    document: dict[str, Any] = world.call("GET", PATH, by, query=query).as_expected(200).json
    return document


def ticket(world: World, ticketID: int = 1) -> Any:
    return world.call("GET", f"/api/Tickets/{ticketID}").as_expected(200).json
