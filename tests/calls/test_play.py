"""GET /api/Tickets/{ticketId}/play: where a recording can be heard."""

import pytest

from tests.builders import A_CALL, BOB
from tests.world import World
from ticketing.calls.call import Recording

PATH = "/api/Tickets/1/play"
RECORDING = Recording(1, A_CALL, "mp3")
URL = f"https://sounds.example/{RECORDING.key}?name=ticket-1.mp3&seconds=300"


@pytest.fixture
def recorded(world: World) -> World:
    """A world in which the call of ticket 1 has a recording."""
    world.calls.record(RECORDING)
    world.recordings.sounds[RECORDING] = b"sound"
    world.keep(channelType="Phone", twilio_CallSid=A_CALL, hasRecording=True)
    return world


@pytest.mark.parametrize("accept", [None, "*/*", "audio/*", "application/*", "application/json;q=0, audio/mpeg", "x"])
def test_a_player_is_sent_to_the_sound(recorded: World, accept: str | None) -> None:
    answer = recorded.call("GET", PATH, **{"accept": accept} if accept else {}).as_expected(302)
    assert (answer.headers["Location"], answer.headers["Cache-Control"], answer.text) == (URL, "no-store", None)


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "Application/JSON",
        "application/json, text/plain, */*",
        "text/html, application/json ; q=0.5",
    ],
)
def test_a_browser_is_told_where_the_sound_is(recorded: World, accept: str) -> None:
    answer = recorded.call("GET", PATH, accept=accept).as_expected(200)
    assert answer.json == {
        "url": URL,
        "expiresAt": "2026-06-15T12:05:00.000Z",
        "contentType": "audio/mpeg",
        "contentLength": 5,
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert "Location" not in answer.headers


@pytest.mark.parametrize("accept", ["*/*", "application/json"])
def test_play_is_404_without_a_call(world: World, accept: str) -> None:
    world.keep()
    world.call("GET", PATH, accept=accept).refused(404, "RecordingNotFound", [])


def test_play_is_404_until_a_recording_has_arrived(world: World) -> None:
    world.keep(channelType="Phone", twilio_CallSid=A_CALL)
    world.call("GET", PATH).refused(404, "RecordingNotFound", [])


def test_play_is_404_when_the_object_is_gone(recorded: World) -> None:
    recorded.recordings.delete([RECORDING])
    recorded.call("GET", PATH).refused(404, "RecordingNotFound", [])


def test_only_those_hear_a_recording_who_may_read_the_ticket(recorded: World) -> None:
    recorded.call("GET", PATH, "rep-13").as_expected(302)
    recorded.call("GET", PATH, "rep-15").refused(403, "Forbidden")
    recorded.call("GET", PATH, "channel-3").refused(403, "Forbidden")
    recorded.call("GET", PATH, "rep-21").refused(404, "NotFound")
    recorded.call("GET", PATH, None).refused(401, "Unauthorized")
    fields = {"customerRepID": BOB}
    recorded.call("PATCH", "/api/Tickets/1", body=fields, content_type="application/merge-patch+json").as_expected(200)
    recorded.call("GET", PATH, "rep-13").refused(403, "Forbidden")


def test_a_call_of_another_customer_with_the_same_id_is_another_call(recorded: World) -> None:
    recorded.keep(customerID=2, channelType="Phone", twilio_CallSid=A_CALL)
    recorded.call("GET", PATH, "rep-21").refused(404, "RecordingNotFound")


@pytest.mark.parametrize("ticketID", ["0", "2", "01", "x", "1.5", "-1"])
def test_a_ticket_that_is_none_is_not_found(recorded: World, ticketID: str) -> None:
    recorded.call("GET", f"/api/Tickets/{ticketID}/play").refused(404, "NotFound", [])


def test_no_log_holds_the_url(recorded: World, caplog: pytest.LogCaptureFixture) -> None:
    recorded.call("GET", PATH).as_expected(302)
    recorded.call("GET", PATH, accept="application/json").as_expected(200)
    assert "sounds.example" not in str([vars(record) for record in caplog.records])
