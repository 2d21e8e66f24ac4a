"""Tickets that change while streams bring the changes late, again, in pieces, to consumers that fail and race; and what
must come of it, by looking at every ticket and every message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.builders import ACME, GLOBEX, a_ticket
from tests.fakes import FakeClock, InMemoryMessages, InMemoryReceipts, InMemoryTickets
from tests.history.fakes import InMemoryHistories
from tests.lists.fakes import InMemoryScans, InMemorySearch, InMemoryTicketCounts, InMemoryWholeTables
from tests.lists.troubles import Trouble, TroubledJobs, TroubledSearch, TroubledTicketCounts
from ticketing.errors import Unavailable
from ticketing.jobs.cleanup import TicketCleanup
from ticketing.jobs.job import CleanUp
from ticketing.jobs.queueing import JobQueueing
from ticketing.kernel.deadline import Deadline
from ticketing.kernel.instant import canonical
from ticketing.kernel.text import indexed
from ticketing.lists.dynamodb.index_scan import IndexScan
from ticketing.lists.indexing import Indexing, MessageChange
from ticketing.lists.ports import SearchIndex, TicketCounts
from ticketing.lists.postings import SUBJECT, Posting, message_source
from ticketing.lists.query import Filters
from ticketing.lists.rebuilding import Rebuilding
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.facets import CHANNEL, REP, STATE, STATUS, TYPE, state_values
from ticketing.tickets.lifecycle import closed, reopened
from ticketing.tickets.messages import Direction, MessageDraft, next_message, with_message
from ticketing.tickets.model import Ticket

TEXTS = ("refund", "Refund please", "parcel lost", "Réfund the parcel", "退款 please", "lost, lost", "")
SUBJECTS = [text for text in TEXTS if text]
MINUTE = 60.0
FEW = 5
"""Values in a vocabulary: room for one status besides the usual ones, and for no type."""


def patient() -> Deadline:
    """A deadline that never comes, without waiting."""
    return Deadline(at=float("inf"), sleep=lambda _: None)


@dataclass
class Streams:
    """A store, its two streams, how far each was read, and what follows them."""

    ticket_counts: TicketCounts = field(default_factory=lambda: InMemoryTicketCounts(most=FEW))
    search: SearchIndex = field(default_factory=InMemorySearch)
    customers: tuple[int, int] = (ACME, GLOBEX)
    clock: FakeClock = field(default_factory=FakeClock)
    jobs: TroubledJobs = field(default_factory=TroubledJobs)
    histories: InMemoryHistories = field(default_factory=InMemoryHistories)
    records: dict[type, list[Any]] = field(default_factory=lambda: {TicketChange: [], MessageChange: []})
    read: dict[type, int] = field(default_factory=lambda: {TicketChange: 0, MessageChange: 0})

    def __post_init__(self) -> None:
        self.messages = InMemoryMessages(report=self._record)
        self.store = InMemoryTickets(InMemoryReceipts(), self.messages, report=self._record)

    @property
    def now(self) -> str:
        return canonical(self.clock.now())

    def create(self, customer: int, fields: dict[str, Any]) -> None:
        customerID = self.customers[customer]
        keys = {"customerID": customerID, "ticketID": self.store.next_id(customerID)}
        self.store.create(a_ticket(**keys | self._dated(fields)))

    def change(self, which: int, fields: dict[str, Any]) -> None:
        self._replace(which, lambda ticket: ticket.model_copy(update=self._dated(fields)))

    def close(self, which: int) -> None:
        self._replace(which, lambda ticket: closed(ticket, self.now))

    def reopen(self, which: int) -> None:
        self._replace(which, reopened)

    def write(self, which: int, body: str) -> None:
        if ticket := self._ticket(which):
            draft = MessageDraft(ticketID=ticket.ticketID, body=body, direction=Direction.EndUser)
            message = next_message(ticket, draft, self.now)
            after = with_message(ticket, message).model_copy(update={"version": ticket.version + 1})
            self.store.replace(ticket, after, message)

    def delete(self, which: int) -> None:
        if ticket := self._ticket(which):
            self.store.delete(ticket)

    def wait(self, minutes: int) -> None:
        self.clock.pass_(minutes * MINUTE)

    def deliver(self, kind: type, size: int, fails_at: int = 0, is_too_late: bool = False) -> None:
        """The next batch; it is delivered again when it failed."""
        batch = self.records[kind][self.read[kind] : self.read[kind] + size]
        try:
            self._enter(kind, batch, Trouble(fails_at=fails_at, is_too_late=is_too_late))
        except Unavailable:
            return
        self.read[kind] += len(batch)

    def replay(self, kind: type, back: int, size: int, others_at: int = 0, fails_at: int = 0) -> None:
        """Some of what was delivered already, once more, while at one of its steps another consumer enters all that is
        new."""
        start = max(0, self.read[kind] - back)
        batch = self.records[kind][start : min(self.read[kind], start + size)]
        try:
            self._enter(kind, batch, Trouble(fails_at=fails_at, others_at=others_at, others=self.settle))
        except Unavailable:
            return

    def work(self, patience: float = float("inf")) -> None:
        """Does a job, and leaves what is over when patience ends to another."""
        if self.jobs.sent:
            deadline = Deadline(at=patience, clock=lambda: 0.0)
            job = self.jobs.sent.pop(0)
            assert isinstance(job, CleanUp)
            # nothing is taught, nobody has called
            cleanup = TicketCleanup(self.store, self.messages, self.histories, self.jobs, before=lambda _: None)
            cleanup.clean_up(job, deadline)

    def settle(self) -> None:
        """Lets everything follow."""
        while self.jobs.sent or any(len(self.records[kind]) > self.read[kind] for kind in self.records):
            self.deliver(TicketChange, 7)
            self.deliver(MessageChange, 7)
            self.work()

    def indexing(self, trouble: Trouble | None = None) -> Indexing:
        trouble = trouble or Trouble()
        return Indexing(
            TroubledTicketCounts(self.ticket_counts, trouble),
            TroubledSearch(self.search, trouble),
            JobQueueing(self.jobs).after,
            JobQueueing(self.jobs).orphaned,
            self.clock.now,
        )

    def rebuilding(self) -> Rebuilding:
        """The operator's command."""
        assert isinstance(self.ticket_counts, InMemoryTicketCounts)
        assert isinstance(self.search, InMemorySearch)
        whole = InMemoryWholeTables(self.store, self.search)
        indexing = self.indexing()
        return Rebuilding(
            whole,
            self.store,
            indexing,
            self.ticket_counts,
            self.ticket_counts,
            self.search,
            JobQueueing(self.jobs).orphaned,
            JobQueueing(self.jobs).orphaned_calls,
            deadline=patient,
        )

    def _enter(self, kind: type, batch: Sequence[Any], trouble: Trouble) -> None:
        indexing = self.indexing(trouble)
        if kind is TicketChange:
            indexing.enter_tickets(batch, patient())
        else:
            indexing.enter_messages(batch)

    def _replace(self, which: int, decide: Callable[[Ticket], Ticket]) -> None:
        if ticket := self._ticket(which):
            self.store.replace(ticket, decide(ticket).model_copy(update={"version": ticket.version + 1}))

    def _ticket(self, which: int) -> Ticket | None:
        tickets = list(self.store.kept.values())
        return tickets[which % len(tickets)] if tickets else None

    def _dated(self, fields: dict[str, Any]) -> dict[str, Any]:
        """`fields` with a follow-up so many minutes from now as the moment that it is."""
        minutes = fields.get("followUpDate")
        if minutes is None:
            return fields
        moment = FakeClock(self.clock.moment + minutes * MINUTE).now()
        return fields | {"followUpDate": canonical(moment)}

    def _record(self, change: TicketChange | MessageChange) -> None:
        self.records[type(change)].append(change)


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "subject": st.sampled_from(SUBJECTS),
        "status": st.sampled_from(["Open", "open", "Pending", "a#b", "50%", "x"]),
        "channelType": st.sampled_from(["Email", "Chat", "Fax"]),
        "channelID": st.sampled_from([1, 2, None]),
        "customerRepID": st.sampled_from([13, 14, None]),
        "isSpam": st.booleans(),
        "isProcessed": st.booleans(),
        "followUpDate": st.sampled_from([None, -5, 5, 30]),
    },
)
WHICH = st.integers(0, 2)
KIND = st.sampled_from([TicketChange, MessageChange])
SIZE = st.integers(1, 9)
CALL = st.integers(0, 6)
REPEATS = st.lists(st.tuples(KIND, st.integers(1, 40), SIZE), max_size=4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.integers(0, 1), FIELDS),
        st.tuples(st.just("change"), WHICH, FIELDS),
        st.tuples(st.just("change"), WHICH, st.fixed_dictionaries({"subject": st.sampled_from(SUBJECTS)})),
        st.tuples(st.just("write"), WHICH, st.sampled_from(TEXTS)),
        st.tuples(st.sampled_from(["close", "reopen", "delete"]), WHICH),
        st.tuples(st.just("wait"), st.integers(1, 20)),
        st.tuples(st.just("deliver"), KIND, SIZE, CALL, st.booleans()),
        st.tuples(st.just("replay"), KIND, SIZE, SIZE, CALL),
        st.tuples(st.just("work"), st.sampled_from([0.0, float("inf")])),
    ),
    min_size=5,
    max_size=50,
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        STATUS: st.sets(st.sampled_from(["open", "pending", "closed", "a#b", "50%", "x", "z"]), min_size=1),
        TYPE: st.sets(st.sampled_from(["email", "chat", "fax"]), min_size=1),
        CHANNEL: st.sets(st.sampled_from(["1", "2"]), min_size=1),
        REP: st.sets(st.sampled_from(["0", "13", "14"]), min_size=1),
        STATE: st.sampled_from([state_values(closed, spam) for closed in (None, True) for spam in (None, False)]),
    },
)


