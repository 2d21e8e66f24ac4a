"""The entry point of every function behind the gateway: match, authenticate, answer, log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from ticketing import telemetry
from ticketing.directory.principal import Access, Principal
from ticketing.errors import InternalError, NotFound, TicketingError, TooManyRequests, Unavailable
from ticketing.http.reply import REPLAYED, Reply
from ticketing.http.request import Request, headers_of, ticket_id
from ticketing.http.routes import Route, matched
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.timelimit import MARGIN, within
from ticketing.telemetry import logger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ticketing.application import Application
    from ticketing.webchat.visitors import Visitor

type Handler = Callable[[Application, Request], Reply]

LONGEST_REQUEST = 9.0
"""Seconds after which a request asks nothing more of anybody, and is refused with 503 or 409. So it is answered within
ten, even if a last call takes a second to connect."""


class Api:
    """The routes of one function; `longest` is the seconds for which its use cases go on trying."""

    def __init__(self, longest: float = LONGEST_REQUEST) -> None:
        self._longest = longest
        self.handlers: dict[Route, Handler] = {}

    def serves(self, route: Route) -> Callable[[Handler], Handler]:
        """Return what binds a handler to a route of this function."""

        def bind(handler: Handler) -> Handler:
            self.handlers[route] = handler
            return handler

        return bind

    def handle(self, application: Application, event: dict[str, Any], context: telemetry.Context) -> dict[str, Any]:
        """Answer a request of the gateway. Never raises: what is not a refusal is logged and answered as a 500."""
        started = time.monotonic()
        request_id: str = event["requestContext"]["requestId"]
        telemetry.begin(request_id)
        fields: dict[str, Any] = {"method": event["requestContext"]["http"]["method"]}
        try:
            with within(min(LONGEST_REQUEST, _remaining(context))):
                reply = self._answer(application, event, self._deadline(context), fields)
        except TicketingError as error:
            fields["code"] = error.code
            if isinstance(error, Unavailable):
                logger().warning("dependency failed", exc_info=True, extra=fields)
            reply = Reply.problem(error, request_id)
        except Exception:
            logger().exception("defect", extra=fields)
            fields["code"] = "InternalError"
            reply = Reply.problem(InternalError("Something went wrong on our side."), request_id)
        milliseconds = round((time.monotonic() - started) * 1000)
        logger().info("answered", extra=fields | {"status": reply.status.value, "milliseconds": milliseconds})
        _count(fields, reply)
        return reply.for_gateway(request_id)

    def _answer(
        self, application: Application, event: dict[str, Any], deadline: Deadline, fields: dict[str, Any]
    ) -> Reply:
        route, parameters = matched(event["requestContext"]["http"]["method"], event["rawPath"])
        fields |= {"route": str(route), **_ticket(parameters)}
        principal = _authenticated(application, route.access, headers_of(event))
        if principal:
            fields |= {"customerID": principal.customerID, "principal": principal.name}
        request = Request(event, route, parameters, principal, deadline, fields)
        reply = self.handlers[route](application, request)
        return reply.without_body() if fields["method"] == "HEAD" else reply

    def _deadline(self, context: telemetry.Context) -> Deadline:
        return Deadline(time.monotonic() + min(self._longest, _remaining(context)))


def _remaining(context: telemetry.Context) -> float:
    return context.get_remaining_time_in_millis() / 1000 - MARGIN


def _ticket(parameters: Mapping[str, str]) -> dict[str, int]:
    """Return the ticket that a path names, for the log; whatever else a client writes there is not logged."""
    try:
        return {name: ticket_id(text) for name, text in parameters.items()}
    except NotFound:
        return {}


def _count(fields: Mapping[str, Any], reply: Reply) -> None:
    if code := fields.get("code"):
        telemetry.count("Refusals", code=code)
        if code == TooManyRequests.__name__:
            telemetry.count("Throttles", route=fields["route"])
    elif fields["method"] not in ("GET", "HEAD") and REPLAYED not in reply.headers:
        telemetry.count("Writes", route=fields["route"])


def _authenticated(application: Application, access: Access, headers: Mapping[str, str]) -> Principal | Visitor | None:
    if access is Access.Public:
        return None
    if access is Access.Visitor:
        return application.visitors.visitor(headers.get("authorization"))
    principal = application.authentication.principal(headers.get("authorization"))
    access.require(principal)
    return principal
