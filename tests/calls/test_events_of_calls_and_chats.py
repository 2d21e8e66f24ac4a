"""Every event under events/calls, events/webchat and events/recordings is answered as it should be.

The world has a ticket of nobody's, one of Bob's, a call with a recording, a call that goes on, and a chat.
"""

import json
from typing import Any

import pytest

from tests.builders import A_CHAT, ANOTHER_CALL, BOB
from tests.tables import ROOT
from tests.world import World
from ticketing.calls.call import Recording
from ticketing.kernel.instant import canonical
from ticketing.tickets.chat import Chat

EVENTS = ROOT / "events"
ENDED, EARLY = (f"CA{digit * 32}" for digit in "56")
EXPECTED: dict[str, tuple[int, str | None]] = {
    "calls/assign": (200, None),
    "calls/assign-anothers": (409, "AlreadyAssigned"),
    "calls/assign-by-phone": (403, "Forbidden"),
    "calls/assign-by-restricted": (403, "Forbidden"),
    "calls/assign-live-call": (200, None),
    "calls/assign-malformed": (400, "InvalidRequest"),
    "calls/assign-missing": (404, "NotFound"),
    "calls/assign-stale": (412, "PreconditionFailed"),
    "calls/assign-take-over": (200, None),
    "calls/assign-with-key": (200, None),
    "calls/assign-without-forwarding": (200, None),
    "calls/play": (302, None),
    "calls/play-anothers": (403, "Forbidden"),
    "calls/play-by-phone": (403, "Forbidden"),
    "calls/play-in-a-browser": (200, None),
    "calls/play-nothing": (404, "RecordingNotFound"),
    "webchat/begin": (201, None),
    "webchat/begin-closed": (403, "ChannelNotAllowed"),
    "webchat/begin-foreign-site": (403, "ChannelNotAllowed"),
    "webchat/begin-from-referer": (201, None),
    "webchat/begin-malformed": (400, "InvalidRequest"),
    "webchat/begin-sandboxed": (403, "ChannelNotAllowed"),
    "webchat/begin-token-only": (201, None),
    "webchat/begin-unknown-token": (403, "ChannelNotAllowed"),
    "webchat/begin-with-key": (201, None),
    "webchat/begin-with-wrong-key": (400, "InvalidRequest"),
    "webchat/read": (200, None),
    "webchat/read-after": (200, None),
    "webchat/read-malformed": (400, "InvalidRequest"),
    "webchat/read-with-a-token": (401, "Unauthorized"),
    "webchat/read-with-wrong-key": (401, "Unauthorized"),
    "webchat/write": (201, None),
    "webchat/write-foreign-site": (403, "ChannelNotAllowed"),
    "webchat/write-malformed": (400, "InvalidRequest"),
    "webchat/write-with-key": (201, None),
}
ARRIVALS = {"arrived": [3], "arrived-before-its-ticket": [], "another-customers": [], "no-recording": []}
"""Recordings, and the tickets that are changed by them."""


def event(case: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EVENTS / f"{case}.json").read_text())
    return found


@pytest.fixture
def office(world: World) -> World:
    world.keep()
    world.keep(customerRepID=BOB)
    world.keep(channelType="Phone", twilio_CallSid=ENDED)
    world.keep(channelType="Phone", twilio_CallSid=ANOTHER_CALL)
    world.keep(channelType="Chat", lastMessageDate=canonical(world.clock.now()), chat=Chat(**A_CHAT))
    return world


@pytest.mark.parametrize(("case", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_request_is_answered(office: World, case: str, expected: tuple[int, str | None]) -> None:
    recording = Recording(1, ENDED, "mp3")
    office.calls.record(recording)
    office.recordings.sounds[recording] = b"sound"
    answer = office.invoke(case.partition("/")[0], event(case))
    assert (answer.status, answer.code) == expected


def test_only_what_is_to_be_forwarded_is(office: World) -> None:
    assert office.invoke("calls", event("calls/assign-without-forwarding")).json["callForward"] == "notApplicable"
    assert office.invoke("calls", event("calls/assign-live-call")).json["callForward"] == "forwarded"
    assert office.telephony.dialled == [(ANOTHER_CALL, "+3225550113")]


@pytest.mark.parametrize(("case", "changed"), ARRIVALS.items(), ids=ARRIVALS)
def test_a_recording_is_announced(office: World, case: str, changed: list[int]) -> None:
    office.run("recordings", event(f"recordings/{case}"))
    assert [ticketID for (_, ticketID), ticket in office.store.kept.items() if ticket.hasRecording] == changed
    assert office.store.is_recorded(1, EARLY) == (case == "arrived-before-its-ticket")


@pytest.mark.parametrize("function", ["calls", "webchat", "recordings"])
def test_every_event_is_expected(function: str) -> None:
    expected = {*EXPECTED, *(f"recordings/{case}" for case in ARRIVALS)}
    cases = {f"{function}/{path.stem}" for path in (EVENTS / function).glob("*.json")}
    assert cases == {case for case in expected if case.startswith(f"{function}/")}
