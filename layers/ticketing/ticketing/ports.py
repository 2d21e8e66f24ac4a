"""What the use cases need of the world, only as wide as they need it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ticketing.domain.bucket import Bucket
from ticketing.domain.call import CallForward, Recording
from ticketing.domain.classification import TopicVerdict, Verdict
from ticketing.domain.directory import Entry, Topic
from ticketing.domain.event import Event
from ticketing.domain.jobs import Job
from ticketing.domain.lessons import Counts, Lesson, Subject
from ticketing.domain.message import Message
from ticketing.domain.query import Filters, Order, Position, SortBy, Walk
from ticketing.domain.tally import Cell, Move, Place, Standing, Totals
from ticketing.domain.ticket import Ticket
from ticketing.domain.webchat import ChatChannel
from ticketing.domain.words import Posting, Term


class Outdated(Exception):
    """The ticket changed meanwhile; `current` is what it is now, None when it is gone."""

    def __init__(self, current: Ticket | None) -> None:
        super().__init__()
        self.current = current


class AlreadyDone(Exception):
    """Another request with the same idempotency key took effect first."""


class Contended(Exception):
    """Another write to the same items is under way: nothing is done, and the same may be tried again."""


@dataclass(frozen=True)
class Receipt:
    """What a request with an idempotency key did: the body it had, what it made, and until when the key counts.

    `callForward` stands in the receipt of an assignment: None as long as the call is being forwarded, and for ever
    when a crash cut that short.
    """

    key: str
    digest: str
    ticketID: int
    expiresAt: int
    messageID: int | None = None
    callForward: CallForward | None = None


class TicketStore(Protocol):
    """Tickets by id, read as they are now. Every change is conditional on the version that it was decided on."""

    def get(self, customerID: int, ticketID: int) -> Ticket | None:
        """The ticket, or None."""

    def get_many(self, customerID: int, ticketIDs: Collection[int]) -> Mapping[int, Ticket]:
        """Those of the tickets that exist, by id."""

    def next_id(self, customerID: int) -> int:
        """A ticketID that was never given before."""

    def is_recorded(self, customerID: int, callSid: str) -> bool:
        """Whether a recording of the call has arrived."""

    def create(self, ticket: Ticket, message: Message | None = None, receipt: Receipt | None = None) -> None:
        """Keeps a new ticket, its first message and the receipt, all or none; raises DuplicateCall, AlreadyDone,
        Contended."""

    def replace(
        self, before: Ticket, after: Ticket, message: Message | None = None, receipt: Receipt | None = None
    ) -> None:
        """Keeps `after` in the place of `before`, a new message and the receipt, all or none; raises Outdated,
        DuplicateCall, AlreadyDone, Contended."""

    def delete(self, ticket: Ticket, receipt: Receipt | None = None) -> None:
        """Removes the ticket, frees its call and keeps the receipt, all or none; raises Outdated, AlreadyDone,
        Contended."""


class MessageStore(Protocol):
    """The messages of tickets, which are written with their tickets."""

    def between(self, customerID: int, ticketID: int, first: int, last: int) -> list[Message]:
        """The messages with these ids, both ends included, oldest first."""

    def delete(self, customerID: int, ticketID: int, first: int, last: int) -> None:
        """Removes the messages with these ids, both ends included; may be repeated."""


class CallStore(Protocol):
    """Calls by their CallSid, read as they are now: the ticket that has it, its recording, where it was forwarded."""

    def recording(self, customerID: int, callSid: str) -> Recording | None:
        """The recording of the call, None as long as none has arrived."""

    def record(self, recording: Recording) -> int | None:
        """Notes that a recording has arrived; gives the ticketID that has the call. May be repeated.

        A ticket that takes the call at the same time either is given here, or finds the recording when it is written.
        """

    def begin_forward(self, ticket: Ticket, repID: int) -> bool:
        """Marks the ticket's call as being forwarded to a representative: False, and nothing marked, where it was
        forwarded to them before, unless that failed, or where the ticket no longer has the call."""

    def end_forward(self, ticket: Ticket, repID: int, callForward: CallForward) -> None:
        """Notes how forwarding the ticket's call ended, after `begin_forward`."""

    def forget(self, customerID: int, callSid: str) -> bool:
        """Removes a call that no ticket has; False when one has it. May be repeated."""


class RecordingStore(Protocol):
    """The recordings of calls, as sound."""

    def size(self, recording: Recording) -> int | None:
        """Bytes of a recording, None when it is not there; raises Unavailable."""

    def url(self, recording: Recording, filename: str, seconds: int) -> str:
        """Where a browser can play the recording, without any token, for some seconds."""

    def delete(self, recordings: Sequence[Recording]) -> None:
        """Removes recordings; may be repeated; raises Unavailable."""


class Telephony(Protocol):
    """The telephony provider of the deployment."""

    def has_account(self) -> bool:
        """Whether there is an account to act for; raises Unavailable."""

    def forward(self, callSid: str, number: str) -> None:
        """Connects a live call with a number; raises Unavailable when that failed, or when nobody knows in time."""


class ChatChannels(Protocol):
    """Webchat channels by their public tokens."""

    def with_token(self, token: str) -> ChatChannel | None:
        """The one channel that has the token (a canonical UUID), whatever its state."""


