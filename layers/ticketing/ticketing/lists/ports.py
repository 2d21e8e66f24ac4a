"""How tickets are found and counted."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from ticketing.kernel.text import Term
from ticketing.lists.counts import Cell, Move, Place, Standing, Totals
from ticketing.lists.postings import Posting
from ticketing.lists.query import Filters, Walk
from ticketing.lists.vocabulary import Vocabulary
from ticketing.tickets.messages import Message
from ticketing.tickets.model import Ticket
from ticketing.tickets.order import Order, Position, SortBy


class TicketIndex(Protocol):
    """Listed tickets by their facets. Follows the store, usually within a second."""

    def walk(
        self, customerID: int, walk: Walk, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        """The matches after a position, lazily, in order of last contact; about `wanted` are used."""

    def by_creation(
        self, customerID: int, filters: Filters, order: Order, after: Position | None, wanted: int
    ) -> Iterator[Position]:
        """The matches after a position, lazily, in order of creation; about `wanted` are used."""

    def gather(self, customerID: int, walk: Walk, by: SortBy, limit: int) -> list[Position]:
        """The matches in no order, `limit` of them at most."""

    def count(self, customerID: int, walk: Walk) -> int:
        """How many tickets match, by walking them all."""


class Tallies(Protocol):
    """Exact counts of listed tickets per cell. Follows the store, usually within two seconds."""

    def totals(self, customerID: int, until: str | None) -> Totals:
        """The counts of every cell; a ticket whose follow-up has fallen due by `until` does not wait in them."""

    def standings(self, customerID: int, ticketIDs: Collection[int], fresh: bool = True) -> Mapping[int, Standing]:
        """Where these tickets stood when they were last counted; unless `fresh`, perhaps a moment ago."""

    def in_cells(self, customerID: int, cells: Collection[Cell]) -> list[int]:
        """The tickets that stand in these cells, perhaps a moment ago."""

    def due(self, customerID: int, now: str, limit: int) -> list[int]:
        """Tickets that are counted as waiting although their follow-up has fallen due, `limit` at most."""

    def vocabulary(self, customerID: int, cells: Collection[Cell]) -> Vocabulary:
        """Return the vocabulary of the generation in which a new ticket is to be counted, with the values of `cells` in
        it as long as there is room; raises Contended."""

    def move(self, moves: Sequence[Move]) -> None:
        """Counts tickets of one customer anew, all or none; raises Contended when one of them has moved meanwhile."""


class Recount(Protocol):
    """What it takes to count all tickets of a customer again, in a new generation, while others go on counting."""

    def customers(self) -> set[int]:
        """Everyone who has tallies."""

    def begin(self, customerID: int, cells: Iterable[Cell]) -> int:
        """Begin a generation, and return it: from here on new tickets are counted in it, and those that are entered
        anew. The commonest values of `cells` have cells of their own. Raises Contended."""

    def all_counted(self, customerID: int) -> Iterator[Standing]:
        """Tickets that are counted in a cell, as they stand now."""

    def counts_before(self, customerID: int, generation: int) -> Mapping[Place, int]:
        """The counts of earlier generations, as they are now."""

    def drop(self, customerID: int, counts: Mapping[Place, int]) -> bool:
        """Forgets counts that are still what they are said to be; whether all of them were."""


class Whole(Protocol):
    """Everything that there is, page by page; for an operator's command, never for a request."""

    def tickets(self) -> Iterator[Sequence[Ticket]]:
        """All tickets of all customers."""

    def messages(self) -> Iterator[Sequence[Message]]:
        """All messages."""

    def postings(self) -> Iterator[Sequence[Posting]]:
        """All postings of the search index."""

    def sizes(self) -> Mapping[str, int]:
        """About how many `tickets`, `messages` and `postings` there are."""


class SearchIndex(Protocol):
    """Which tickets a word stands in."""

    def write(self, postings: Mapping[Posting, bool]) -> None:
        """Enters postings (True) and takes them out (False); may be repeated."""

    def tickets(self, customerID: int, term: Term) -> Iterator[int]:
        """The tickets a term stands in, lazily and with repetitions; of a word ascending."""

    def has(self, customerID: int, word: str, ticketID: int) -> bool:
        """Whether a word stands in a ticket."""
