"""What is written of the list of tickets."""

from description.operation import Json, Operation, Query, Success
from description.operations.examples import TICKET
from description.operations.paging import page_number, page_size
from ticketing.errors import InvalidCursor, PageTooDeep, TooManyToSort
from ticketing.http.list_query import MAX_PAGE_SIZE
from ticketing.kernel.strict_json import MAX_INTEGER
from ticketing.lists.query import MAX_DEPTH, MAX_SORTED
from ticketing.tickets.model import TicketPage

_ID: Json = {"minimum": 0, "maximum": MAX_INTEGER}
_PAGE: Json = {
    "items": [TICKET],
    "totalCount": 11,
    "totalPages": 2,
    "pageNumber": 1,
    "pageSize": 10,
    "nextCursor": "WyI0ZDk5IiwgIjIwMjYtMDEtMzFUMDk6MzA6MDAuMDAwWiIsIDEwMV0",
}

LIST = Operation(
    tag="Tickets",
    summary="List, filter, search and sort tickets",
    text="The processed tickets that you may read, page by page.\n\n"
    "- Filters: values of one parameter are alternatives, different parameters must all hold. A parameter that may be "
    "repeated is a repeated key (`status=Open&status=Pending`); a comma is part of the value.\n"
    "- Order: ties break by ticketID in the same direction; what is empty comes last either way; text sorts by its "
    "case-folded characters.\n"
    "- An empty value counts as absent, an overlong one matches nothing, an unknown parameter is ignored. A malformed "
    "number, bool or order is a 400 that names every fault.\n"
    "- `totalCount` is exact; it follows a change normally within two seconds. What the page shows is read anew: "
    "never a ticket that is deleted, that you may not read, or that no longer matches.\n"
    f"- A sort that no index serves works up to {MAX_SORTED:,} matches, and a search whose rarest word stands in up to "
    f"{MAX_SORTED:,} tickets; beyond it is `TooManyToSort`: narrow it down.",
    query=(
        Query("status", "Statuses, ignoring case.", ["Open"], schema={"items": {"maxLength": 50}}),
        Query("channelType", "A channel type, ignoring case.", schema={"maxLength": 20}),
        Query("uid", "An end user's address, compared exactly.", schema={"maxLength": 254}),
        Query("customerRepID", "Who holds it; 0: nobody.", schema=_ID),
        Query("channelIDs", "Channels.", schema={"items": _ID}),
        Query("isSpam", "Only spam, or none."),
        Query("isClosed", "Only closed ones, or none."),
        Query(
            "includeFollowUp",
            "Lists tickets too whose followUpDate lies ahead; they are hidden without it.",
            schema={"default": False},
        ),
        Query("endUserID", "An end user, with all of their addresses.", schema=_ID),
        Query(
            "search",
            "Words, all of which stand in the ticket's subject or messages, spread over them as they may be. Case and "
            "accents are ignored, and so is a single Latin letter or digit; `refund*` finds every word that begins so.",
        ),
        Query("sortBy", "What to sort by. lastMessageDate falls back to dateCreated where there is no message."),
        Query("sortOrder", "Latest or largest first, or last."),
        page_number(f"pageNumber × pageSize may reach {MAX_DEPTH:,}; a cursor has no such limit."),
        page_size(MAX_PAGE_SIZE),
        Query(
            "cursor",
            "The nextCursor of a reply: continues that list, and takes the place of pageNumber. It does not expire, "
            "and belongs to the caller, the filters and the order that it came from.",
        ),
    ),
    successes=(Success("A page of tickets.", model=TicketPage, example=_PAGE),),
    refusals=(InvalidCursor, PageTooDeep, TooManyToSort),
)
