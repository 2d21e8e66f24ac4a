"""The parts that operations share: bodies, replies, pages, and refusals that come together."""

import json
from http import HTTPStatus
from pathlib import Path

from pydantic import BaseModel

from description.operation import JSON, Body, Json, Success
from description.schemas import name_of, reference
from ticketing import errors
from ticketing.tickets.ticket_view import TicketView

EXAMPLES: Json = json.loads((Path(__file__).parents[1] / "examples.json").read_text())
"""Bodies of the demo data, by what they are."""
TICKET = TicketView.model_validate(EXAMPLES["ticket"]).model_dump()
"""A ticket in which each field that the example leaves out has its default."""
KEY_REFUSALS = (errors.KeyReused, errors.KeyInUse)
PHONE_REFUSALS = (errors.Forbidden, errors.ChannelMismatch)


def body(model: type[BaseModel], examples: Json, required: bool = True) -> Body:
    return Body({JSON: (reference(name_of(model)), examples)}, model, required)


def reply(text: str, model: type[BaseModel], example: object, *headers: str, status: int = 200) -> Success:
    return Success(text, HTTPStatus(status), model, headers, example)


def page(item: str, **fields: object) -> Json:
    return {"items": [EXAMPLES[item]], "totalCount": 1, "totalPages": 1, "pageNumber": 1, "pageSize": 10} | fields
