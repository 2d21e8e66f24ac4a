"""Many tickets at once, and what the worker does for them, in the running bundle."""

from typing import Any
from uuid import uuid4

from tests.e2e.client import Client
from tests.local_stack import wait_until

PATH = "/api/Tickets/bulk"


def bulk(api: Client, action: str, ids: list[int], who: str = "Ada", key: str | None = None, **fields: Any) -> Any:
    headers = {"Idempotency_Key": key} if key else {}
    body = {"ticketIDs": ids, "action": action, **fields}
    return api.ask("PUT", PATH, 200, who, body, **headers).json()


def read(api: Client, ticketID: int, who: str = "Ada") -> Any:
    return api.ask("GET", f"/api/Tickets/{ticketID}", 200, who).json()


def test_tickets_are_closed_and_the_missing_and_another_customers_are_named(api: Client) -> None:
    ids = [api.ticket()["ticketID"] for _ in range(3)]
    result = bulk(api, "close", [*ids, 999_999])
    assert (result["succeeded"], [failure["status"] for failure in result["failed"]]) == (ids, [404])
    assert all(read(api, each)["isClosed"] for each in ids)


def test_a_hundred_tickets_are_turned_over_once_per_key(api: Client) -> None:
    ids = [api.ticket(subject="Omkeren")["ticketID"] for _ in range(100)]
    key = str(uuid4())
    assert bulk(api, "invertstate", ids, key=key) == bulk(api, "invertstate", ids, key=key)
    api.until_total("search=omkeren&isClosed=true", 100)


def test_spam_closes_and_notspam_reopens(api: Client) -> None:
    ticketID = api.ticket()["ticketID"]
    for action, expected in (("spam", True), ("notspam", False)):
        bulk(api, action, [ticketID])
        ticket = read(api, ticketID)
        assert (ticket["isSpam"], ticket["isClosed"]) == (expected, expected)


def test_what_is_marked_for_removal_goes_at_once_where_there_are_no_days(api: Client) -> None:
    kept, gone = api.ticket(), api.ticket("Gia")
    bulk(api, "deletecleanup", [kept["ticketID"]])
    bulk(api, "deletecleanup", [gone["ticketID"]], "Gia")
    assert read(api, kept["ticketID"])["isClosed"]
    api.refused("GET", f"/api/Tickets/{gone['ticketID']}", "NotFound", 404, who="Gia")


def test_topics_are_set_and_the_hook_makes_billing_important(api: Client) -> None:
    billing, delivery = api.ticket()["ticketID"], api.ticket()["ticketID"]
    bulk(api, "updatetopics", [billing], topicIds=[1])
    bulk(api, "updatetopics", [delivery], topicIds=[2])
    assert bulk(api, "executeactions", [billing, delivery])["queued"] == [billing, delivery]
    wait_until(lambda: read(api, billing)["isImportant"])
    assert not read(api, delivery)["isImportant"]
