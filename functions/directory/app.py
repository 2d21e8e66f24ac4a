"""GET /api/CustomerReps/me and /assignable, /api/Channels, /api/Topics and /api/EndUsers: what a browser app needs to
know of its customer."""

from typing import TYPE_CHECKING

from ticketing.application import Application
from ticketing.directory.reading import PageOfNames
from ticketing.http import Api, Reply, Request
from ticketing.http.parameters import MAX_DEPTH, QueryParameter, paging, require_depth
from ticketing.http.routes import LIST_ASSIGNABLE, LIST_CHANNELS, LIST_TOPICS, READ_ME, SEARCH_END_USERS
from ticketing.lambda_handler import LambdaHandler

if TYPE_CHECKING:
    from pydantic import BaseModel

PAGE_NUMBER, PAGE_SIZE = paging(f"pageNumber × pageSize may reach {MAX_DEPTH:,}.", usual=100)
PAGE_PARAMETERS = (PAGE_NUMBER, PAGE_SIZE)
UID = QueryParameter("uid", "An address of the end user, compared exactly. This or search is required.")
SEARCH = QueryParameter(
    "search",
    "Beginnings of words of the name, every one of which must be found; case and accents are ignored.",
    example="jan",
)
END_USER_PARAMETERS = (UID, SEARCH, *PAGE_PARAMETERS)

api = Api()


@api.serves(READ_ME)
def read_me(application: Application, request: Request) -> Reply:
    """Read who you are.

    The representative whose token this is.
    """
    return _list_reply(request, application.directory_reading.me(request.representative))


@api.serves(LIST_ASSIGNABLE)
def list_assignable(application: Application, request: Request) -> Reply:
    """List whom you may assign tickets to.

    The active representatives whom you may set as `customerRepID` of a ticket that nobody holds, by name: everybody for
    an Administrator or a Supervisor, yourself for an Agent, nobody for a Restricted one.
    """
    page = _page(request)
    return _list_reply(request, application.directory_reading.assignable(request.representative, page))


@api.serves(LIST_CHANNELS)
def list_channels(application: Application, request: Request) -> Reply:
    """List channels.

    The customer's channels by name, inactive ones too.
    """
    page = _page(request)
    return _list_reply(request, application.directory_reading.channels(request.representative, page))


@api.serves(LIST_TOPICS)
def list_topics(application: Application, request: Request) -> Reply:
    """List topics.

    The customer's topics by name.
    """
    page = _page(request)
    return _list_reply(request, application.directory_reading.topics(request.representative, page))


@api.serves(SEARCH_END_USERS)
def search_end_users(application: Application, request: Request) -> Reply:
    """Find end users.

    The customer's end users who have a `uid`, or whose name has words that begin so, by name; with both only those to
    whom both apply. More than 1,000 matches are refused with `TooManyToSort`: ask for more of the name, or for one. So
    is a search whose longest word begins a word in more than 10,000 names: ask for more of that word.
    """
    uid, search = request.parameters.read(UID), request.parameters.read(SEARCH)
    if uid is None and search is None:
        request.parameters.refuse(SEARCH.name, "is required, or uid")
    page = _page(request)
    return _list_reply(request, application.directory_reading.end_users(request.representative, uid, search, page))


def _page(request: Request) -> PageOfNames:
    number, size = (request.parameters.read(parameter) for parameter in PAGE_PARAMETERS)
    request.parameters.require_sound()
    require_depth(number, size, "narrow it down")
    return PageOfNames(number, size)


def _list_reply(request: Request, model: "BaseModel") -> Reply:
    return Reply.unless_known(model, request.headers.get("if-none-match"))


lambda_handler = LambdaHandler(api.handle)
