"""The query string of a list, read strictly: every malformed parameter is named at once."""

from ticketing.errors import PageTooDeep
from ticketing.http.parameters import Parameters
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.lists.query import MAX_DEPTH, Filters, ListRequest
from ticketing.tickets.facets import FACETS, FlagParameters, NumberParameter, Parameter, TextParameter
from ticketing.tickets.order import Order, SortBy

MAX_PAGE_SIZE = 100


def list_request(parameters: Parameters, now: str) -> ListRequest:
    """Return the list that is asked for at `now`; raises InvalidRequest, PageTooDeep."""
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
    """Return pageNumber and pageSize, clamped to what there is."""
    size = min(largest, max(1, parameters.integer("pageSize", 10)))
    return max(1, parameters.integer("pageNumber", 1)), size


def require_depth(page: int, size: int, advice: str) -> None:
    """Refuse a page that reaches further than numbered pages do; raises PageTooDeep."""
    if page * size > MAX_DEPTH:
        raise PageTooDeep(f"pageNumber times pageSize may reach {MAX_DEPTH}; {advice}.")


def _filters(parameters: Parameters, now: str) -> Filters:
    filters = Filters(hidden_after=None if parameters.flag("includeFollowUp") else now)
    for facet in FACETS:
        values = _values(parameters, facet.parameter)
        if values is not None:
            filters = filters.narrowed(facet, values)
    return filters


def _values(parameters: Parameters, asked: Parameter) -> frozenset[str] | None:
    """Return the values of a facet that are asked for; None where its parameters are absent."""
    match asked:
        case TextParameter():
            texts = parameters.many(asked.name) if asked.is_repeatable else parameters.single(asked.name)
            return frozenset(asked.written(text) for text in texts if len(text) <= asked.longest) if texts else None
        case NumberParameter():
            numbers = parameters.integers(asked.name, single=not asked.is_repeatable)
            return frozenset(str(number) for number in numbers if 0 <= number <= MAX_INTEGER) if numbers else None
        case FlagParameters():
            flags = [parameters.flag(name) for name in asked.names]
            return None if flags.count(None) == len(flags) else asked.values(*flags)
