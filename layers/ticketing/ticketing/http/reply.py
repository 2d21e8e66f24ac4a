"""Replies, and refusals as problem details (RFC 9457)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ticketing.errors import MAX_FAULTS, Fault, TicketingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

REPLAYED = "Idempotent-Replayed"


@dataclass(frozen=True)
class Reply:
    """A status, a body (JSON text, None for none) and headers."""

    status: HTTPStatus
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, model: BaseModel, status: HTTPStatus = HTTPStatus.OK, **headers: str) -> Reply:
        """Return a model as JSON."""
        return cls(status, model.model_dump_json(), headers)

    @classmethod
    def page(cls, model: BaseModel) -> Reply:
        """Return a page as JSON; raises InvalidRequest for one that is too large."""
        from ticketing.kernel.reply_size import require_room  # most replies are no pages

        reply = cls.of(model)
        require_room(reply.body or "")
        return reply

    @classmethod
    def unless_known(cls, model: BaseModel, if_none_match: str | None) -> Reply:
        """Return a model as JSON with an ETag over what it shows; 304 where the client has it already."""
        from ticketing.tickets.precondition import none_match  # most replies are under no such condition

        body = model.model_dump_json()
        headers = {"ETag": f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'}
        if none_match(if_none_match, headers["ETag"]):
            return cls(HTTPStatus.NOT_MODIFIED, None, headers)
        return cls(HTTPStatus.OK, body, headers)

    @classmethod
    def empty(cls, status: HTTPStatus = HTTPStatus.NO_CONTENT, **headers: str) -> Reply:
        """Return a reply without a body."""
        return cls(status, None, headers)

    @classmethod
    def problem(cls, error: TicketingError, request_id: str) -> Reply:
        """Return a refusal as problem details."""
        problem = {
            "type": "about:blank",
            "title": error.status.phrase,
            "status": error.status.value,
            "detail": error.detail + _unlisted(error.faults),
            "code": error.code,
            "errors": [{"pointer": fault.pointer, "detail": fault.detail} for fault in error.faults[:MAX_FAULTS]],
            "requestId": request_id,
        }
        headers = {**error.headers, "Content-Type": "application/problem+json"}
        return cls(error.status, json.dumps(problem, ensure_ascii=False, separators=(",", ":")), headers)

    def marked(self, is_replay: bool) -> Reply:
        """Return the reply, which tells if it answers as an earlier request with the same key was answered."""
        return replace(self, headers={**self.headers, REPLAYED: "true"}) if is_replay else self

    def without_body(self) -> Reply:
        """Return the reply that HEAD has: the same headers, the length of the body among them (RFC 9110 §8.6), but no
        body."""
        if self.body is None:
            return self
        length = str(len(self.body.encode()))
        return replace(self, body=None, headers={**self._content_type, "Content-Length": length, **self.headers})

    def for_gateway(self, request_id: str) -> dict[str, Any]:
        """Return the reply as the gateway takes it (payload format 2.0), with the headers that every reply has."""
        headers = {
            "X-Content-Type-Options": "nosniff",
            "X-Request-Id": request_id,
            "Cache-Control": "no-store",
            **self._content_type,
            **self.headers,
        }
        reply: dict[str, Any] = {"statusCode": self.status.value, "headers": headers, "isBase64Encoded": False}
        return reply | ({"body": self.body} if self.body is not None else {})

    @property
    def _content_type(self) -> dict[str, str]:
        return {"Content-Type": "application/json"} if self.body is not None else {}


def _unlisted(faults: Sequence[Fault]) -> str:
    return f" There are more faults than the first {MAX_FAULTS}, which are listed." if len(faults) > MAX_FAULTS else ""
