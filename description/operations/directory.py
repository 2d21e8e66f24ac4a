"""Operations of the directory: bodies, replies, refusals, examples."""

from http import HTTPStatus

from pydantic import BaseModel

from description import headers
from description.operation import Json, Operation, Success
from description.operations.parts import EXAMPLES, page, reply
from functions.directory.app import END_USER_PARAMETERS, PAGE_PARAMETERS
from ticketing import errors
from ticketing.directory.views import AssignablePage, ChannelPage, EndUserPage, MeView, TopicPage
from ticketing.errors import TicketingError
from ticketing.http import routes
from ticketing.http.parameters import QueryParameter
from ticketing.http.routes import Route


def _names(item: str) -> Json:
    return page(item, pageSize=100)


def _read(
    text: str,
    model: type[BaseModel],
    example: object,
    query: tuple[QueryParameter, ...] = (),
    *refusals: type[TicketingError],
) -> Operation:
    """Return an operation that shows a part of the directory, in pages where it has a query."""
    return Operation(
        reply(text, model, example, "ETag"),
        Success("It still has the ETag.", HTTPStatus.NOT_MODIFIED, headers=("ETag",)),
        query=query,
        headers=(headers.IF_NONE_MATCH,),
        refusals=(*((errors.PageTooDeep,) if query else ()), *refusals),
    )


OPERATIONS: dict[Route, Operation] = {
    routes.READ_ME: _read("You.", MeView, EXAMPLES["me"]),
    routes.LIST_ASSIGNABLE: _read("A page of representatives.", AssignablePage, _names("customerRep"), PAGE_PARAMETERS),
    routes.LIST_CHANNELS: _read("A page of channels.", ChannelPage, _names("channel"), PAGE_PARAMETERS),
    routes.LIST_TOPICS: _read("A page of topics.", TopicPage, _names("topic"), PAGE_PARAMETERS),
    routes.SEARCH_END_USERS: _read(
        "A page of end users.", EndUserPage, _names("endUser"), END_USER_PARAMETERS, errors.TooManyToSort
    ),
}
