"""Cells as text: each value stands behind the letter of its facet, `AopenC3R13SopenTemail`, in the order of letters. So
a cell can be read whichever facets there were when it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ticketing.lists.counts import Cell
from ticketing.tickets.facets import FACETS

LETTERS = {facet.name: facet.letter for facet in FACETS}
NAMES = {facet.letter: facet.name for facet in FACETS}


def cell_text(cell: Cell) -> str:
    """Return a cell as text; a facet that there is no more keeps its letter."""
    return text_of(cell.values)


def text_of(values: Iterable[tuple[str, str]]) -> str:
    """Return some values of a cell, by the names of their facets, as text."""
    return "".join([LETTERS.get(name, name) + _written(value) for name, value in values])


@lru_cache(16_384)
def cell_in(text: str) -> Cell:
    """Return the cell in a text, or in several that each hold some of its values: the later ones count."""
    values = dict(re.findall("([A-Z])([^A-Z]*)", text))
    return Cell(tuple((NAMES.get(letter, letter), _plain(values[letter])) for letter in sorted(values)))


@lru_cache(16_384)
def _written(value: str) -> str:
    return re.sub("[A-Z%#]", _escaped, value)


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02x}"


def _plain(value: str) -> str:
    return re.sub("%(..)", lambda found: chr(int(found[1], 16)), value) if "%" in value else value
