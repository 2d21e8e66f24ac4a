"""Finding and counting tickets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from ticketing.tickets.order import Position

if TYPE_CHECKING:
    from ticketing.kernel.text import Term
    from ticketing.lists.counts import Cell, CountedTicket, Move
    from ticketing.lists.postings import Posting
    from ticketing.lists.query import Filters, TicketQuery
    from ticketing.lists.totals import Totals
    from ticketing.lists.vocabulary import Vocabulary
    from ticketing.tickets.facets import Facet
    from ticketing.tickets.messages import Message
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.order import SortBy

type Matches = tuple[int, Iterator[Position]]
"""The number of tickets that match, and the positions of those after a position, in order."""


class TicketIndex(Protocol):
    """Listed tickets by what a list can be filtered by."""

    def find(self, customerID: int, query: TicketQuery, after: Position | None, wanted: int) -> Matches:
        """Return the number of all matches, and those after a position, lazily; about `wanted` of them are used. Raises
        TooManyToSort."""


class Pages(Protocol):
    """Tickets as they are now, a page at a time."""

    def tickets(self, customerID: int, positions: Sequence[Position]) -> Mapping[int, Ticket]:
        """Return the tickets at 100 positions at most, by their ids; those that are gone are missing. What the
        positions tell of labels may be looked up on the way."""


class TextSearch(Protocol):
    """Texts of tickets, by the words in them."""

    def tickets(self, customerID: int, text: str) -> Collection[int] | None:
        """Return the tickets that contain every word of a text; None where it has no word. Raises TooManyToSort."""


class TicketCounts(Protocol):
    """Exact counts of listed tickets per cell. Follows the store, usually within two seconds."""

    def totals(self, customerID: int, until: str | None) -> Totals:
        """Return the counts of every cell; a ticket whose follow-up has fallen due by `until` does not wait in them."""

    def ask_totals(self, customerID: int, until: str | None) -> Callable[[], Totals]:
        """Ask for the counts, and return what waits for them; what is asked meanwhile is under way at the same time."""

    def counted_tickets(
        self, customerID: int, ticketIDs: Collection[int], fresh: bool = True
    ) -> Mapping[int, CountedTicket]:
        """Return these tickets as they were last counted; unless `fresh`, perhaps a moment ago."""

    def listed(self, customerID: int, ticketIDs: Collection[int], filters: Filters, by: SortBy) -> list[Position]:
        """Return the positions of those of these tickets that are listed under filters, perhaps as they were a moment
        ago."""

    def in_cells(self, customerID: int, cells: Collection[Cell]) -> list[int]:
        """Return the tickets that stand in these cells, perhaps a moment ago."""

    def having(self, customerID: int, facet: Facet, values: Collection[str]) -> Iterator[CountedTicket]:
        """Return the tickets that have one of these values in a facet that no cell counts, lazily, perhaps as they were
        a moment ago."""

    def due(self, customerID: int, now: str, limit: int) -> list[int]:
        """Return tickets that are counted as waiting although their follow-up has fallen due, `limit` at most."""

    def hidden(self, customerID: int, after: str | None, at_most: int) -> set[int] | None:
        """Return the tickets that no list shows: unprocessed ones, those removed lately, and, given `after`, those
        whose follow-up is later; perhaps as they were a moment ago. Return None where they are more than `at_most`."""

    def waiting(self, customerID: int, now: str) -> list[int]:
        """Return tickets that are counted as waiting, and whose follow-up lies ahead."""

    def vocabulary(self, customerID: int, cells: Collection[Cell]) -> Vocabulary:
        """Return the vocabulary of the generation in which a new ticket is to be counted, with the values of `cells` in
        it as long as there is room; raises Contended."""

    def move(self, moves: Sequence[Move]) -> None:
        """Count tickets of one customer anew, each wholly or not at all; raises Contended when one of them has moved
        meanwhile, and then others may be counted or not."""


class Recount(Protocol):
    """Counting all tickets of a customer again, in a new generation, while others go on counting."""

    def customers(self) -> set[int]:
        """Return the customers who have counts."""

    def begin(self, customerID: int, cells: Iterable[Cell]) -> int:
        """Begin a generation, and return it: from here on new tickets are counted in it, and those that are entered
        anew. The commonest values of `cells` have cells of their own. Raises Contended."""

    def all_counted(self, customerID: int) -> Iterator[CountedTicket]:
        """Return the tickets that are counted in a cell, or known as not listed."""

    def counts_before(self, customerID: int, generation: int) -> Mapping[Hashable, int]:
        """Return the counts of earlier generations by what the store keeps them under, each with the number that tells
        whether it has changed."""

    def drop(self, customerID: int, counts: Mapping[Hashable, int]) -> bool:
        """Forget counts that have not changed since; return False where some have."""


class WholeTables(Protocol):
    """Reads all that there is, page by page; for an operator's command, never for a request."""

    def tickets(self) -> Iterator[Sequence[Ticket]]:
        """Return all tickets of all customers."""

    def messages(self) -> Iterator[Sequence[Message]]:
        """Return all messages."""

    def postings(self) -> Iterator[Sequence[Posting]]:
        """Return all postings of the search index."""

    def calls(self) -> Iterator[Mapping[tuple[int, int], str]]:
        """Return the calls that tickets (customerID, ticketID) hold, or held when they expired."""

    def sizes(self) -> Mapping[str, int]:
        """Return about how many `tickets`, `messages`, `postings` and `calls` there are."""


class SearchIndex(Protocol):
    """Postings, by word."""

    def write(self, postings: Mapping[Posting, bool]) -> None:
        """Enter postings (True) and take them out (False); may be repeated."""

    def tickets(self, customerID: int, term: Term) -> Iterator[int]:
        """Return the tickets that a term stands in, lazily and with repetitions; of a word ascending."""

    def has(self, customerID: int, word: str, ticketID: int) -> bool:
        """Tell whether a word stands in a ticket."""
