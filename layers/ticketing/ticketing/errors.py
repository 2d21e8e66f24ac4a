"""All refusals: each has one class, one status and one code (the class's name).

TicketingError
├── InvalidRequest 400
│   ├── InvalidCursor · PageTooDeep · TooManyToSort 400
├── Unauthorized 401
├── Forbidden 403
│   └── ChannelMismatch · ChannelNotAllowed 403
├── NotFound 404
│   └── RecordingNotFound 404
├── MethodNotAllowed 405
├── AlreadyAssigned · DuplicateCall · PatchTestFailed · KeyInUse · Conflict 409
├── Gone 410 · PreconditionFailed 412 · PayloadTooLarge 413 · UnsupportedMediaType 415
├── KeyReused 422 · TooManyRequests 429
└── InternalError 500 · Unavailable 503
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar

MAX_FAULTS = 1000
"""Faults that a refusal lists: a body can have more than fit into a Lambda's reply of 6 MB."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a request: a JSON Pointer (RFC 6901) or a parameter's name, and what is wrong."""

    pointer: str
    detail: str


class TicketingError(Exception):
    """A request that is refused; `detail` and `faults` are shown to the client, so they hold no internals."""

    status: ClassVar[HTTPStatus]
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = {**type(self).headers, **(headers or {})}

    @property
    def code(self) -> str:
        """Return the machine-readable name of the refusal."""
        return type(self).__name__


class InvalidRequest(TicketingError):
    """The request is malformed, or breaks a rule that its faults name."""

    status = HTTPStatus.BAD_REQUEST


class InvalidCursor(InvalidRequest):
    """The cursor is damaged, or belongs to another query, order or caller."""


class PageTooDeep(InvalidRequest):
    """pageNumber times pageSize is over 10,000; a cursor has no such limit."""


class TooManyToSort(InvalidRequest):
    """More matches than are sorted, or looked through, for what no index serves; the parameters are at fault."""

    def __init__(self, found: str, advice: str, *parameters: str) -> None:
        super().__init__(f"{found}: {advice}.", [Fault(parameter, advice) for parameter in parameters])


class Unauthorized(TicketingError):
    """There is no token, or it is not valid (RFC 9110 §15.5.2 wants the challenge)."""

    status = HTTPStatus.UNAUTHORIZED
    headers = MappingProxyType({"WWW-Authenticate": "Bearer"})


class Forbidden(TicketingError):
    """The caller is known and may not do this."""

    status = HTTPStatus.FORBIDDEN


class ChannelMismatch(Forbidden):
    """A phone context asked for a channel other than its token's."""


class ChannelNotAllowed(Forbidden):
    """A webchat's channel token or host is not allowed."""


class NotFound(TicketingError):
    """There is no such thing, or it is another customer's: the reply does not say which."""

    status = HTTPStatus.NOT_FOUND


class RecordingNotFound(NotFound):
    """The ticket has no recording, or its object is gone."""


class MethodNotAllowed(TicketingError):
    """The path exists, the method does not; `Allow` names those that do."""

    status = HTTPStatus.METHOD_NOT_ALLOWED


class AlreadyAssigned(TicketingError):
    """Another representative holds the ticket."""

    status = HTTPStatus.CONFLICT


class DuplicateCall(TicketingError):
    """Another ticket of the customer has this call."""

    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__("Another ticket has this twilio_CallSid.", [Fault("/twilio_CallSid", "is another ticket's")])


class PatchTestFailed(TicketingError):
    """A `test` operation of a JSON Patch failed (RFC 6902 §4.6)."""

    status = HTTPStatus.CONFLICT


class KeyInUse(TicketingError):
    """Another request with this idempotency key is under way."""

    status = HTTPStatus.CONFLICT
    headers = MappingProxyType({"Retry-After": "1"})


class Conflict(TicketingError):
    """Others kept changing the ticket until the request's deadline."""

    status = HTTPStatus.CONFLICT
    headers = MappingProxyType({"Retry-After": "1"})


class Gone(TicketingError):
    """The place of a bookmark in the feed is gone: its holder begins again."""

    status = HTTPStatus.GONE

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}: begin again, without since.", [Fault("since", "begin again, without it")])


class PreconditionFailed(TicketingError):
    """The ticket no longer has the version that If-Match names."""

    status = HTTPStatus.PRECONDITION_FAILED


class PayloadTooLarge(TicketingError):
    """The body, or a patch in it, is larger than allowed."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class UnsupportedMediaType(TicketingError):
    """The route does not accept the body's media type or encoding."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class KeyReused(TicketingError):
    """The idempotency key was used with another body."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyRequests(TicketingError):
    """A limit is reached; `Retry-After` says when to come back."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class InternalError(TicketingError):
    """A defect of ours; never caused by input."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR


class Unavailable(TicketingError):
    """A dependency does not answer, or not in time; `about` is for the log: what failed, and how."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers = MappingProxyType({"Retry-After": "2"})

    def __init__(self, detail: str, about: str = "") -> None:
        super().__init__(detail)
        self.about = about or detail
