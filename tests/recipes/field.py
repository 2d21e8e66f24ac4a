"""A field that a client may write: `shelf`."""

import json

from description.document import document
from tests.builders import a_body
from tests.described import validator
from tests.recipes.edit import PACKAGE, Edit
from tests.world import World
from ticketing.tickets.dynamodb.items import to_item
from ticketing.tickets.dynamodb.stored import from_item

WISH = "add a field that a client may write"
EDITS = (
    Edit(
        f"{PACKAGE}/tickets/model.py",
        "    toNumber: Annotated",
        """\
    shelf: Annotated[str, Field(max_length=8, description="The shelf that the parcel lies on.")] | None = None
""",
    ),
)


def check() -> None:
    world = World()
    created = world.call("POST", "/api/Tickets", body=a_body(shelf="A3")).as_expected(201).json
    ticket = world.store.get(1, created["ticketID"])
    assert ticket
    item = to_item(ticket, "nonce")
    assert (created["shelf"], item["shelf"], from_item(item)) == ("A3", "A3", ticket)
    path = f"/api/Tickets/{ticket.ticketID}"
    changed = world.call("PATCH", path, body=[{"op": "replace", "path": "/shelf", "value": "B1"}])
    assert changed.as_expected(200).json["shelf"] == "B1"
    assert world.call("PUT", path, body=a_body()).as_expected(200).json["shelf"] is None
    world.call("POST", "/api/Tickets", body=a_body(shelf="A" * 9)).refused(400, "InvalidRequest", ["/shelf"])
    schemas = document()["components"]["schemas"]
    assert schemas["TicketWriteDTO"]["properties"]["shelf"]["description"] == "The shelf that the parcel lies on."
    example = document()["paths"]["/api/Tickets/{id}"]["get"]["responses"]["200"]["content"]["application/json"][
        "example"
    ]
    assert validator(json.dumps({"$ref": "#/components/schemas/TicketReadDTO"})).is_valid(example)
