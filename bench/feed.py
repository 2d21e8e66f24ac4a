"""Measures feed and history, and how late followers hear: `python -m bench.feed [CHATS] [FOLLOWERS] [PACE]`.

First the units of single steps, as DynamoDB counts them. Then CHATS chats (1,000), PACE of them a second (3), are
begun, answered and given to someone, while FOLLOWERS (100) of every role follow in this process, each asking every two
seconds. In the end every copy is compared with all tickets that its follower may read. Writers, the stream's consumer,
followers and the engine share the machine.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from statistics import median, quantiles

from bench.command import command_line
from bench.following import CALLER, Desk, Follower, require, soon
from bench.meter import Meter
from deploy.progress import shown
from tests.backends import application_on, directory_on
from tests.builders import ACME, ADMIN, ANN, BOB, RIK, SUPERVISOR, acme
from tests.engines import Tables, dynoxide, tables_at
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.tickets.changes import TicketChange
from ticketing.tickets.model import Ticket
from ticketing.tickets.permissions import visible_holders

ROLES = (
    (ADMIN, Role.Administrator),
    (SUPERVISOR, Role.Supervisor),
    (ANN, Role.Agent),
    (BOB, Role.Agent),
    (RIK, Role.Restricted),
)
EVERY = 2.0
"""Seconds from one question of a follower to the next."""
WRITERS = 2
FOLLOWING = 4
"""Threads of writers and of followers."""


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
        require(told == {each.ticketID: each.version for each in seen}, "lost, or too much")
    lags = [at - desk.answered[key] for each in followers for key, at in each.told.items() if key in desk.answered]
    pages = sum(follower.pages for follower in followers)
    print(f"{len(desk.last)} chats, {len(desk.answered)} changes, {len(followers)} followers, {pages} pages")
    print(f"{seconds:.0f} s, {len(desk.answered) / seconds:.0f} changes a second, {len(lags) / seconds:.0f} tellings")
    print(f"in the log after {_spread(desk.logged)}")
    print(f"told after {_spread(lags)}, with up to {EVERY:.0f} s until it is asked for")
    print("nothing lost, nothing twice in a page, nothing out of reach")


def _spread(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.2f} s (p95 {quantiles(seconds, n=20)[-1]:.2f} s)"


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
