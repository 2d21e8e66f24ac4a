"""The headers that requests may have, each with its schema and the refusals that it makes possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ticketing.errors import InvalidRequest, PreconditionFailed, TicketingError
from ticketing.http.request import IDEMPOTENCY_KEY
from ticketing.tickets.precondition import TAGS


@dataclass(frozen=True)
class RequestHeader:
    """A header: its schema, an example where any request may have it, the refusals that it makes possible."""

    name: str
    text: str
    schema: Mapping[str, Any]
    example: str | None
    refusals: tuple[type[TicketingError], ...] = ()
    required = False


IF_MATCH = RequestHeader(
    "If-Match",
    "Makes the change only if the ticket still has this ETag: otherwise 412, with the ETag that it has. "
    "`*` matches any ticket that exists. A weak tag (`W/`) matches none.",
    {"type": "string", "pattern": rf"^(?:\*|{TAGS.pattern})$"},
    "*",
    (InvalidRequest, PreconditionFailed),
)
IF_NONE_MATCH = RequestHeader(
    "If-None-Match", "Answers 304, without a body, if this is still the ETag.", {"type": "string"}, '"0"'
)
IDEMPOTENCY = RequestHeader(
    "Idempotency-Key",
    "A name of your own for this request, such as a UUID: sent again within 24 hours it has its effect once, and is "
    "answered with the same status, `Idempotent-Replayed: true`, and what it made as that is now, as far as you "
    "may still read it.",
    {"type": "string", "pattern": f"^{IDEMPOTENCY_KEY.pattern}$"},
    None,
    (InvalidRequest,),
)
IDEMPOTENCY_UUID = RequestHeader(
    IDEMPOTENCY.name,
    f"{IDEMPOTENCY.text} Here it must be a UUID.",
    {"type": "string", "format": "uuid"},
    None,
    IDEMPOTENCY.refusals,
)
ORIGIN = RequestHeader(
    "Origin", "The site that asks. Browsers set it themselves.", {"type": "string"}, "https://shop.example"
)
PREFER = RequestHeader(
    "Prefer",
    "`return=minimal` leaves the body out of the reply (RFC 7240).",
    {"type": "string"},
    "return=representation",
)
