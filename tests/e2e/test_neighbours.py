"""One customer's texts do not hold up another's search, through the running API."""

import json

import pytest

from tests.e2e.client import Client

pytestmark = pytest.mark.beyond_sam_local("it serves requests alone: the emulator calls what hangs on streams")
MARKS = "\u0301" * 24_999 + "\u0327" * 25_000
"""A text that takes a normaliser which orders such a run some four seconds."""


def test_hostile_texts_of_one_customer_do_not_delay_the_search_of_another(api: Client) -> None:
    ticketID = api.ticket("Gia", subject="Buurman")["ticketID"]
    for letter in "abcdefghijkl":
        message = json.dumps({"ticketID": ticketID, "body": letter + MARKS}, ensure_ascii=False).encode()
        api.ask("POST", "/api/TicketMessages", 201, "Gia", message)
    api.ticket(subject="Kruiwagen")
    api.until_total("search=kruiwagen", 1)
