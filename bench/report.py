"""A benchmark's table: kept as JSON for charts, shown as Markdown."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Table:
    """`name` is that of the files, `columns` begins with the heading of the rows' names; numbers stay numbers."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | float | None]]
    notes: str = ""

    def markdown(self) -> str:
        """Return the table with its title and notes."""
        lines = [" | ".join(self.columns), "|".join(["---", *["---:"] * (len(self.columns) - 1)])]
        lines += [" | ".join(map(_cell, row)) for row in self.rows]
        return "\n".join([f"## {self.title}", "", *(f"| {line} |" for line in lines), "", self.notes])

    def keep(self) -> None:
        """Write it to bench/results, with its date and the machine."""
        RESULTS.mkdir(exist_ok=True)
        about = {"date": str(datetime.now(UTC).date()), "machine": machine()}
        path = RESULTS / f"{self.name}.json"
        path.write_text(json.dumps(asdict(self) | about, indent=1, ensure_ascii=False) + "\n")


def machine() -> str:
    """Return the processor, its number of cores, and the interpreter, as one line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = models[0] if models else platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"
