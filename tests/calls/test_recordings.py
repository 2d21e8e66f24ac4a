"""Recordings that S3 announces: their tickets learn of them, whichever comes first; and what a delete leaves."""

from typing import Any

import pytest

from tests.builders import A_CALL, ANOTHER_CALL, a_body
from tests.world import World
from ticketing.calls.call import Recording, recordings_of
from ticketing.errors import Conflict
from ticketing.jobs.job import CleanUp, Job
from ticketing.kernel.deadline import Deadline

PATH = "/api/Tickets/1"
MERGE = "application/merge-patch+json"
RECORDING = Recording(1, A_CALL, "mp3")


def announce(world: World, key: str = RECORDING.key) -> None:
    """Send what S3 sends to the function."""
    s3 = {"bucket": {"name": "recordings"}, "object": {"key": key, "size": 5}}
    world.run("recordings", {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": s3}]})


def a_call(world: World, callSid: str = A_CALL) -> dict[str, Any]:
    body = a_body(channelType="Phone", twilio_CallSid=callSid)
    ticket: dict[str, Any] = world.call("POST", "/api/Tickets", body=body).as_expected(201).json
    return ticket


def test_a_recording_marks_the_ticket_of_its_call(world: World) -> None:
    assert a_call(world)["hasRecording"] is False
    announce(world)
    answer = world.call("GET", PATH).as_expected(200)
    assert (answer.json["hasRecording"], answer.headers["ETag"]) == (True, '"2"')


def test_a_recording_that_is_announced_again_changes_nothing(world: World) -> None:
    a_call(world)
    announce(world)
    announce(world)
    assert world.call("GET", PATH).headers["ETag"] == '"2"'


def test_a_ticket_that_comes_after_its_recording_has_it_from_the_start(world: World) -> None:
    announce(world)
    assert a_call(world)["hasRecording"] is True
    assert a_call(world, ANOTHER_CALL)["hasRecording"] is False


def test_a_recording_that_arrives_while_its_ticket_is_made_is_not_missed(world: World) -> None:
    world.store.before_next_write(lambda: announce(world))
    assert a_call(world)["hasRecording"] is True


@pytest.mark.parametrize("write", ["patch", "put"])
def test_a_recording_that_arrives_while_a_ticket_takes_the_call_is_not_missed(world: World, write: str) -> None:
    world.keep()
    world.store.before_next_write(lambda: announce(world))
    body = a_body(twilio_CallSid=A_CALL)
    if write == "patch":
        answer = world.call("PATCH", PATH, body={"twilio_CallSid": A_CALL}, content_type=MERGE)
    else:
        answer = world.call("PUT", PATH, body=body)
    assert answer.as_expected(200).json["hasRecording"] is True


def test_what_others_change_meanwhile_is_kept(world: World) -> None:
    a_call(world)
    change = {"subject": "theirs"}
    world.store.before_next_write(lambda: world.call("PATCH", PATH, body=change, content_type=MERGE).as_expected(200))
    announce(world)
    ticket = world.store.kept[1, 1]
    assert (ticket.subject, ticket.hasRecording, ticket.version) == ("theirs", True, 3)


def test_a_ticket_that_gives_its_call_back_meanwhile_is_not_marked(world: World) -> None:
    a_call(world)
    change = {"twilio_CallSid": None}
    world.store.before_next_write(lambda: world.call("PATCH", PATH, body=change, content_type=MERGE).as_expected(200))
    announce(world)
    assert world.store.kept[1, 1].hasRecording is False


def test_a_ticket_that_is_deleted_meanwhile_is_not_marked(world: World) -> None:
    a_call(world)
    world.store.before_next_write(lambda: world.call("DELETE", PATH).as_expected(204))
    announce(world)
    assert not world.store.kept


def test_only_the_customer_s_own_ticket_is_marked(world: World) -> None:
    a_call(world)
    announce(world, Recording(2, A_CALL, "mp3").key)
    assert world.store.kept[1, 1].hasRecording is False


def test_a_ticket_that_changes_all_the_time_is_left_to_another_try(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_call(world)
    monkeypatch.setattr("functions.recordings.app.PATIENCE", 0)
    change = {"subject": "theirs"}
    world.store.before_next_write(lambda: world.call("PATCH", PATH, body=change, content_type=MERGE).as_expected(200))
    with pytest.raises(Conflict):
        announce(world)


@pytest.mark.parametrize(
    "key", ["recordings/1/readme.txt", f"recordings/1/{A_CALL}.ogg", "recordings/1/a%2Fb+c.mp3", f"other/{A_CALL}.mp3"]
)
def test_an_object_that_is_no_recording_is_passed_over(world: World, key: str) -> None:
    a_call(world)
    announce(world, key)
    assert world.store.kept[1, 1].hasRecording is False


def test_keys_are_read_as_s3_writes_them(world: World) -> None:
    a_call(world)
    announce(world, RECORDING.key.replace("/", "%2F"))
    assert world.store.kept[1, 1].hasRecording is True


def clean_up(world: World, job: Job) -> None:
    """Do what the worker does."""
    assert isinstance(job, CleanUp)
    world.application.cleaning.clean_up(job, Deadline(at=0))


def test_the_recordings_of_a_deleted_ticket_go_with_it(world: World) -> None:
    others = Recording(1, ANOTHER_CALL, "mp3"), Recording(2, A_CALL, "mp3")
    world.recordings.sounds |= dict.fromkeys((*recordings_of(1, A_CALL), *others), b"sound")
    a_call(world)
    announce(world)
    world.call("DELETE", PATH).as_expected(204)
    (job,) = world.jobs.sent
    for _ in range(2):  # a job may come twice
        clean_up(world, job)
    assert set(world.recordings.sounds) == set(others)
    assert world.calls.recording(1, A_CALL) is None
    assert a_call(world)["hasRecording"] is False


def test_the_recordings_of_an_expired_ticket_go_with_it(world: World) -> None:
    world.recordings.sounds[RECORDING] = b"sound"
    a_call(world)
    announce(world)
    world.store.expire(world.store.kept[1, 1])
    clean_up(world, world.jobs.sent[0])
    assert world.recordings.sounds == {}
    assert world.calls.recording(1, A_CALL) is None
    assert a_call(world)["hasRecording"] is False


def test_a_call_that_another_ticket_has_taken_meanwhile_keeps_its_recording(world: World) -> None:
    world.recordings.sounds[RECORDING] = b"sound"
    a_call(world)
    announce(world)
    world.call("DELETE", PATH).as_expected(204)
    assert a_call(world)["hasRecording"] is True
    clean_up(world, world.jobs.sent[0])
    world.call("GET", "/api/Tickets/2/play").as_expected(302)


def test_a_ticket_that_takes_a_call_while_its_recording_goes_does_not_claim_to_have_it(world: World) -> None:
    announce(world)
    world.recordings.sounds[RECORDING] = b"sound"
    world.store.before_next_write(
        lambda: clean_up(world, CleanUp(customerID=1, ticketID=9, lastMessageID=0, callSid=A_CALL))
    )
    assert a_call(world)["hasRecording"] is False