class Buckets(Protocol):
    """Token buckets."""

    def spend(self, bucket: Bucket, now: int, spender: str) -> int:
        """Takes a token out of a bucket at `now` (epoch milliseconds): 0, or the milliseconds until there is one.

        What is spent again by the spender who spent last is the same token.
        """


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

    def generation(self, customerID: int) -> int:
        """In which count of all tickets a new ticket is to be counted."""

    def move(self, moves: Sequence[Move]) -> None:
        """Counts tickets of one customer anew, all or none; raises Contended when one of them has moved meanwhile."""


class Recount(Protocol):
    """What it takes to count all tickets of a customer again, in a new generation, while others go on counting."""

    def customers(self) -> set[int]:
        """Everyone who has tallies."""

    def begin(self, customerID: int) -> int:
        """A new generation: from here on new tickets are counted in it, and those that are entered anew."""

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


class JobQueue(Protocol):
    """What is to be done later."""

    def send(self, jobs: Sequence[Job]) -> None:
        """Queues jobs, each to be done at least once; raises Unavailable."""


class EventBus(Protocol):
    """Where others listen for what happens to tickets."""

    def send(self, events: Sequence[Event]) -> None:
        """Tells of changes, each at least once; raises Unavailable."""


class Directory(Protocol):
    """A customer's configuration."""

    def entries(self, customerID: int, keys: Collection[str]) -> Mapping[str, Entry]:
        """Those of the named entries that exist."""

    def beginning(self, customerID: int, prefix: str) -> Mapping[str, Entry]:
        """The entries whose names begin so, in the order of their names."""


class Receipts(Protocol):
    """What requests with an idempotency key have done."""

    def find(self, key: str, now: int) -> Receipt | None:
        """The receipt for the key, unless it has expired at `now` (epoch seconds)."""

    def known(self, keys: Collection[str], now: int) -> frozenset[str]:
        """Those of the keys that have a receipt which has not expired at `now`."""

    def keep(self, receipt: Receipt) -> None:
        """Keeps a receipt for what had its effect elsewhere; one that is there already may be replaced."""


@dataclass(frozen=True)
class Claim:
    """A request of many changes with an idempotency key: under way until `leasedUntil`, done once it has a `result`.

    Times are epoch seconds. `owner` tells the requests with one key apart; `result` is the reply's body.
    """

    key: str
    digest: str
    owner: str
    leasedUntil: int
    expiresAt: int
    result: str | None = None


class Claims(Protocol):
    """Requests of many changes, of which one at a time may be under way for a key."""

    def take(self, claim: Claim, now: int) -> Claim | None:
        """Keeps the claim in the place of none, of one that has expired, or of one for the same body whose lease ended
        without a result; gives the one that stands in the way at `now`."""

    def settle(self, claim: Claim) -> None:
        """Keeps the claim with its result; raises AlreadyDone when it has been taken over."""

    def drop(self, claim: Claim) -> None:
        """Forgets the claim, unless it has been taken over."""


class SpamFilter(Protocol):
    """A customer's own spam filter: knows only what their representatives taught it."""

    def verdict(self, customerID: int, text: str) -> Verdict | None:
        """Whether a text (domain.classification.text_of) is spam, None for "don't know"; raises Unavailable."""

    def learn(self, ticket: Ticket, text: str, isSpam: bool | None) -> None:
        """Teaches what the ticket, as it is after the change, was found to be; raises Unavailable.

        Takes the place of what was taught of the ticket before, whatever its text was then; None takes that back.
        May be repeated and come late: a lesson from an older version of the ticket than the one that counts is
        passed over.
        """


class TopicDetector(Protocol):
    """A customer's own topic detector."""

    def topics(self, customerID: int, text: str, candidates: Sequence[Topic]) -> TopicVerdict | None:
        """The topics of a text (domain.classification.text_of) among the candidates, None for "don't know";
        raises Unavailable."""

    def learn(self, ticket: Ticket, text: str, topicIDs: Collection[int]) -> None:
        """Teaches the topics of a ticket as SpamFilter.learn does; no topics take back what was taught."""


class Undelivered(Exception):
    """A call to a customer's own service was not taken; its text says why, without the URL or what was sent."""


class Webhooks(Protocol):
    """Calls to customers' own services."""

    def post(self, url: str, secret: str, delivery: str, body: str) -> None:
        """Posts JSON, signed with the secret of that name; `delivery` is the same whenever the same call is tried
        again. Raises Undelivered, Unavailable."""


class Lessons(Protocol):
    """What representatives taught, per customer and subject: one lesson of each ticket, and what they all count to."""

    def teach(self, ticket: Ticket, subject: Subject, lesson: Lesson) -> None:
        """Keeps a lesson in the place of the ticket's last one, unless that is of a newer version of the ticket;
        NOTHING takes it back. May be repeated; raises Unavailable."""

    def counts(self, customerID: int, subject: Subject) -> Counts:
        """What all lessons count to, those of the last second perhaps not yet; raises Unavailable. The counts are not
        the caller's to change, and go on counting at the next call: they are for one thread."""


class TokenVerifier(Protocol):
    """Bearer tokens."""

    def claims(self, token: str) -> Mapping[str, Any]:
        """The claims of a token that is genuine, ours and of the present; raises Unauthorized, Unavailable."""
