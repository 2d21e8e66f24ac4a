"""Patches of ticket 1."""

from typing import Any

from tests.world import Answer, World

PATH = "/api/Tickets/1"
MERGE = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"


def patch(world: World, document: Any, by: str = "rep-11", **headers: str) -> Answer:
    """A merge patch when it is an object, a JSON Patch otherwise."""
    named = {"content_type": MERGE if isinstance(document, dict) else JSON_PATCH} | headers
    return world.call("PATCH", PATH, by, document, **named)


def setting(field: str, value: object) -> dict[str, object]:
    """The operation that sets a field."""
    return {"op": "add", "path": f"/{field}", "value": value}
