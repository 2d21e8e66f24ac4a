"""The parts of an operation that the description is put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from description.headers import RequestHeader
from ticketing.errors import TicketingError
from ticketing.http.parameters import QueryParameter

type Json = dict[str, Any]
type Refusals = tuple[type[TicketingError], ...]

JSON = "application/json"


@dataclass(frozen=True)
class Body:
    """A request body: per media type a schema and examples by name, and the model that they are made of."""

    content: Mapping[str, tuple[Json, Mapping[str, object]]]
    model: type[BaseModel] | None = None
    required: bool = True


@dataclass(frozen=True)
class Success:
    """A reply that is no refusal: its `model` as JSON, or `content`, which is schemas by media type; `headers` name
    components, `example` is a body of the demo data."""

    text: str
    status: HTTPStatus = HTTPStatus.OK
    model: type[BaseModel] | None = None
    headers: tuple[str, ...] = ()
    example: object = None
    content: Mapping[str, Json] = field(default_factory=dict)


class Operation:
    """The part of an operation that neither its route nor its handler tells.

    `refusals` are those that neither the route's policy, nor a parameter, nor the body explains; `ticket` is that of
    the path's example.
    """

    def __init__(
        self,
        *successes: Success,
        query: tuple[QueryParameter, ...] = (),
        headers: tuple[RequestHeader, ...] = (),
        body: Body | None = None,
        refusals: Refusals = (),
        ticket: int | None = None,
    ) -> None:
        self.successes, self.query, self.headers = successes, query, headers
        self.body, self.refusals, self.ticket = body, refusals, ticket
