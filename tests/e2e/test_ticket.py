"""The life of a ticket through the running API."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.e2e.client import MERGE_PATCH, Client


def test_a_ticket_is_created_read_replaced_patched_and_deleted(api: Client) -> None:
    made = api.ask("POST", "/api/Tickets", 201, body={"status": "Open", "subject": "Ünï 😀", "channelType": "Chat"})
    path, ticket = made.headers["Location"], made.json()
    assert (made.headers["ETag"], ticket["subject"]) == ('"1"', "Ünï 😀")
    assert api.ask("GET", path, 200).json() == ticket
    assert api.ask("GET", path, 304, If_None_Match='"1"').content == b""
    assert api.ask("PUT", path, 200, body=ticket).headers["ETag"] == '"1"'
    closed = api.ask("PATCH", path, 200, body=[{"op": "replace", "path": "/isClosed", "value": True}])
    assert (closed.json()["status"], closed.headers["ETag"]) == ("Closed", '"2"')
    assert closed.json()["closeDate"]
    minimal = api.ask("PATCH", path, 204, body={"status": "Open"}, Content_Type=MERGE_PATCH, Prefer="return=minimal")
    assert minimal.headers["ETag"] == '"3"'
    api.refused("DELETE", path, "PreconditionFailed", 412, If_Match='"2"')
    api.ask("DELETE", path, 204, If_Match='"3"')
    api.refused("GET", path, "NotFound", 404)
    api.refused("DELETE", path, "NotFound", 404)


SOUND = {"status": "Open", "subject": "a", "channelType": "Email"}
BODY = b'{"status": "Open", "channelType": "Email", "subject": %s}'
HOSTILE = {
    "NaN": BODY % b"NaN",
    "Infinity": BODY % b"-Infinity",
    "a lone surrogate": BODY % b'"\\ud800"',
    "a control character": BODY % b'"\\u0000"',
    "invalid UTF-8": BODY % b'"\xff"',
    "a duplicate key": BODY % b'"a", "subject": "b"',
    "a huge exponent": BODY % b'"a", "channelID": 1e400',
    "a fraction": BODY % b'"a", "channelID": 1.0',
    "beyond 2^53": BODY % b'"a", "channelID": 9007199254740993',
    "6,000 digits": BODY % (b'"a", "channelID": ' + b"9" * 6000),
    "a number as text": BODY % b'"a", "channelID": "1"',
    "text as a bool": BODY % b'"a", "isSpam": "yes"',
    "a number as a date": BODY % b'"a", "closeDate": 1700000000',
    "an unknown field": BODY % b'"a", "colour": "red"',
    "another customer's channel": BODY % b'"a", "channelID": 8',
    "another customer's representative": BODY % b'"a", "customerRepID": 21',
    "a contradiction": b'{"status": "Pending", "channelType": "Email", "subject": "a", "isClosed": true}',
    "100,000 deep": b"[" * 100_000 + b"]" * 100_000,
    "an array": b"[]",
    "nothing": b"",
}


MENDED = pytest.mark.beyond_sam_local("it answers invalid UTF-8 with a 502 of its own")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=MENDED if kind == "invalid UTF-8" else ()) for kind in HOSTILE]
)
def test_bad_input_is_refused_and_changes_nothing(api: Client, kind: str) -> None:
    ticket = api.ticket()
    path = f"/api/Tickets/{ticket['ticketID']}"
    for method, where in (("POST", "/api/Tickets"), ("PUT", path), ("PATCH", path)):
        if kind == "an array" and method == "PATCH":
            continue  # an empty array is a patch of nothing
        api.refused(method, where, "InvalidRequest", 400, body=HOSTILE[kind])
    assert api.ask("GET", path, 200).headers["ETag"] == '"1"'


def test_a_large_body_and_a_strange_one_are_refused(api: Client) -> None:
    api.refused("POST", "/api/Tickets", "PayloadTooLarge", 413, body=BODY % (b'"' + b"a" * 300_000 + b'"'))
    api.refused("POST", "/api/Tickets", "UnsupportedMediaType", 415, body=BODY % b'"a"', Content_Type="text/plain")
    api.refused("POST", "/api/Tickets", "UnsupportedMediaType", 415, body=BODY % b'"a"', Content_Encoding="gzip")


@pytest.mark.parametrize("ticketID", ["0", "01", "-1", "1.5", "abc", "9007199254740992", "1" * 400])
def test_what_is_no_id_is_not_found(api: Client, ticketID: str) -> None:
    api.refused("GET", f"/api/Tickets/{ticketID}", "NotFound", 404)


def test_another_customers_ticket_does_not_exist(api: Client) -> None:
    path = f"/api/Tickets/{api.ticket()['ticketID']}"
    theirs = api.refused("GET", path, "NotFound", 404, who="Gia")
    missing = api.refused("GET", "/api/Tickets/8888888888", "NotFound", 404, who="Gia")
    assert theirs | {"requestId": ""} == missing | {"requestId": ""}
    for method, body in (("PUT", SOUND), ("PATCH", []), ("DELETE", None)):
        api.refused(method, path, "NotFound", 404, who="Gia", body=body)


def test_roles_see_and_take_what_they_may(api: Client) -> None:
    path = f"/api/Tickets/{api.ticket()['ticketID']}"
    api.refused("GET", path, "Forbidden", 403, who="Rik")

    def assigned(who: str, rep: int | None) -> Any:
        return api.ask("PATCH", path, 200, who, {"customerRepID": rep}, Content_Type=MERGE_PATCH).json()[
            "customerRepID"
        ]

    assert assigned("Ann", 14) is None
    assert assigned("Ann", 13) == 13
    api.refused("GET", path, "Forbidden", 403, who="Bob")
    assert assigned("Ann", None) is None
    assert assigned("Sam", 15) == 15
    assert assigned("Rik", None) == 15


def test_a_phone_context_is_bound_to_its_channel(api: Client) -> None:
    ticket = api.ticket("Hotline", channelType="Phone")
    path = f"/api/Tickets/{ticket['ticketID']}"
    assert ticket["channelID"] == 3
    body = SOUND | {"channelID": 999}
    api.refused("POST", "/api/Tickets", "ChannelMismatch", 403, who="Hotline", body=body)
    api.refused("PATCH", path, "ChannelMismatch", 403, who="Sales", body=[])
    patch = [{"op": "replace", "path": "/channelID", "value": 4}]
    api.refused("PATCH", path, "ChannelMismatch", 403, who="Hotline", body=patch)


def test_fifty_patches_at_once_lose_nothing(api: Client) -> None:
    path = f"/api/Tickets/{api.ticket()['ticketID']}"
    fields = ("summary", "preview", "fromNumber", "toNumber", "uid")
    patches = [{fields[n % 5]: f"{n}"} for n in range(50)]
    with ThreadPoolExecutor(50) as threads:
        done = threads.map(lambda patch: api.ask("PATCH", path, 200, body=patch, Content_Type=MERGE_PATCH), patches)
        assert {reply.headers["ETag"] for reply in done} == {f'"{version}"' for version in range(2, 52)}


def test_fifty_new_tickets_at_once_have_ids_of_their_own(api: Client) -> None:
    with ThreadPoolExecutor(50) as threads:
        made = list(threads.map(lambda _: api.ticket()["ticketID"], range(50)))
    assert len(set(made)) == 50


def test_one_key_makes_one_ticket_however_often_it_is_sent(api: Client) -> None:
    def send(_: int) -> Any:
        reply = api.http.post("/api/Tickets", json=SOUND, headers=headers)
        assert reply.status_code in (201, 409), reply.text
        return reply

    headers = {"Authorization": f"Bearer {api.token('Ada')}", "Idempotency-Key": "one-key-eight-times"}
    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(send, range(8)))
    made = [reply for reply in replies if reply.status_code == 201]
    assert len({reply.json()["ticketID"] for reply in made}) == 1
    assert sum("Idempotent-Replayed" not in reply.headers for reply in made) <= 1
    again = send(0)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = SOUND | {"subject": "b"}
    api.refused("POST", "/api/Tickets", "KeyReused", 422, body=other, Idempotency_Key=headers["Idempotency-Key"])
