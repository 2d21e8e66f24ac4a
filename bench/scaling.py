"""Reckons which limit is met first as customers grow: `python -m bench.scaling`.

Takes the write units of each partition that bench/traffic.py measures, for a mix of writes, and multiplies. A partition
takes 1,000 write units a second, a new table 4,000 and a table 40,000 unless its quota was raised (AWS:
"Quotas in Amazon DynamoDB", "Best practices for designing and using partition keys effectively"). Prints tables, the
last of them that of bench/traffic.py.
"""

from collections import defaultdict
from collections.abc import Mapping

from bench.command import command_line
from bench.report import Table, Value
from bench.traffic import WRITES, Kind, loads, measured

MIX = {"creations": 0.2, "messages": 0.5, "changes of the holder": 0.1, "closing and reopening": 0.2}
"""Shares of ticket writes."""
PARTITION, NEW_TABLE, TABLE = 1_000, 4_000, 40_000
"""Write units a second."""
RATES = (10, 30, 100, 300, 1_000)
"""Ticket writes a second of one customer."""
HOTTEST = 6
CUSTOMERS, TOGETHER = 10_000, 1_000
"""Customers, and their ticket writes a second, all together."""
STAGE_ROUTE = 500
"""Requests a second of one route, by the template's default."""


def main() -> None:
    """Measure, and print the tables."""
    command_line(__doc__).parse_args()
    kinds = measured()
    units = _mixed(kinds)
    for table in (_one_customer(units), _many_customers(units), loads(kinds)):
        print(table.markdown())


type Units = Mapping[tuple[str, str], float]
"""Write units by table or index and partition."""


def _mixed(kinds: Mapping[str, Kind]) -> Units:
    """Return the units of each partition for one write of the mix."""
    mixed: defaultdict[tuple[str, str], float] = defaultdict(float)
    for name, share in MIX.items():
        for where, units in kinds[name].written.items():
            mixed[where] += units / WRITES * share
    return mixed


def _one_customer(units: Units) -> Table:
    hottest = sorted(units.items(), key=lambda each: -each[1])[:HOTTEST]
    rows: list[list[Value]] = [
        [f"{where}: `{key}`", each, *(f"{each * rate / PARTITION:.0%}" for rate in RATES), PARTITION / each]
        for (where, key), each in hottest
    ]
    search = sum(each for (where, _), each in units.items() if where == "SearchTable")
    new = [f"{search * rate / NEW_TABLE:.0%}" for rate in RATES]
    rows.append(["SearchTable when it is new, all of it", search, *new, NEW_TABLE / search])
    columns = ["partition", "units a write", *(f"{rate:,}/s" for rate in RATES), "full at writes/s"]
    return Table("One customer: how full the hottest partitions are", columns, rows)


def _many_customers(units: Units) -> Table:
    """Return the load of each table when many customers write, each far below the limits of a partition."""
    tables: defaultdict[str, float] = defaultdict(float)
    for (where, _), each in units.items():
        tables[where] += each
    rows: list[list[Value]] = [
        [where, each * TOGETHER, f"{each * TOGETHER / NEW_TABLE:.0%}", f"{each * TOGETHER / TABLE:.0%}"]
        for where, each in sorted(tables.items(), key=lambda each: -each[1])
    ]
    columns = ["table or index", "write units a second", "of a new table's", "of a table's quota"]
    notes = f"Before them: a route takes {STAGE_ROUTE} requests a second unless RouteRate is raised."
    return Table(f"{CUSTOMERS:,} customers, {TOGETHER:,} ticket writes a second together", columns, rows, notes)


if __name__ == "__main__":
    main()
