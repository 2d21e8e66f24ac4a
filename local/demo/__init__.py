"""The demo data: the directory of two customers, and their tickets."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
ACME = 1
RECORDED_CALL = "CAac3eac3eac3eac3eac3eac3eac3eac3e"
MOMENTS = {"dateCreated", "closeDate", "followUpDate", "endDate"}
PREVIEW_LENGTH = 200
SPAN = timedelta(days=365)
"""The time that many tickets are spread over."""


class Question(NamedTuple):
    """A question of an end user, and the name of the topic that it is about; empty where none fits."""

    topic: str
    text: str


@cache
def directory() -> list[dict[str, Any]]:
    """Return the customers as the directory file has them."""
    customers: list[dict[str, Any]] = json.loads((HERE / "directory.json").read_text())["customers"]
    return customers


@cache
def questions() -> list[Question]:
    """Return the questions of end users."""
    with (HERE / "questions.csv").open(newline="") as file:
        return [Question(**row) for row in csv.DictReader(file)]


@cache
def spam() -> list[str]:
    """Return the spam messages."""
    return (HERE / "spam.txt").read_text().splitlines()


@cache
def _lines(customer_id: int) -> list[str]:
    lines = (HERE / "tickets.jsonl").read_text().splitlines()
    return [line for line in lines if json.loads(line)["customerID"] == customer_id]


def tickets(customer_id: int, now: datetime, places: slice = slice(None)) -> list[dict[str, Any]]:
    """Return a customer's tickets in the order of creation, by the names of the API's fields, and their messages."""
    texts = {"questions": [question.text for question in questions()], "spam": spam()}

    def written(fields: dict[str, Any]) -> dict[str, Any]:
        """Return the fields with moments for minutes from now, and texts for where they stand."""
        for name, value in fields.items():
            if name in MOMENTS:
                moment = now + timedelta(minutes=value)
                fields[name] = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            elif name in {"subject", "body"} and not isinstance(value, str):
                fields[name] = texts[value[0]][value[1]]
        return fields

    chosen = [json.loads(line, object_hook=written) for line in _lines(customer_id)[places]]
    for ticket in chosen:
        del ticket["customerID"]
    return [ticket | _of_messages(ticket["messages"]) for ticket in chosen]


def tickets_over_time(customer_id: int, places: range, count: int, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield those at some places among so many tickets of a customer: its own over and over, up to now, each with an
    order and an end user of its own, and without what only one ticket may have.
    """
    size = len(_lines(customer_id))
    rounds = -(-count // size)
    for number in range(places.start // size, -(-places.stop // size)):
        moment = now - SPAN * ((rounds - 1 - number) / rounds)
        first = max(places.start - number * size, 0)
        for place, ticket in enumerate(tickets(customer_id, moment, slice(first, places.stop - number * size)), first):
            yield _copy_of(ticket, number, place)


def _copy_of(ticket: dict[str, Any], number: int, place: int) -> dict[str, Any]:
    name, at, domain = (ticket.get("uid") or "").partition("@")
    uid = f"{name}.{number}{at}{domain}" if name else None
    order = f" The order is {number:05}-{place:03}."
    first, *others = ticket["messages"]
    messages = [first | {"body": first["body"] + order}, *others]
    return ticket | {"uid": uid, "twilio_CallSid": None, "messages": messages} | _of_messages(messages)


def _of_messages(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a ticket says of its messages."""
    first, last = messages[0], messages[-1]
    preview = last["body"][:PREVIEW_LENGTH]
    return {"dateCreated": first["dateCreated"], "lastMessageDate": last["dateCreated"], "preview": preview}
