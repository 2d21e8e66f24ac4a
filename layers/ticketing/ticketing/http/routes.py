"""Every route of the API, with its name, the policy that it is under and the function that serves it.

The gateway's routes in template.yaml are checked against this table; 404 and 405 follow from it.
"""

from dataclasses import dataclass
from functools import cached_property

from ticketing.directory.principal import Access
from ticketing.errors import MethodNotAllowed, NotFound


@dataclass(frozen=True)
class Route:
    """A request by method and path (with `{parameters}`), who may make it, and which function answers.

    `name` is that of the operation in the description: generated clients call their methods so.

    `has_head` lets HEAD be answered as GET is; the gateway's $default route brings it to that function.
    """

    name: str
    method: str
    path: str
    access: Access
    function: str
    has_head: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        """Return the methods that are answered."""
        return (self.method, "HEAD") if self.has_head else (self.method,)

    def parameters_in(self, segments: list[str]) -> dict[str, str] | None:
        """Return the parameters that as many segments of a path give; None where they are not of this route."""
        parameters = {}
        for wanted, given in zip(self.segments, segments, strict=True):
            if wanted.startswith("{") and given:
                parameters[wanted[1:-1]] = given
            elif wanted != given:
                return None
        return parameters

    @cached_property
    def segments(self) -> list[str]:
        """Return what stands between the slashes of the path."""
        return self.path.split("/")

    def __str__(self) -> str:
        """Return the gateway's key of the route."""
        return f"{self.method} {self.path}"


LIST_TICKETS = Route("listTickets", "GET", "/api/Tickets", Access.TicketAccess, "tickets")
CREATE_TICKET = Route("createTicket", "POST", "/api/Tickets", Access.TicketCreateFromPhone, "tickets")
READ_TICKET = Route("readTicket", "GET", "/api/Tickets/{id}", Access.TicketAccess, "tickets")
REPLACE_TICKET = Route("replaceTicket", "PUT", "/api/Tickets/{id}", Access.TicketAccess, "tickets")
PATCH_TICKET = Route("patchTicket", "PATCH", "/api/Tickets/{id}", Access.TicketAccessOrPhoneAuth, "tickets")
DELETE_TICKET = Route("deleteTicket", "DELETE", "/api/Tickets/{id}", Access.TicketAccess, "tickets")
UPDATE_MANY = Route("updateMany", "PUT", "/api/Tickets/bulk", Access.TicketAccess, "bulk")
SUMMARISE = Route("summarise", "GET", "/api/Tickets/{id}/history-summary", Access.TicketAccessOrPhoneAuth, "summary")
ASSIGN_TICKET = Route("assignTicket", "PUT", "/api/Tickets/{id}/assign", Access.TicketAccess, "calls")
PLAY_RECORDING = Route("playRecording", "GET", "/api/Tickets/{ticketId}/play", Access.TicketAccess, "calls")
CREATE_CHAT_TICKET = Route("createChatTicket", "POST", "/api/Tickets/createchatticket", Access.Public, "webchat")
READ_CHAT = Route("readChat", "GET", "/api/Tickets/chatmessages", Access.Visitor, "webchat")
WRITE_CHAT = Route("writeChat", "POST", "/api/Tickets/chatmessages", Access.Visitor, "webchat")
LIST_MESSAGES = Route("listMessages", "GET", "/api/TicketMessages", Access.TicketAccess, "messages")
ADD_MESSAGE = Route("addMessage", "POST", "/api/TicketMessages", Access.TicketCreateFromPhone, "messages")
READ_ME = Route("readMe", "GET", "/api/CustomerReps/me", Access.TicketAccess, "directory")
LIST_ASSIGNABLE = Route("listAssignable", "GET", "/api/CustomerReps/assignable", Access.TicketAccess, "directory")
LIST_CHANNELS = Route("listChannels", "GET", "/api/Channels", Access.TicketAccess, "directory")
LIST_TOPICS = Route("listTopics", "GET", "/api/Topics", Access.TicketAccess, "directory")
SEARCH_END_USERS = Route("searchEndUsers", "GET", "/api/EndUsers", Access.TicketAccess, "directory")
READ_HISTORY = Route("readHistory", "GET", "/api/Tickets/{id}/changes", Access.TicketAccess, "changes")
FOLLOW_CHANGES = Route("followChanges", "GET", "/api/Changes", Access.TicketAccess, "changes")
READ_DESCRIPTION = Route("readDescription", "GET", "/api/openapi.json", Access.Public, "docs", has_head=True)
SHOW_PAGE = Route("showPage", "GET", "/api/docs", Access.Public, "docs", has_head=True)
READ_HEALTH = Route("readHealth", "GET", "/api/health", Access.Public, "docs", has_head=True)

ROUTES = (
    LIST_TICKETS,
    CREATE_TICKET,
    READ_TICKET,
    REPLACE_TICKET,
    PATCH_TICKET,
    DELETE_TICKET,
    UPDATE_MANY,
    SUMMARISE,
    ASSIGN_TICKET,
    PLAY_RECORDING,
    CREATE_CHAT_TICKET,
    READ_CHAT,
    WRITE_CHAT,
    LIST_MESSAGES,
    ADD_MESSAGE,
    READ_ME,
    LIST_ASSIGNABLE,
    LIST_CHANNELS,
    LIST_TOPICS,
    SEARCH_END_USERS,
    READ_HISTORY,
    FOLLOW_CHANGES,
    READ_DESCRIPTION,
    SHOW_PAGE,
    READ_HEALTH,
)


def matched(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Return the route of a request and its path parameters; raises NotFound, MethodNotAllowed.

    A path without parameters wins over one with them: /api/Tickets/bulk is never a ticket.
    """
    segments = path.split("/")
    as_long = [route for route in ROUTES if len(route.segments) == len(segments)]
    found = [(route, parameters) for route in as_long if (parameters := route.parameters_in(segments)) is not None]
    if not found:
        raise NotFound("There is no such path.")
    fewest = min(len(parameters) for _, parameters in found)
    here = [(route, parameters) for route, parameters in found if len(parameters) == fewest]
    for route, parameters in here:
        if method in route.methods:
            return route, parameters
    allowed = ", ".join(each for route, _ in here for each in route.methods)
    raise MethodNotAllowed(f"This path takes {allowed}.", headers={"Allow": allowed})
