"""Headers of requests, and of replies."""

from description.operation import Header, Json
from ticketing.errors import InvalidRequest, PreconditionFailed
from ticketing.http.request import IDEMPOTENCY_KEY

_TAG = r'(W/)?"[!#-~]*"'
"""An entity tag, as far as anyone sends one."""

IF_MATCH = Header(
    "If-Match",
    "Makes the change only if the ticket still has this ETag: otherwise 412, with the ETag that it has. "
    "`*` matches any ticket that exists. A weak tag (`W/`) matches none.",
    {"type": "string", "pattern": rf"^(\*|{_TAG}(, ?{_TAG})*)$"},
    "*",
    (InvalidRequest, PreconditionFailed),
)
IF_NONE_MATCH = Header(
    "If-None-Match", "Answers 304, without a body, if this is still the ETag.", {"type": "string"}, '"0"'
)
IDEMPOTENCY_KEY_HEADER = Header(
    "Idempotency-Key",
    "A name of your own for this request, such as a UUID: sent again within 24 hours it has its effect once, and is "
    "answered with the same status, `Idempotent-Replayed: true`, and what it made as that is now, as far as you "
    "may still read it.",
    {"type": "string", "pattern": f"^{IDEMPOTENCY_KEY.pattern}$"},
    None,
    (InvalidRequest,),
)
IDEMPOTENCY_UUID = Header(
    IDEMPOTENCY_KEY_HEADER.name,
    f"{IDEMPOTENCY_KEY_HEADER.text} Here it must be a UUID.",
    {"type": "string", "format": "uuid"},
    None,
    IDEMPOTENCY_KEY_HEADER.refusals,
)
ORIGIN = Header("Origin", "The site that asks. Browsers set it themselves.", {"type": "string"}, "https://shop.example")
PREFER = Header(
    "Prefer",
    "`return=minimal` leaves the body out of the reply (RFC 7240).",
    {"type": "string"},
    "return=representation",
)


def _reply_header(text: str, example: str, required: bool = True) -> Json:
    return {"description": text, "required": required, "schema": {"type": "string"}, "example": example}


REPLY_HEADERS: dict[str, Json] = {
    "X-Request-Id": _reply_header("Names this request; it stands in our logs.", "JKJaXmPLvHcESHA="),
    "ETag": _reply_header("Names this version, for If-Match and If-None-Match.", '"7"'),
    "Location": _reply_header("Where the new ticket, or the recording, is.", "/api/Tickets/101"),
    "Idempotent-Replayed": _reply_header("`true` where an earlier request had the effect.", "true", required=False),
    "Retry-After": _reply_header("Seconds to wait before trying again.", "2"),
    "WWW-Authenticate": _reply_header("Always `Bearer`.", "Bearer"),
    "Cache-Control": _reply_header("How long the reply may be kept.", "public, max-age=300"),
    "Content-Security-Policy": _reply_header("What the page may do: run its own scripts, and call this API.", "..."),
}
