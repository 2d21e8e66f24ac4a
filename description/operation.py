"""The parts of an operation that the description is put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from ticketing.errors import TicketingError
from ticketing.http.parameters import QueryParameter

type Json = dict[str, Any]
type Refusals = tuple[type[TicketingError], ...]

JSON = "application/json"


@dataclass(frozen=True)
class Header:
    """A request header: its schema, an example where any request may have it, the refusals that it makes possible."""

    name: str
    text: str
    schema: Json
    example: str | None
    refusals: Refusals = ()
    required = False


@dataclass(frozen=True)
class Body:
    """A request body: per media type a schema and examples by name, and the model that they are made of."""

    content: Mapping[str, tuple[Json, Mapping[str, object]]]
    model: type[BaseModel] | None = None
    required: bool = True


@dataclass(frozen=True)
class Success:
    """A reply that is no refusal; `headers` name components, `example` is a body on the demo world."""

    text: str
    status: HTTPStatus = HTTPStatus.OK
    model: type[BaseModel] | None = None
    headers: tuple[str, ...] = ()
    example: Json | None = None
    content: Mapping[str, Json] = field(default_factory=dict)
    """Schemas by media type, for a reply that is no model as JSON."""


@dataclass(frozen=True)
class Operation:
    """What its route and its handler do not tell of an operation.

    `refusals` are those that neither the route's policy, nor a parameter, nor the body explains; `ticket` is that of
    the path's example.
    """

    tag: str
    successes: tuple[Success, ...]
    query: tuple[QueryParameter, ...] = ()
    headers: tuple[Header, ...] = ()
    body: Body | None = None
    refusals: Refusals = ()
    ticket: int | None = None
