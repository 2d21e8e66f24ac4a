"""The query string of a list, read strictly: every malformed parameter is named at once."""

from collections.abc import Callable

from ticketing.errors import PageTooDeep
from ticketing.http.parameters import Parameters, QueryParameter, paging, repeatable
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.kernel.text import case_folded
from ticketing.lists.query import MAX_DEPTH, Filters, ListRequest
from ticketing.tickets.facets import CHANNEL, REP, STATE, STATUS, TYPE, UID, Facet, state_values
from ticketing.tickets.order import Order, SortBy

MAX_PAGE_SIZE = 100
_ID = {"type": "integer", "minimum": 0, "maximum": MAX_INTEGER}
_FLAG = {"type": "boolean"}

FILTERS = (
    QueryParameter(
        "status", "Statuses, ignoring case.", repeatable({"type": "string", "maxLength": 50}), example=["Open"]
    ),
    QueryParameter("channelType", "A channel type, ignoring case.", {"type": "string", "maxLength": 20}),
    QueryParameter("uid", "An end user's address, compared exactly.", {"type": "string", "maxLength": 254}),
    QueryParameter("customerRepID", "Who holds it; 0: nobody.", _ID),
    QueryParameter("channelIDs", "Channels.", repeatable(_ID)),
    QueryParameter("isSpam", "Only spam, or none.", _FLAG),
    QueryParameter("isClosed", "Only closed ones, or none.", _FLAG),
)
OTHERS = (
    QueryParameter(
        "includeFollowUp",
        "Lists tickets too whose followUpDate lies ahead; they are hidden without it.",
        _FLAG | {"default": False},
    ),
    QueryParameter("endUserID", "An end user, with all of their addresses.", _ID),
    QueryParameter(
        "search",
        "Words, all of which stand in the ticket's subject or messages, spread over them as they may be. Case and "
        "accents are ignored, and so is a single Latin letter or digit; `refund*` finds every word that begins so.",
    ),
    QueryParameter(
        "sortBy",
        "What to sort by. lastMessageDate falls back to dateCreated where there is no message.",
        {"type": "string", "enum": list(map(str, SortBy)), "default": str(SortBy.lastMessageDate)},
    ),
    QueryParameter(
        "sortOrder",
        "Latest or largest first, or last.",
        {"type": "string", "enum": ["asc", "desc"], "default": "desc"},
    ),
    *paging(MAX_PAGE_SIZE, f"pageNumber × pageSize may reach {MAX_DEPTH:,}; a cursor has no such limit."),
    QueryParameter(
        "cursor",
        "The nextCursor of a reply: continues that list, and takes the place of pageNumber. It does not expire, "
        "and belongs to the caller, the filters and the order that it came from.",
    ),
)
LIST_PARAMETERS = (*FILTERS, *OTHERS)


def list_request(parameters: Parameters, now: str) -> ListRequest:
    """Return what a list is asked for at `now`; raises InvalidRequest, PageTooDeep."""
    asked = parameters.values(OTHERS)
    filters = _filters(parameters, None if asked["includeFollowUp"] else now)
    parameters.require_sound()
    page, size, cursor = asked["pageNumber"], asked["pageSize"], asked["cursor"]
    if cursor is None:
        require_depth(page, size, "follow nextCursor with cursor= to go deeper")
    order = Order(SortBy(asked["sortBy"]), asked["sortOrder"] == "desc")
    return ListRequest(filters, asked["endUserID"], order, page, size, cursor, asked["search"])


def require_depth(page: int, size: int, advice: str) -> None:
    """Raise PageTooDeep for a page that reaches further than numbered pages do."""
    if page * size > MAX_DEPTH:
        raise PageTooDeep(f"pageNumber times pageSize may reach {MAX_DEPTH}; {advice}.")


def _filters(parameters: Parameters, hidden_after: str | None) -> Filters:
    filters = Filters(hidden_after=hidden_after)
    for facet, values in _facets(parameters):
        if values is not None:
            filters = filters.narrowed(facet, values)
    return filters


def _facets(parameters: Parameters) -> list[tuple[Facet, frozenset[str] | None]]:
    closed, spam = parameters.flag("isClosed"), parameters.flag("isSpam")
    return [
        (STATUS, _texts(parameters.many("status"), 50, case_folded)),
        (TYPE, _texts(parameters.single("channelType"), 20, case_folded)),
        (UID, _texts(parameters.single("uid"), 254, str)),
        (REP, _ids(parameters.integers("customerRepID", single=True))),
        (CHANNEL, _ids(parameters.integers("channelIDs"))),
        (STATE, None if closed is None and spam is None else state_values(closed, spam)),
    ]


def _texts(texts: list[str], longest: int, form: Callable[[str], str]) -> frozenset[str] | None:
    """The values of a filter, None where it was not given; an overlong one matches nothing."""
    return frozenset(form(text) for text in texts if len(text) <= longest) if texts else None


def _ids(numbers: list[int]) -> frozenset[str] | None:
    return frozenset(str(number) for number in numbers if 0 <= number <= MAX_INTEGER) if numbers else None