VOCABULARY = sorted({word for text in TEXTS for word in indexed(text)})


def expected_total(streams: Streams, customerID: int, filters: Filters) -> int:
    """Return how many tickets match, by looking at each."""
    tickets = streams.store.kept.values()
    return sum(ticket.customerID == customerID and filters.matches(ticket) for ticket in tickets)


def total(streams: Streams, customerID: int, filters: Filters) -> int:
    """Return how many tickets match, by the counts, and by an index that does not lag for what is odd."""
    totals = streams.ticket_counts.totals(customerID, filters.hidden_after)
    counted, odd = totals.apart(filters)
    index = InMemoryScans(streams.store)
    return totals.total(counted) + sum(
        index.count(customerID, IndexScan(STATE, state_values(None, None), each)) for each in odd
    )


def expected_postings(streams: Streams) -> set[Posting]:
    """Every word of every ticket and message that there is."""
    of_subjects = {
        Posting(ticket.customerID, word, ticket.ticketID, SUBJECT)
        for ticket in streams.store.kept.values()
        for word in indexed(ticket.subject)
    }
    of_messages = {
        Posting(message.customerID, word, message.ticketID, message_source(message.messageID))
        for messages in streams.messages.kept.values()
        for message in messages.values()
        for word in indexed(message.body)
    }
    return of_subjects | of_messages
