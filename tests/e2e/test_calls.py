"""Calls and their recordings through the running API, with S3 really announcing them."""

import secrets
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from local.demo import HERE, RECORDED_CALL
from tests.e2e.client import Client
from tests.local_stack import Stack, command, wait_until

SOUND = HERE / f"recordings/{RECORDED_CALL}.mp3"
type Put = Callable[[str], None]


def a_call() -> str:
    return f"CA{secrets.token_hex(16)}"


@pytest.fixture
def put(stack: Stack) -> Put:
    """Put the demo recording as another call's."""

    def put_as(callSid: str) -> None:
        arguments = ("recording", "--customer", "1", "--call", callSid, str(SOUND))
        assert command(*arguments, folder=stack.folder).returncode == 0

    return put_as


def location(api: Client, ticketID: int) -> str:
    url: str = api.ask("GET", f"/api/Tickets/{ticketID}/play", 302).headers["Location"]
    return url


def heard(url: str, **headers: str) -> httpx.Response:
    return httpx.get(url, headers=headers, timeout=60)


def on_the_phone(api: Client, callSid: str) -> int:
    return int(api.ticket(channelType="Phone", channelID=3, twilio_CallSid=callSid)["ticketID"])


def test_the_demo_call_is_heard_byte_for_byte_and_from_any_byte_on(api: Client) -> None:
    tickets = api.ask("GET", "/api/Tickets?uid=%2B3225550131&pageSize=100", 200).json()["items"]
    (ticket,) = (each for each in tickets if each["twilio_CallSid"] == RECORDED_CALL)
    assert ticket["hasRecording"]
    url, sound = location(api, ticket["ticketID"]), SOUND.read_bytes()
    whole = heard(url)
    assert (whole.status_code, whole.headers["Content-Type"], whole.content) == (200, "audio/mpeg", sound)
    assert whole.headers["Content-Disposition"] == f'inline; filename="ticket-{ticket["ticketID"]}.mp3"'
    part = heard(url, Range="bytes=1000-")
    assert (part.status_code, part.content) == (206, sound[1000:])
    assert part.headers["Content-Range"] == f"bytes 1000-{len(sound) - 1}/{len(sound)}"
    assert heard(url.replace("audio%2Fmpeg", "text%2Fhtml")).status_code == 403
    assert heard(url.partition("?")[0]).status_code == 403
    path = f"/api/Tickets/{ticket['ticketID']}/play"
    told = api.ask("GET", path, 200, accept="application/json").json()
    assert (told["contentType"], told["contentLength"]) == ("audio/mpeg", len(sound))
    assert heard(told["url"]).content == sound


def test_a_recording_marks_the_ticket_of_its_call_and_goes_with_it(api: Client, put: Put) -> None:
    callSid = a_call()
    ticketID = on_the_phone(api, callSid)
    api.refused("GET", f"/api/Tickets/{ticketID}/play", "RecordingNotFound", 404)
    put(callSid)
    wait_until(lambda: api.ask("GET", f"/api/Tickets/{ticketID}", 200).json()["hasRecording"])
    url = location(api, ticketID)
    api.ask("DELETE", f"/api/Tickets/{ticketID}", 204)
    wait_until(lambda: heard(url).status_code == 404)


def test_a_recording_that_comes_first_is_not_missed(api: Client, put: Put) -> None:
    callSid = a_call()
    put(callSid)
    ticketID = on_the_phone(api, callSid)
    wait_until(lambda: api.ask("GET", f"/api/Tickets/{ticketID}", 200).json()["hasRecording"])


@pytest.mark.parametrize(
    ("callSid", "file"), [("CA1", SOUND), (f"CA{'A' * 32}", SOUND), (f"CA{'1' * 32}", Path("notes.txt"))]
)
def test_what_is_no_recording_is_not_put(stack: Stack, callSid: str, file: Path) -> None:
    put = command("recording", "--customer", "1", "--call", callSid, str(file), folder=stack.folder)
    assert put.returncode == 1
    assert put.stderr.startswith("error: ")


def test_without_an_account_a_live_call_stays_where_it_is(api: Client) -> None:
    ticketID = on_the_phone(api, a_call())
    taken = api.ask("PUT", f"/api/Tickets/{ticketID}/assign", 200, "Ann").json()
    assert (taken["customerRepID"], taken["callForward"]) == (13, "notApplicable")
    api.refused("PUT", f"/api/Tickets/{ticketID}/assign", "AlreadyAssigned", 409, who="Bob")
