"""The query string of a list, read strictly: every malformed parameter is named at once."""

from collections.abc import Iterator
from itertools import chain

from ticketing.http.parameters import MAX_DEPTH, Parameters, QueryParameter, paging, repeatable, require_depth
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.lists.query import Filters, ListRequest
from ticketing.tickets.facets import FACETS, FlagParameters, NumberParameter, Parameter, TextParameter
from ticketing.tickets.order import Order, SortBy

_ID = {"type": "integer", "minimum": 0, "maximum": MAX_INTEGER}
_FLAG = {"type": "boolean"}


def _declared(asked: Parameter) -> Iterator[QueryParameter]:
    match asked:
        case TextParameter():
            schema = {"type": "string", "maxLength": asked.longest}
            if asked.is_repeatable:
                yield QueryParameter(asked.name, asked.text, repeatable(schema), example=[asked.example])
            else:
                yield QueryParameter(asked.name, asked.text, schema, example=asked.example)
        case NumberParameter():
            yield QueryParameter(asked.name, asked.text, repeatable(_ID) if asked.is_repeatable else _ID)
        case FlagParameters():
            yield from (QueryParameter(name, text, _FLAG) for name, text in asked.texts)


FILTERS = tuple(chain.from_iterable(_declared(facet.parameter) for facet in FACETS))
OTHERS = (
    QueryParameter(
        "isFollowUp",
        "true: only tickets whose followUpDate lies ahead, which are then listed; false: only the others.",
        _FLAG,
    ),
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
    *paging(f"pageNumber × pageSize may reach {MAX_DEPTH:,}; a cursor has no such limit."),
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
    filters = _filters(parameters, _by_follow_up(asked["isFollowUp"], asked["includeFollowUp"], now))
    parameters.require_sound()
    page, size, cursor = asked["pageNumber"], asked["pageSize"], asked["cursor"]
    if cursor is None:
        require_depth(page, size, "follow nextCursor with cursor= to go deeper")
    order = Order(SortBy(asked["sortBy"]), asked["sortOrder"] == "desc")
    return ListRequest(filters, asked["endUserID"], order, page, size, cursor, asked["search"])


def _by_follow_up(is_ahead: bool | None, is_included: bool, now: str) -> Filters:
    if is_ahead:
        return Filters(waiting_after=now)
    return Filters(hidden_after=None if is_included and is_ahead is None else now)


def _filters(parameters: Parameters, filters: Filters) -> Filters:
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
            flags = [parameters.flag(name) for name, _ in asked.texts]
            return None if flags.count(None) == len(flags) else asked.values(*flags)
