"""Every route of the API, with the policy that it is under and the function that serves it.

The gateway's routes in template.yaml are checked against this table; 404 and 405 follow from it.
"""

import re
from dataclasses import dataclass

from ticketing.directory.principal import Access
from ticketing.errors import MethodNotAllowed, NotFound


@dataclass(frozen=True)
class Route:
    """A method and a path (with `{parameters}`), who may use it, and which function answers.

    `has_head` lets HEAD be answered as GET is; the gateway's $default route brings it to that function.
    """

    method: str
    path: str
    access: Access
    function: str
    has_head: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that are answered."""
        return (self.method, "HEAD") if self.has_head else (self.method,)

    def __str__(self) -> str:
        """The gateway's key of the route."""
        return f"{self.method} {self.path}"


ROUTES = (
    Route("GET", "/api/Tickets", Access.TicketAccess, "tickets"),
    Route("POST", "/api/Tickets", Access.TicketCreateFromPhone, "tickets"),
    Route("GET", "/api/Tickets/{id}", Access.TicketAccess, "tickets"),
    Route("PUT", "/api/Tickets/{id}", Access.TicketAccess, "tickets"),
    Route("PATCH", "/api/Tickets/{id}", Access.TicketAccessOrPhoneAuth, "tickets"),
    Route("DELETE", "/api/Tickets/{id}", Access.TicketAccess, "tickets"),
    Route("PUT", "/api/Tickets/bulk", Access.TicketAccess, "bulk"),
    Route("GET", "/api/Tickets/{id}/history-summary", Access.TicketAccessOrPhoneAuth, "history"),
    Route("PUT", "/api/Tickets/{id}/assign", Access.TicketAccess, "calls"),
    Route("GET", "/api/Tickets/{ticketId}/play", Access.TicketAccess, "calls"),
    Route("POST", "/api/Tickets/createchatticket", Access.Public, "webchat"),
    Route("GET", "/api/TicketMessages", Access.TicketAccess, "messages"),
    Route("POST", "/api/TicketMessages", Access.TicketCreateFromPhone, "messages"),
    Route("GET", "/api/openapi.json", Access.Public, "docs", has_head=True),
    Route("GET", "/api/docs", Access.Public, "docs", has_head=True),
    Route("GET", "/api/health", Access.Public, "docs", has_head=True),
)


def matched(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """The route of a request and its path parameters; raises NotFound, MethodNotAllowed.

    A path without parameters wins over one with them: /api/Tickets/bulk is never a ticket.
    """
    found = [(route, match.groupdict()) for route in ROUTES if (match := _pattern(route.path).fullmatch(path))]
    if not found:
        raise NotFound("There is no such path.")
    fewest = min(len(parameters) for _, parameters in found)
    here = [(route, parameters) for route, parameters in found if len(parameters) == fewest]
    for route, parameters in here:
        if method in route.methods:
            return route, parameters
    allowed = ", ".join(each for route, _ in here for each in route.methods)
    raise MethodNotAllowed(f"This path takes {allowed}.", headers={"Allow": allowed})


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))
