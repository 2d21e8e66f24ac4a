"""Reckons the cost of operations and months: `python -m bench.cost`.

Read and write units are measured on the engine of the local run (bench/lists.py), at 10,000 tickets; prices stand in
bench/prices.py. Durations are the processor time that bench/warm.py shows for such requests on this kind of machine,
and LATENCY for each round trip. Prints two tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bench import prices
from bench.command import command_line
from bench.lists import Figure, measured
from bench.report import Table, Value

TICKETS = 10_000
MEMORY = 1.0
"""GB of a function."""
LATENCY = 0.005
"""Seconds of a round trip to DynamoDB."""
PROCESSOR = 0.005
"""Seconds of the processor for a request; lists and bulk take more, which their units outweigh."""
BATCH = 5
"""Records of a stream that the indexer and the publisher are handed at once, on the average."""
LOGGED = 500e-9
"""GB that a request logs."""
OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "read one": ("read one",),
    "list 25": ("first 25",),
    "list 25, one filter": ("first 25, one filter",),
    "search, a rare word": ("search, a word of one ticket",),
    "create": ("create", "create: its indexing"),
    "patch": ("patch of what no list knows", "patch of what no list knows: its indexing"),
    "assign": ("patch of the holder", "patch of the holder: its indexing"),
    "close": ("close", "close: its indexing"),
    "message": ("message of 100 characters", "message: its words", "message: its ticket's indexing"),
    "feed, nothing new": (),
}
"""The figures of bench/lists.py that make one up: first the request's own, then what streams bring about."""
DAY = {
    "read one": 200,
    "list 25": 100,
    "list 25, one filter": 200,
    "search, a rare word": 30,
    "create": 40,
    "patch": 60,
    "assign": 40,
    "close": 40,
    "message": 140,
    "feed, nothing new": 7_200,
}
"""An agent's operations on a working day: 40 tickets of 3.5 messages, and four hours of asking every two seconds."""
WORKING_DAYS = 22
STORED = 40 * 22 * 12 * 20e-6
"""GB that the tickets of an agent's year take, at 20 KB with messages, index and search."""
AGENTS = (0, 5, 100, 5_000)
ALARMED = 20
"""Metrics that alarms look at."""
ALWAYS_ON = {
    0: ("db.t4g.micro", 2, 0.25),
    5: ("db.t4g.micro", 2, 0.25),
    100: ("db.t4g.medium", 2, 0.5),
    5_000: ("db.r6g.xlarge", 12, 1),
}
"""The database, containers and processors of each, by agents. 5,000 agents ask 1,500 times a second at their busiest
(twice the average of eight hours), of which most is nothing new; a container's processor answers 150 a second."""


@dataclass(frozen=True)
class Usage:
    """Units, round trips and invocations of one operation, with what follows it."""

    read: float
    written: float
    seconds: float
    invocations: float
    events: float

    @property
    def dollars(self) -> float:
        """Return what it costs."""
        return (
            prices.HTTP_REQUEST
            + self.invocations * prices.LAMBDA_REQUEST
            + self.seconds * MEMORY * prices.LAMBDA_GB_SECOND
            + self.read * prices.READ_UNIT
            + self.written * prices.WRITE_UNIT
            + self.events * prices.EVENT
            + LOGGED * prices.LOGGED_GB
        )


def main() -> None:
    """Measure the units, and print the tables."""
    command_line(__doc__).parse_args()
    figures = measured(TICKETS)
    works = {name: _usage([figures[each] for each in parts]) for name, parts in OPERATIONS.items()}
    for table in (_operations(works), _months(works)):
        print(table.markdown())


def _usage(figures: list[Figure]) -> Usage:
    if not figures:  # one read of the feed's end
        return Usage(read=0.5, written=0, seconds=PROCESSOR / 2 + LATENCY, invocations=1, events=0)
    own, *followed = figures
    seconds = PROCESSOR + own.stages * LATENCY
    seconds += sum(PROCESSOR + each.stages * LATENCY for each in followed) / BATCH
    read, written = (sum(getattr(each, name) for each in figures) for name in ("read", "written"))
    if followed:  # a history's entry for each version, and one of the feed's log for each batch
        read, written = read + 1 / BATCH, written + 1 + 1 / BATCH
    return Usage(read, written, seconds, 1 + len(followed) / BATCH, events=bool(followed))


def _operations(works: Mapping[str, Usage]) -> Table:
    rows: list[list[Value]] = [[name, work.read, work.written, work.dollars * 1e6] for name, work in works.items()]
    columns = ("operation", "read units", "write units", "$ per million")
    return Table("Cost of a million operations", columns, rows)


def _months(works: Mapping[str, Usage]) -> Table:
    per_agent = WORKING_DAYS * sum(count * works[name].dollars for name, count in DAY.items())
    per_agent += STORED * prices.STORED_GB_MONTH
    idle = ALARMED * prices.ALARM_METRIC_MONTH
    rows: list[list[Value]] = []
    for agents in AGENTS:
        ours, theirs = idle + agents * per_agent, _always_on(agents)
        rows.append([str(agents) if agents else "idle", ours, theirs, theirs / ours])
    columns = ("agents", "this bundle, $ a month", "containers and a database, $ a month", "ratio")
    notes = f"The dashboard adds ${prices.DASHBOARD_MONTH:.0f} where the account has three others."
    return Table("Cost of a month", columns, rows, notes)


def _always_on(agents: int) -> float:
    """Return the dollars of two or more containers behind a balancer, and a database in two zones."""
    database, containers, vcpu = ALWAYS_ON[agents]
    container = vcpu * prices.VCPU_HOUR + 2 * vcpu * prices.MEMORY_GB_HOUR
    hourly = containers * container + prices.BALANCER_HOUR + prices.DATABASE_HOUR[database]
    return hourly * prices.HOURS + (20 + agents * STORED) * prices.DATABASE_GB_MONTH


if __name__ == "__main__":
    main()
