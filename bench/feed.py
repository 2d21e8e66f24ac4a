"""Measures feed and history, and how late followers hear: `python -m bench.feed [CHATS] [FOLLOWERS] [PACE]`.

First the units of single steps, as DynamoDB counts them. Then CHATS chats (1,000), PACE of them a second (3), are
begun, answered and given to someone, while FOLLOWERS (100) of every role follow in this process, each asking every two
seconds. In the end every copy is compared with all tickets that its follower may read. Writers, the stream's consumer,
followers and the engine share the machine.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from random import Random
from statistics import median, quantiles

from bench.command import command_line
from bench.meter import Meter
from bench.writes import BODY
from deploy.progress import shown
from tests.backends import application_on, directory_on
from tests.builders import ACME, ADMIN, ANN, BOB, RIK, SUPERVISOR, acme
from tests.engines import Tables, dynoxide, tables_at
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.feed.view import FeedPage
from ticketing.kernel.deadline import Deadline
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.draft import new_draft
from ticketing.tickets.messages import MessageDraft
from ticketing.tickets.model import Ticket
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.permissions import visible_holders
from ticketing.tickets.precondition import Precondition

CALLER = Representative(ACME, ADMIN, Role.Administrator)
ROLES = (
    (ADMIN, Role.Administrator),
    (SUPERVISOR, Role.Supervisor),
    (ANN, Role.Agent),
    (BOB, Role.Agent),
    (RIK, Role.Restricted),
)
EVERY = 2.0
"""Seconds from one question of a follower to the next."""
BATCH = 100
"""Records that the stream hands over at once, as in the template."""
WRITERS = 2
FOLLOWING = 4
"""Threads of writers and of followers."""


def soon() -> Deadline:
    return Deadline(time.monotonic() + 30)


@dataclass
class Follower:
    """Keeps the versions of the tickets that it may read, and notes when it was told each."""

    application: Application
    rep: Representative
    versions: dict[int, int] = field(default_factory=dict)
    told: dict[tuple[int, int], float] = field(default_factory=dict)
    since: str | None = None
    pages: int = 0

    def ask(self) -> FeedPage:
        """Take note of one page; fails where it tells a ticket twice, or one that is out of reach."""
        page = self.application.following.page(self.rep, self.since, 100).page
        holders = visible_holders(self.rep)
        _require(len({item.ticketID for item in page.items}) == len(page.items), "told twice in a page")
        for item in page.items:
            if item.ticket is None:
                self.versions.pop(item.ticketID, None)
            else:
                _require(holders is None or (item.ticket.customerRepID or 0) in holders, "out of reach")
                self.versions[item.ticketID] = item.version
            self.told.setdefault((item.ticketID, item.version), time.monotonic())
        self.since, self.pages = page.next, self.pages + 1
        return page

    def catch_up(self) -> None:
        """Follow until that is all for now."""
        while not self.ask().isUpToDate:
            pass


@dataclass
class Desk:
    """Writers, and the stream that their changes go into, with the moments at which they were answered."""

    application: Application
    stream: SimpleQueue[TicketChange] = field(default_factory=SimpleQueue)
    answered: dict[tuple[int, int], float] = field(default_factory=dict)
    last: dict[int, Ticket] = field(default_factory=dict)
    logged: list[float] = field(default_factory=list)

    def chat(self, number: int) -> None:
        """Begin a chat, answer it, give it to someone."""
        chance = Random(number)  # noqa: S311 - no secret
        draft = new_draft({"status": "Open", "subject": "Where is my parcel?", "channelType": "Chat", "channelID": 2})
        ticketID = self.application.tickets.create(CALLER, draft, None, soon()).ticket.ticketID
        self._report(ticketID)
        self.application.conversations.add(CALLER, MessageDraft(ticketID=ticketID, body=BODY), None, soon())
        self._report(ticketID)
        patch = merge_patch({"customerRepID": chance.choice([None, ANN, BOB, RIK])})
        ticket = self.application.tickets.existing(CALLER.customerID, ticketID)
        self.application.tickets.patch(CALLER, ticket, patch, Precondition(), soon())
        self._report(ticketID)

    def deliver(self) -> int:
        """Do what the indexer does with the next batch; return how many records it had."""
        batch = list(self._batch())
        if batch:
            self.application.telling.enter(batch, soon())
            told = time.monotonic()
            self.logged += [told - self.answered[each.ticket.ticketID, each.version] for each in batch]
            self.application.history_keeping.enter(batch)
            self.application.indexing.enter_tickets(batch, soon())
        return len(batch)

    def _batch(self) -> Iterator[TicketChange]:
        try:
            yield self.stream.get(timeout=0.1)
            for _ in range(BATCH - 1):
                yield self.stream.get_nowait()
        except Empty:
            return

    def _report(self, ticketID: int) -> None:
        ticket = self.application.tickets.existing(ACME, ticketID)
        self.answered[ticketID, ticket.version] = time.monotonic()
        self.stream.put(TicketChange(ticket, before=self.last.get(ticketID)))
        self.last[ticketID] = ticket


def costs(tables: Tables) -> None:
    """Print the units of single steps."""
    meter, application = Meter(latency=0), application_on(tables)
    meter.attach(tables.client)
    desk, follower = Desk(application), Follower(application, CALLER)
    follower.catch_up()
    desk.chat(0)
    changes = [desk.stream.get() for _ in range(3)]
    for name, change in zip(("a chat's beginning", "a message", "a new holder"), changes, strict=True):
        _print(meter, f"{name}: log", partial(application.telling.enter, [change], soon()))
        _print(meter, f"{name}: history", partial(application.history_keeping.enter, [change]))
    _print(meter, "a hundred changes of a hundred tickets: log", partial(_hundred, application, changes[0].ticket))
    follower.catch_up()
    _print(meter, "a follower's question, nothing new", follower.ask)
    application.telling.enter(changes[:1], soon())
    _print(meter, "a follower's question, one ticket told", follower.ask)


def _hundred(application: Application, ticket: Ticket) -> None:
    others = [TicketChange(ticket.model_copy(update={"ticketID": 1_000_000 + number})) for number in range(100)]
    application.telling.enter(others, soon())


def _print(meter: Meter, name: str, step: Callable[[], object]) -> None:
    meter.reset()
    step()
    print(f"{name:50}{meter.requests:2} calls {meter.read:6.1f} read {meter.written:6.1f} written")


def load(tables: Tables, chats: int, count: int, pace: float) -> None:
    """Have chats begun while followers follow, and print what became of it."""
    application = application_on(tables)
    desk = Desk(application)
    reps = [Representative(ACME, *ROLES[number % len(ROLES)]) for number in range(count)]
    followers = [Follower(application, rep) for rep in reps]
    for follower in followers:
        follower.catch_up()
    started = time.monotonic()
    with ThreadPoolExecutor(WRITERS) as writers, ThreadPoolExecutor(1 + FOLLOWING) as others:
        written = [writers.submit(_at, started + number / pace, desk, number) for number in range(1, chats + 1)]
        delivered = others.submit(_deliver_all, desk, written)
        groups = [followers[number::FOLLOWING] for number in range(FOLLOWING)]
        following = [others.submit(_follow, group, delivered) for group in groups]
        for future in shown([*written, delivered, *following], "chats, followers at the end"):
            future.result()
    _report(desk, followers, time.monotonic() - started)


def _at(moment: float, desk: Desk, number: int) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))
    desk.chat(number)


def _deliver_all(desk: Desk, written: Sequence[Future[None]]) -> None:
    while desk.deliver() or not all(future.done() for future in written):
        pass


def _follow(followers: Sequence[Follower], delivered: Future[None]) -> None:
    """Have each follower ask every two seconds until everything is delivered, then catch up."""
    while not delivered.done():
        begun = time.monotonic()
        for follower in followers:
            follower.ask()
        time.sleep(max(0.0, begun + EVERY - time.monotonic()))
    for follower in followers:
        follower.catch_up()


def _report(desk: Desk, followers: Sequence[Follower], seconds: float) -> None:
    """Print how long it took followers to hear of changes; fails where a copy is not what it should be."""
    for follower in followers:
        holders = visible_holders(follower.rep)
        seen = [each for each in desk.last.values() if holders is None or (each.customerRepID or 0) in holders]
        told = {ticketID: version for ticketID, version in follower.versions.items() if ticketID in desk.last}
        _require(told == {each.ticketID: each.version for each in seen}, "lost, or too much")
    lags = [at - desk.answered[key] for each in followers for key, at in each.told.items() if key in desk.answered]
    pages = sum(follower.pages for follower in followers)
    print(f"{len(desk.last)} chats, {len(desk.answered)} changes, {len(followers)} followers, {pages} pages")
    print(f"{seconds:.0f} s, {len(desk.answered) / seconds:.0f} changes a second, {len(lags) / seconds:.0f} tellings")
    print(f"in the log after {_spread(desk.logged)}")
    print(f"told after {_spread(lags)}, with up to {EVERY:.0f} s until it is asked for")
    print("nothing lost, nothing twice in a page, nothing out of reach")


def _spread(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.2f} s (p95 {quantiles(seconds, n=20)[-1]:.2f} s)"


def _require(holds: bool, fault: str) -> None:
    if not holds:
        raise ValueError(fault)


def main() -> None:
    """Measure on an engine of its own."""
    parser = command_line(__doc__)
    for name, default in (("chats", 1_000), ("followers", 100), ("pace", 3)):
        parser.add_argument(name, nargs="?", type=int, default=default, metavar=name.upper())
    chosen = parser.parse_args()
    with dynoxide() as url:
        tables = tables_at(url)
        directory_on(tables).load(acme())
        costs(tables)
        load(tables, chosen.chats, chosen.followers, chosen.pace)
        tables.executor.shutdown()


if __name__ == "__main__":
    main()
