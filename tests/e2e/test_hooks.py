"""The background of the whole stack: the pipeline of a new ticket, and hooks that fire by themselves."""

from typing import Any

from tests.e2e.client import MERGE_PATCH, Client
from tests.local_stack import wait_until


def read(api: Client, ticketID: int) -> Any:
    return api.ask("GET", f"/api/Tickets/{ticketID}", 200, "Gia").json()


def authors(api: Client, ticketID: int) -> list[tuple[str, str | None]]:
    """Return who made each version of a ticket, from its creation on."""
    entries = api.ask("GET", f"/api/Tickets/{ticketID}/changes?pageSize=100", 200, "Gia").json()["items"]
    return [(entry["by"]["kind"], entry["by"]["name"]) for entry in reversed(entries)]


def test_a_ticket_that_is_created_unprocessed_is_listed_when_it_has_run_through(api: Client) -> None:
    ticketID = api.ticket("Gia", isProcessed=False)["ticketID"]
    assert ticketID not in api.all_ids("", "Gia") or read(api, ticketID)["isProcessed"]
    wait_until(lambda: bool(read(api, ticketID)["isProcessed"]))
    wait_until(lambda: ticketID in api.all_ids("", "Gia"))
    wait_until(lambda: ("system", None) in authors(api, ticketID))


def test_escalating_a_ticket_fires_its_hook_once(api: Client) -> None:
    ticketID = api.ticket("Gia")["ticketID"]
    for change in ({"escalated": True}, {"summary": "It was escalated"}):
        api.ask("PATCH", f"/api/Tickets/{ticketID}", 200, "Gia", change, Content_Type=MERGE_PATCH)
    wait_until(lambda: bool(read(api, ticketID)["isImportant"]))
    wait_until(lambda: ("hook", "OnEscalate") in authors(api, ticketID))
    api.ask("PATCH", f"/api/Tickets/{ticketID}", 200, "Gia", {"isImportant": False}, Content_Type=MERGE_PATCH)
    api.ask("PATCH", f"/api/Tickets/{ticketID}", 200, "Gia", {"isClosed": True}, Content_Type=MERGE_PATCH)
    wait_until(lambda: ("hook", "OnClose") in authors(api, ticketID))
    hooks = [name for kind, name in authors(api, ticketID) if kind == "hook"]
    assert hooks == ["OnEscalate", "OnClose"]
