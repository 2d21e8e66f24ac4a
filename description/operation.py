"""What is written of an operation by hand; everything else about it follows from its route and its handler."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from ticketing.errors import TicketingError

type Json = dict[str, Any]
type Refusals = tuple[type[TicketingError], ...]

JSON = "application/json"


@dataclass(frozen=True)
class Query:
    """A query parameter: what it means, and what its schema says beyond what the handler's reading of it tells."""

    name: str
    text: str
    example: object = None
    required: bool = False
    schema: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Header:
    """A request header: its schema, an example where any request may have it, the refusals that it makes possible."""

    name: str
    text: str
    schema: Json
    example: str | None
    refusals: Refusals = ()


@dataclass(frozen=True)
class Body:
    """A request body: a schema per media type, the model that they are made of, examples per media type by name."""

    schemas: Mapping[str, Json]
    examples: Mapping[str, Mapping[str, Json | list[Json]]]
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
    """One operation. `refusals` are those that neither the route's policy, nor a parameter, nor the body explains."""

    tag: str
    summary: str
    text: str
    successes: tuple[Success, ...]
    query: tuple[Query, ...] = ()
    headers: tuple[Header, ...] = ()
    body: Body | None = None
    refusals: Refusals = ()
    ticket: int | None = None
    """The ticket of the path's example."""
