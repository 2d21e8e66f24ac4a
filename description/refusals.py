"""Refusals: which of them a request can meet, and how they look."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from pydantic import BaseModel, Field

from description.operation import Json, Operation
from description.schemas import name_of, reference
from ticketing import errors
from ticketing.directory.principal import Access
from ticketing.errors import TicketingError


class FaultView(BaseModel):
    """One thing that is wrong: where, as a JSON Pointer into the body or a parameter's or header's name, and what."""

    pointer: str = Field(description="Where: a JSON Pointer into the body, or the name of a parameter or header.")
    detail: str = Field(description="What is wrong, for people.")


class Problem(BaseModel):
    """A refusal as clients read it (RFC 9457). `code` is for programs; `errors` names every fault, the first 1,000
    at most."""

    type: str = Field(description="What kind of problem this is (RFC 9457); `code` says it.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The status.")
    detail: str = Field(description="What is wrong, for people.")
    code: str = Field(description="What is wrong, for programs: one of the codes of this status.")
    errors: list[FaultView] = Field(
        description="Every fault that was found, the first 1,000 at most; empty where nothing more can be said."
    )
    requestId: str = Field(description="The request, as in the X-Request-Id header; name it when you ask for help.")


PROBLEM_JSON = "application/problem+json"
_SET_WHEN_RAISED: Mapping[type[TicketingError], set[str]] = {
    errors.PreconditionFailed: {"ETag"},
    errors.TooManyRequests: {"Retry-After"},
    errors.UnsupportedMediaType: {"Accept-Patch"},
}
"""Headers whose values only the moment knows, beside those that a class always has."""
_ADMITTING_SOME = {Access.TicketAccess}
"""Policies that refuse some kinds of token with 403; what is no visitorKey is a 401, like no token."""


def refusals_of(access: Access, operation: Operation) -> set[type[TicketingError]]:
    """Return every refusal that an operation can answer with."""
    return set(
        chain(
            operation.refusals,
            (errors.InternalError,),
            () if access is Access.Public else (errors.Unauthorized, errors.Unavailable),
            (errors.Forbidden,) if access in _ADMITTING_SOME else (),
            (errors.InvalidRequest,) if operation.query else (),
            (errors.InvalidRequest, errors.PayloadTooLarge, errors.UnsupportedMediaType) if operation.body else (),
            *(header.refusals for header in operation.headers),
        )
    )


def replies(refusals: Iterable[type[TicketingError]]) -> dict[int, list[type[TicketingError]]]:
    """Return refusals by their status, both in order."""
    by_status: defaultdict[int, list[type[TicketingError]]] = defaultdict(list)
    for refusal in sorted(refusals, key=lambda refusal: (refusal.status, refusal.__name__)):
        by_status[refusal.status.value].append(refusal)
    return dict(by_status)


def key_of(refusals: Iterable[type[TicketingError]]) -> str:
    """Return the name of the component that describes these refusals, which have one status."""
    return ".".join(refusal.__name__ for refusal in refusals)


def reply(refusals: list[type[TicketingError]]) -> Json:
    """Return the component that describes these refusals, which have one status."""
    status = refusals[0].status
    codes = [refusal.__name__ for refusal in refusals]
    only = {"status": {"type": "integer", "enum": [status.value]}, "code": {"type": "string", "enum": codes}}
    return {
        "description": " ".join(f"`{refusal.__name__}`: {refusal.__doc__}" for refusal in refusals),
        "headers": {"X-Request-Id": _header("X-Request-Id")} | {name: _header(name) for name in _headers(refusals)},
        "content": {
            PROBLEM_JSON: {
                "schema": {"allOf": [reference(name_of(Problem)), {"properties": only}]},
                "examples": {refusal.__name__: {"value": _example(refusal)} for refusal in refusals},
            }
        },
    }


def _headers(refusals: list[type[TicketingError]]) -> list[str]:
    """Return the headers that every one of the refusals has, or may have."""
    each = [set(refusal.headers) | _SET_WHEN_RAISED.get(refusal, set()) for refusal in refusals]
    return sorted(set.intersection(*each))


def _header(name: str) -> Json:
    return {"$ref": f"#/components/headers/{name}"}


def _example(refusal: type[TicketingError]) -> Json:
    return {
        "type": "about:blank",
        "title": refusal.status.phrase,
        "status": refusal.status.value,
        "detail": refusal.__doc__,
        "code": refusal.__name__,
        "errors": [{"pointer": "/subject", "detail": "is required"}] if refusal is errors.InvalidRequest else [],
        "requestId": "JKJaXmPLvHcESHA=",
    }
