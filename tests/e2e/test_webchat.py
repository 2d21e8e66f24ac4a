"""Webchat through the running API: one ticket for one key, and limits that hold."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from tests.e2e.client import Client

PATH = "/api/Tickets/createchatticket"
CHAT = {"channelToken": "88888888-8888-4888-8888-888888888888", "message": "Where is my parcel?"}
SITE = "https://globex.example"


def test_visitors_begin_tickets_within_limits(api: Client) -> None:
    """One test, since all that it sends comes from one address and is paid from one bucket."""
    refused = api.refused("POST", PATH, "ChannelNotAllowed", 403, who=None, body=CHAT, origin="https://evil.example")
    assert "globex" not in str(refused)
    key, started = str(uuid4()), time.monotonic()
    headers = {"Content-Type": "application/json", "Origin": SITE}
    with ThreadPoolExecutor(8) as threads:
        same = list(
            threads.map(lambda _: api.http.post(PATH, json=CHAT, headers=headers | {"Idempotency-Key": key}), range(8))
        )
        statuses = {reply.status_code for reply in same}
        assert statuses <= {201, 409}
        assert len({reply.json()["ticketID"] for reply in same if reply.status_code == 201}) == 1
        many = list(threads.map(lambda _: api.http.post(PATH, json=CHAT, headers=headers), range(100)))
    begun = [reply.json() for reply in many if reply.status_code == 201]
    assert 12 <= len(begun) <= 20 + (time.monotonic() - started) / 3  # one comes back every three seconds
    assert {reply.status_code for reply in many} == {201, 429}
    assert all(int(reply.headers["Retry-After"]) >= 1 for reply in many if reply.status_code == 429)
    ticket = api.ask("GET", f"/api/Tickets/{begun[0]['ticketID']}", 200, "Gia").json()
    assert (ticket["token"], ticket["channelType"], ticket["subject"]) == (
        begun[0]["token"],
        "Chat",
        "Where is my parcel?",
    )
