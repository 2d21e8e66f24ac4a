"""Draw bar charts of a page of results, as SVG; runs where matplotlib is: `draw.py PAGE FOLDER`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot

OURS, OTHERS = "#2563eb", ("#94a3b8", "#cbd5e1", "#64748b")
type Rows = list[list[str]]

mpl.rcParams.update(
    {
        "svg.hashsalt": "tickets",
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
)


def draw(page: Path, folder: Path) -> None:
    """Draw a chart of each section that has one."""
    folder.mkdir(parents=True, exist_ok=True)
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", page.read_text(), re.MULTILINE | re.DOTALL))
    for name, columns in (("Cold starts", (1,)), ("Warm requests", (2, 3))):
        rows = next(_tables(sections.get(name, "")), None)
        if rows:
            _bars(folder / f"{name.lower().replace(' ', '-')}.svg", rows, columns, logarithmic=False)
    peers = next(_tables(sections.get("Peers", "")), None)
    if peers:
        _bars(folder / "peers.svg", peers, tuple(range(1, len(peers[0]) - 1)), logarithmic=True)
    growth = next(_tables(sections.get("Growth", "")), None)
    if growth:
        _lines(folder / "growth.svg", growth)
    months = list(_tables(sections.get("Cost", "")))
    if months:
        _bars(folder / "cost.svg", months[-1], (1, 2), logarithmic=True)


def _tables(text: str) -> Iterator[Rows]:
    rows: Rows = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            yield [rows[0], *rows[2:]]
            rows = []


def _bars(path: Path, rows: Rows, columns: tuple[int, ...], logarithmic: bool) -> None:
    head, *body = rows
    height = 0.8 / len(columns)
    figure, axes = pyplot.subplots(figsize=(8, 0.5 + 0.16 * len(body) * (1 + len(columns))))
    for place, column in enumerate(columns):
        lengths = [_number(row[column]) for row in body]
        colour = OURS if place == 0 else OTHERS[(place - 1) % len(OTHERS)]
        at = [line + place * height for line in range(len(body))]
        axes.barh(at, lengths, height, color=colour, label=head[column])
    axes.set_yticks([line + 0.4 - height / 2 for line in range(len(body))], [row[0] for row in body])
    axes.margins(y=0.01)
    axes.invert_yaxis()
    if logarithmic:
        axes.set_xscale("log")
    axes.legend(frameon=False, loc="best")
    axes.set_xlabel(head[0] if len(columns) > 1 else head[columns[0]])
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)


def _lines(path: Path, rows: Rows) -> None:
    """Draw how full each partition is at each rate: the columns whose heads end with /s."""
    head, *body = rows
    columns = [place for place, name in enumerate(head) if re.fullmatch(r"[\d,]+/s", name)]
    rates = [_number(head[column].removesuffix("/s")) for column in columns]
    figure, axes = pyplot.subplots(figsize=(8, 4))
    for row in body:
        axes.plot(rates, [_number(row[column].removesuffix("%")) for column in columns], label=row[0].replace("`", ""))
    axes.axhline(100, color="#dc2626", linewidth=1, linestyle="--")
    axes.set(xscale="log", yscale="log", xlabel="ticket writes a second of one customer", ylabel="% full")
    axes.legend(frameon=False, fontsize="small")
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)


def _number(cell: str) -> float:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return 0.0


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
