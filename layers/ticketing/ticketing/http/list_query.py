"""The query string of a list, read strictly: every malformed parameter is named at once."""

from collections.abc import Callable

from ticketing.errors import PageTooDeep
from ticketing.http.parameters import Parameters
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.kernel.text import case_folded
from ticketing.lists.query import MAX_DEPTH, Filters, ListRequest
from ticketing.tickets.facets import CHANNEL, REP, STATE, STATUS, TYPE, UID, Facet, state_values
from ticketing.tickets.order import Order, SortBy

MAX_PAGE_SIZE = 100


def list_request(parameters: Parameters, now: str) -> ListRequest:
    """What a list is asked for at `now`; raises InvalidRequest, PageTooDeep."""
    page, size = page_and_size(parameters, MAX_PAGE_SIZE)
    end_users = parameters.integers("endUserID", single=True)
    request = ListRequest(
        filters=_filters(parameters, now),
        endUserID=next(iter(end_users), None),
        search=parameters.one("search"),
        order=Order(
            SortBy(parameters.choice("sortBy", SortBy, SortBy.lastMessageDate)),
            parameters.choice("sortOrder", ("asc", "desc"), "desc") == "desc",
        ),
        page=page,
        size=size,
        cursor=parameters.one("cursor"),
    )
    parameters.require_sound()
    if request.cursor is None:
        require_depth(page, size, "follow nextCursor with cursor= to go deeper")
    return request


def page_and_size(parameters: Parameters, largest: int) -> tuple[int, int]:
    """pageNumber and pageSize, clamped to what there is."""
    size = min(largest, max(1, parameters.integer("pageSize", 10)))
    return max(1, parameters.integer("pageNumber", 1)), size


def require_depth(page: int, size: int, advice: str) -> None:
    """Raises PageTooDeep for a page that reaches further than numbered pages do."""
    if page * size > MAX_DEPTH:
        raise PageTooDeep(f"pageNumber times pageSize may reach {MAX_DEPTH}; {advice}.")


def _filters(parameters: Parameters, now: str) -> Filters:
    filters = Filters(hidden_after=None if parameters.flag("includeFollowUp") else now)
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
