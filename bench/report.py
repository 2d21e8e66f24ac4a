"""Benchmarks' tables as Markdown, and the machine they were measured on."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"

type Value = str | float | None


@dataclass(frozen=True)
class Table:
    """`columns` begins with the heading of the rows' names."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: str = ""

    def markdown(self) -> str:
        """Return the table with its title and notes."""
        lines = [" | ".join(self.columns), "|".join(["---", *["---:"] * (len(self.columns) - 1)])]
        lines += [" | ".join(map(_cell, row)) for row in self.rows]
        return "\n".join([f"### {self.title}", "", *(f"| {line} |" for line in lines), "", self.notes]).rstrip() + "\n"


def sections_in(page: str) -> dict[str, str]:
    """Return the text of each section of a page, by its heading."""
    return dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))


def machine() -> str:
    """Return the processor, its number of cores, the system and the interpreter, as one line."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = models[0] if models else platform.machine()
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} cores, {system}"


def _cell(value: Value) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"
