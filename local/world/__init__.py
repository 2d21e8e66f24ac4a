"""The demo world as data: the directory of two customers, and their tickets."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent


class Question(NamedTuple):
    """What a customer asks, and the name of the topic it is about; empty where none fits."""

    topic: str
    text: str


@cache
def directory() -> list[dict[str, Any]]:
    """The customers, as the directory file has them."""
    customers: list[dict[str, Any]] = json.loads((HERE / "directory.json").read_text())["customers"]
    return customers


def questions() -> list[Question]:
    """What customers ask."""
    with (HERE / "questions.csv").open(newline="") as file:
        return [Question(**row) for row in csv.DictReader(file)]


def spam() -> list[str]:
    """What nobody asked for."""
    return (HERE / "spam.txt").read_text().splitlines()
