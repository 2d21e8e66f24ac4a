"""A request as the gateway hands it over (HTTP API, payload format 2.0).

What a request may never be asked for (its body, its key, its precondition) is loaded when it is.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ticketing.directory.principal import ChatVisitor, Principal, Representative
from ticketing.errors import Fault, InternalError, InvalidRequest, NotFound, PayloadTooLarge, UnsupportedMediaType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ticketing.http.parameters import Parameters
    from ticketing.http.routes import Route
    from ticketing.kernel.deadline import Deadline
    from ticketing.kernel.idempotency import IdempotencyKey
    from ticketing.tickets.precondition import Precondition
    from ticketing.webchat.visitors import Visitor

MAX_BODY = 262_144
"""Bytes of a body at most."""
_REPLACEMENT = "\ufffd".encode()
_TICKET_ID = re.compile(r"[1-9]\d{0,15}", re.ASCII)
_REFUSED = re.compile(r"(?:^|;)q=0(?:\.0*)?(?:;|$)")
IDEMPOTENCY_KEY = re.compile(r"[\x20-\x7e]{1,255}")


def ticket_id(text: str) -> int:
    """Return the ticketID in a text; raises NotFound for what is no positive integer below 2^53 in plain decimal."""
    from ticketing.kernel.strict_json import MAX_INTEGER

    if not _TICKET_ID.fullmatch(text) or int(text) > MAX_INTEGER:
        raise NotFound("There is no such ticket.")
    return int(text)


def headers_of(event: Mapping[str, Any]) -> Mapping[str, str]:
    """Return headers by lower-case name; `sam local` hands them over as the client wrote them.

    Repeated ones are joined with commas.
    """
    return {name.lower(): value for name, value in event["headers"].items()}


@dataclass(frozen=True)
class Request:
    """One request; `principal` is None on a public route, and the visitor on a route of visitors. `logged` is what its
    log lines tell: ids, codes, counts and times."""

    event: Mapping[str, Any]
    route: Route
    path_parameters: Mapping[str, str]
    principal: Principal | Visitor | None
    deadline: Deadline
    logged: dict[str, Any]

    @property
    def caller(self) -> Principal:
        """Return the caller; every route but those of the public and of visitors has one."""
        if self.principal is None or isinstance(self.principal, ChatVisitor):
            raise InternalError("This route has no caller.")
        return self.principal

    @property
    def visitor(self) -> Visitor:
        """Return the visitor, on a route of visitors."""
        if self.principal is None or not isinstance(self.principal, ChatVisitor):
            raise InternalError("This route has no visitor.")
        return self.principal

    @property
    def representative(self) -> Representative:
        """Return the caller, on a route that admits representatives only."""
        if not isinstance(self.principal, Representative):
            raise InternalError("This route has no representative.")
        return self.principal

    @property
    def path(self) -> str:
        """Return the path as it was asked for."""
        path: str = self.event["rawPath"]
        return path

    @property
    def source_address(self) -> str:
        """Return the address of the connection, as the gateway saw it."""
        address: str = self.event["requestContext"]["http"]["sourceIp"]
        return address

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Return headers by lower-case name."""
        return headers_of(self.event)

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """Return query parameters in order (the gateway's own parsing joins repeated ones); raises InvalidRequest."""
        from urllib.parse import parse_qsl  # few requests have a query, and it loads ipaddress

        try:
            return parse_qsl(self.event.get("rawQueryString", ""), keep_blank_values=True, errors="strict")
        except ValueError as error:
            raise InvalidRequest("The query string is not valid UTF-8.") from error

    @cached_property
    def parameters(self) -> Parameters:
        """Return query parameters by name; raises InvalidRequest."""
        from ticketing.http.parameters import Parameters

        return Parameters(self.query)

    @property
    def precondition(self) -> Precondition:
        """Return the condition of If-Match; raises InvalidRequest."""
        from ticketing.tickets.precondition import if_match

        return if_match(self.headers.get("if-match"))

    @property
    def wants_no_body(self) -> bool:
        """Tell whether the client prefers a reply without a body (RFC 7240)."""
        preferences = self.headers.get("prefer", "").lower().replace(" ", "").replace('"minimal"', "minimal").split(",")
        wanted = (each.partition(";")[0] for each in preferences if each.startswith("return="))
        return next(wanted, None) == "return=minimal"  # of a preference that is repeated the first counts

    def accepts(self, media_type: str) -> bool:
        """Tell whether the client names this media type in Accept (RFC 9110 §12.5.1); ranges (*/*) do not count."""
        ranges = (part.lower().replace(" ", "") for part in self.headers.get("accept", "").split(","))
        return any(
            name == media_type and not _REFUSED.search(rest) for name, _, rest in (r.partition(";") for r in ranges)
        )

    @property
    def media_type(self) -> str:
        """Return the body's media type without parameters; JSON when none is named."""
        return self.headers.get("content-type", "application/json").partition(";")[0].strip().lower()

    @property
    def has_body(self) -> bool:
        """Tell whether anything stands in the body."""
        return bool(self.event.get("body"))

    def body_as[Read](self, reader: Callable[[Any], Read]) -> tuple[Any, Read]:
        """Return a body of JSON, parsed strictly, and what `reader` makes of it; raises as `body_by_type`."""
        return self.body_by_type({"application/json": reader})

    def body_by_type[Read](self, readers: Mapping[str, Callable[[Any], Read]]) -> tuple[Any, Read]:
        """Return the body, parsed strictly, and what the reader of its media type makes of it. The refusal of a patch
        in another type names those that are taken (RFC 5789 §2.2).

        Raises PayloadTooLarge, UnsupportedMediaType, InvalidRequest, in this order, and what the reader raises.
        """
        from ticketing.kernel.strict_json import read

        body = self._body()
        if len(body) > MAX_BODY:
            raise PayloadTooLarge(f"A body may have {MAX_BODY} bytes at most.")
        if "content-encoding" in self.headers:
            raise UnsupportedMediaType("A body may have no Content-Encoding.")
        if self.media_type not in readers:
            taken = {"Accept-Patch": ", ".join(readers)} if self.route.method == "PATCH" else {}
            raise UnsupportedMediaType(f"The body must be {' or '.join(readers)}.", headers=taken)
        self._require_sent_as_received(body)
        reader = readers[self.media_type]
        return read(body, lambda value: (value, reader(value)))

    def ticket_id(self) -> int:
        """Return the ticket that the path names; raises NotFound for what is no id."""
        (text,) = self.path_parameters.values()
        return ticket_id(text)

    def idempotency_key(self, body: Any) -> IdempotencyKey | None:
        """Return the Idempotency-Key in its scope, if there is one; raises InvalidRequest when it is malformed."""
        from ticketing.kernel.idempotency import IdempotencyKey

        key = self.headers.get("idempotency-key")
        if key is None:
            return None
        if not IDEMPOTENCY_KEY.fullmatch(key):
            raise _malformed_key("must be 1 to 255 printable ASCII characters")
        return IdempotencyKey.of(self.caller, self.path, key, body)

    def idempotency_uuid(self) -> str | None:
        """Return the Idempotency-Key of a route whose keys are UUIDs; raises InvalidRequest for what is none."""
        from ticketing.kernel.identifiers import canonical_uuid

        key = self.headers.get("idempotency-key")
        if key is not None and canonical_uuid(key) is None:
            raise _malformed_key("must be a UUID")
        return canonical_uuid(key) if key is not None else None

    def _require_sent_as_received(self, body: bytes) -> None:
        """Raise InvalidRequest where the gateway had to mend the text: it puts U+FFFD in the place of invalid UTF-8.

        What was mended is seldom as long as what was sent; a sequence cut off after its third byte is. Where the length
        was not sent, as with a body in chunks, U+FFFD itself is refused: it cannot be told from a mend.
        """
        if self.event.get("isBase64Encoded") or _REPLACEMENT not in body:
            return
        if self.headers.get("content-length") != str(len(body)):
            raise InvalidRequest("The body is not valid UTF-8, or holds U+FFFD and does not tell its length.")

    def _body(self) -> bytes:
        body: str = self.event.get("body") or ""
        # a lone surrogate can stand in the event's own JSON; it is found and named when the body is parsed
        return base64.b64decode(body) if self.event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")


def _malformed_key(detail: str) -> InvalidRequest:
    return InvalidRequest("The Idempotency-Key is malformed.", [Fault("Idempotency-Key", detail)])
