"""The requests of a smoke test, and the reply that each must have."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from deploy.smoke.http import HttpReply

ORIGIN = "https://shop.example"
JSON = "application/json"
MAX_BODY = 262_144
ANY_SITE = {"access-control-allow-origin": "*"}
SITE_READS = ANY_SITE | {"access-control-expose-headers": "ETag"}
PREFLIGHT = ANY_SITE | {
    "access-control-max-age": "7200",
    "access-control-allow-methods": "PATCH",
    "access-control-allow-headers": "Idempotency-Key",
}


@dataclass(frozen=True)
class Expected:
    """A reply that is expected: its status (one of several), headers with these texts in them (case ignored), a
    problem's code, and a condition that its JSON fulfils."""

    status: int | tuple[int, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    shows: Callable[[Any], bool] | None = None
    is_empty: bool = False

    def faults(self, reply: HttpReply) -> Iterator[str]:
        """Yield what a reply lacks."""
        statuses = self.status if isinstance(self.status, tuple) else (self.status,)
        if reply.status not in statuses:
            yield f"status {reply.status}"
        for name, text in self.headers.items():
            if text.lower() not in reply.headers.get(name, "").lower() or name not in reply.headers:
                yield f"{name}: {reply.headers.get(name, 'missing')}"
        document = reply.json()
        if self.code and not (isinstance(document, dict) and document.get("code") == self.code):
            yield f"no problem with code {self.code}"
        if self.shows and not _holds(self.shows, document):
            yield "another body"
        if self.is_empty and reply.body:
            yield f"a body of {len(reply.body)} bytes"

    def __str__(self) -> str:
        """Return a short text for a table."""
        statuses = self.status if isinstance(self.status, tuple) else (self.status,)
        return " ".join(filter(None, [" or ".join(map(str, statuses)), self.code, *self.headers]))


@dataclass(frozen=True)
class Check:
    """One request, what it is for, and what is expected; with `patience` (seconds) it is repeated until that comes."""

    purpose: str
    method: str
    path: str
    expected: Expected
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    is_public: bool = False
    patience: int = 0


def without_ticket() -> Iterator[Check]:
    """Yield the checks that need no ticket."""
    yield from _open_to_all()
    yield from _across_sites()
    yield from _of_paths_and_methods()
    yield from _of_bodies()


def _open_to_all() -> Iterator[Check]:
    yield Check("health", "GET", "/api/health", Expected(200, shows=lambda j: j == {"status": "ok"}), is_public=True)
    description = Expected(200, shows=lambda j: j["openapi"].startswith("3.1"))
    yield Check("the description", "GET", "/api/openapi.json", description, is_public=True)
    page = Expected(200, {"content-type": "text/html", "x-content-type-options": "nosniff"})
    yield Check("a page in HTML", "GET", "/api/docs", page, is_public=True)
    challenge = Expected(
        401, {"www-authenticate": "Bearer", "content-type": "application/problem+json"}, "Unauthorized"
    )
    yield Check("a challenge to whoever has no token", "GET", "/api/Tickets", challenge, is_public=True)


def _across_sites() -> Iterator[Check]:
    from_site = {"Origin": ORIGIN}
    refusal = Expected(401, SITE_READS, "Unauthorized")
    yield Check("CORS on a refusal", "GET", "/api/Tickets", refusal, from_site, is_public=True)
    asked = from_site | {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "idempotency-key"}
    preflight = Expected((200, 204), PREFLIGHT)
    yield Check("a preflight", "OPTIONS", "/api/Tickets/1", preflight, asked, is_public=True)


def _of_paths_and_methods() -> Iterator[Check]:
    missing = Expected(404, {"x-request-id": ""}, "NotFound", lambda j: bool(j["requestId"]))
    yield Check("an unknown path is ours to refuse", "GET", "/api/None", missing, is_public=True)
    yield Check("a trailing slash is another path", "GET", "/api/Tickets/", Expected(404, code="NotFound"))
    yield Check("case counts in a path", "GET", "/api/tickets", Expected(404, code="NotFound"))
    allowed = Expected(405, {"allow": "GET, POST"}, "MethodNotAllowed")
    yield Check("a method that is not served", "DELETE", "/api/Tickets", allowed)
    yield Check("HEAD has no body", "HEAD", "/api/Tickets", Expected(405, is_empty=True))


def _of_bodies() -> Iterator[Check]:
    text = {"Content-Type": "text/plain"}
    unread = Expected(415, code="UnsupportedMediaType")
    yield Check("text is no JSON", "POST", "/api/Tickets", unread, text, b"{}")
    packed = {"Content-Type": JSON, "Content-Encoding": "gzip"}
    yield Check("bytes that are packed", "POST", "/api/Tickets", unread, packed, b"\x1f\x8b\x08\x00\xff\xfe")
    broken = b'{"status": "Open", "channelType": "Email", "subject": "\xff\xfe"}'
    invalid = Expected(400, code="InvalidRequest")
    yield Check("bytes that are no UTF-8", "POST", "/api/Tickets", invalid, {"Content-Type": JSON}, broken)
    ours = Expected(413, code="PayloadTooLarge")
    large = b'{"subject": "' + b"x" * MAX_BODY + b'"}'
    yield Check("a body over 256 KB", "POST", "/api/Tickets", ours, {"Content-Type": JSON}, large)
    yield Check("a body over 6 MB", "POST", "/api/Tickets", Expected(413), {"Content-Type": JSON}, large * 25)


@dataclass(frozen=True)
class TicketChecks:
    """The checks of a ticket that is made for them; `mark` is a word and a uid that no other ticket has."""

    mark: str = field(default_factory=lambda: f"zq{uuid.uuid4().hex}")

    @property
    def uid(self) -> str:
        """Return a uid with whatever a query could lose."""
        return f"{self.mark},+ %2B/é&=@smoke.example"

    @property
    def subject(self) -> str:
        """Return a subject in several scripts."""
        return f"{self.mark} Où est mon colis ? 退款 🙂"

    def create(self) -> Check:
        """Return the check that makes the ticket."""
        body = {"status": "Open", "subject": self.subject, "channelType": "Email", "uid": self.uid}
        headers = {"Content-Type": JSON, "Idempotency-Key": self.mark}
        expected = Expected(
            201, {"location": "/api/Tickets/", "etag": '"'}, shows=lambda j: j["subject"] == self.subject
        )
        return Check("a new ticket", "POST", "/api/Tickets", expected, headers, _encoded(body))

    def about(self, ticketID: int, token: str) -> Iterator[Check]:
        """Yield the checks that read, change and find it."""
        yield from self._reading(ticketID, token)
        yield from self._changing(ticketID)
        one = Expected(200, shows=lambda j: [each["ticketID"] for each in j["items"]] == [ticketID])
        query = f"uid={quote(self.uid, safe='')}&status=Closed&status=open&search={self.mark}%20o%C3%B9"
        yield Check("a query, encoded and repeated", "GET", f"/api/Tickets?{query}", one, patience=30)

    def _reading(self, ticketID: int, token: str) -> Iterator[Check]:
        again = Expected(201, {"idempotent-replayed": "true"}, shows=lambda j: j["ticketID"] == ticketID)
        made = self.create()
        yield Check("the same once more", "POST", made.path, again, made.headers, made.body)
        exact = Expected(200, {"etag": '"1"', "cache-control": "no-store"}, shows=lambda j: j["uid"] == self.uid)
        odd = {"aUTHORIZATION": f"bEARER {token}"}
        yield Check("names of headers ignore case", "GET", _path(ticketID), exact, odd, is_public=True)
        encoded = "".join(f"%{ord(digit):02X}" for digit in str(ticketID))
        yield Check("an encoded path is the same path", "GET", f"/api/Tickets/{encoded}", exact)
        unchanged = Expected(304, {"etag": '"1"'}, is_empty=True)
        yield Check("nothing new", "GET", _path(ticketID), unchanged, {"If-None-Match": '"1"'})

    def _changing(self, ticketID: int) -> Iterator[Check]:
        patch = {"Content-Type": "application/json-patch+json"}
        operations = _encoded([{"op": "replace", "path": "/preview", "value": "退款 🙂"}])
        kept = Expected(200, {"etag": '"2"'}, shows=lambda j: j["preview"] == "退款 🙂")
        yield Check("a JSON Patch, which comes in base64", "PATCH", _path(ticketID), kept, patch, operations)
        stale = {"Content-Type": "application/merge-patch+json", "If-Match": '"1"', "Origin": ORIGIN}
        refused = Expected(412, SITE_READS, "PreconditionFailed")
        important = _encoded({"isImportant": True})
        yield Check("a stale merge patch", "PATCH", _path(ticketID), refused, stale, important)

    def delete(self, ticketID: int) -> Check:
        """Return the check that removes it."""
        return Check("away with it", "DELETE", _path(ticketID), Expected(204, is_empty=True))


def _path(ticketID: int) -> str:
    return f"/api/Tickets/{ticketID}"


def _holds(condition: Callable[[Any], bool], document: Any) -> bool:
    try:
        return condition(document)
    except (KeyError, TypeError, AttributeError):
        return False


def _encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
