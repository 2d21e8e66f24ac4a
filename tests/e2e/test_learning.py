"""Lessons that representatives give in bulk, found in the tickets that come after."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.e2e.client import Client
from tests.local_stack import wait_until

SPAM = "URGENT! You have WON a £{n}00 prize! Call 0906170046{n} now to claim your cash"
GOOD = "Hello, my order {n} has not come yet, could you please look where it is"
RETURN = "I want to send back the shoes of order {n}, they do not fit"
LOGIN = "The password for my account {n} is refused, I can't log in"
LESSONS = 6
ASKED_AGAIN = 3
"""Seconds after which is asked again: what was taught just before may not be known yet, and leaves no trace then."""


def bulk(api: Client, who: str, action: str, ticketIDs: Sequence[int], **more: Any) -> None:
    body = {"ticketIDs": list(ticketIDs), "action": action} | more
    assert api.ask("PUT", "/api/Tickets/bulk", 200, who, body).json()["failed"] == []


def tickets(api: Client, who: str, text: str) -> list[int]:
    return [api.ticket(who, subject=text.format(n=n))["ticketID"] for n in range(LESSONS)]


def read(api: Client, who: str, ticketID: int) -> Any:
    return api.ask("GET", f"/api/Tickets/{ticketID}", 200, who).json()


def detect(api: Client, who: str, action: str, ticketIDs: Sequence[int], is_found: Callable[[], bool]) -> None:
    """Asks, every few seconds again, until something is found."""
    asked = 0.0

    def is_found_at_last() -> bool:
        nonlocal asked
        if time.monotonic() - asked > ASKED_AGAIN:
            bulk(api, who, action, ticketIDs)
            asked = time.monotonic()
        return is_found()

    wait_until(is_found_at_last)


def test_spam_is_found_once_it_was_taught(api: Client) -> None:
    bulk(api, "Gia", "spam", tickets(api, "Gia", SPAM))
    bulk(api, "Gia", "notspam", tickets(api, "Gia", GOOD))
    spam, good = (api.ticket("Gia", subject=text.format(n=9))["ticketID"] for text in (SPAM, GOOD))
    detect(api, "Gia", "detectspam", [good, spam], lambda: read(api, "Gia", spam)["isSpam"])
    assert read(api, "Gia", spam)["status"] == "Closed"
    assert read(api, "Gia", good)["isSpam"] is False


def test_topics_are_found_once_they_were_taught(api: Client) -> None:
    bulk(api, "Ada", "updatetopics", tickets(api, "Ada", RETURN), topicIds=[3])
    bulk(api, "Ada", "updatetopics", tickets(api, "Ada", LOGIN), topicIds=[4])
    asked = {"Returns": RETURN, "Login": LOGIN}
    ids = {name: api.ticket("Ada", subject=text.format(n=9))["ticketID"] for name, text in asked.items()}

    def are_found() -> bool:
        return all(read(api, "Ada", ticketID)["topics"] == [name] for name, ticketID in ids.items())

    detect(api, "Ada", "detecttopics", list(ids.values()), are_found)
