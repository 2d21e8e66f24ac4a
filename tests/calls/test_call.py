"""Phone calls: live ones, what is said to the telephony provider, and how recordings are named."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import A_CALL, A_MOMENT, a_ticket
from ticketing.calls.call import Recording, dialling, is_live, recordings_of

LIVE = {"channelType": "Phone", "twilio_CallSid": A_CALL}


@pytest.mark.parametrize("channel_type", ["Phone", "phone", "PHONE"])
def test_a_call_without_an_end_is_live(channel_type: str) -> None:
    assert is_live(a_ticket(**LIVE | {"channelType": channel_type}))


@pytest.mark.parametrize(
    "fields",
    [{"channelType": "WhatsApp"}, {"twilio_CallSid": None}, {"endDate": A_MOMENT}, {"status": "Closed"}],
)
def test_any_other_ticket_is_no_live_call(fields: dict[str, object]) -> None:
    assert not is_live(a_ticket(**LIVE | fields))


def test_a_call_is_connected_with_a_number() -> None:
    assert dialling("+3225550113") == "<Response><Dial>+3225550113</Dial></Response>"


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")))
def test_a_number_is_nothing_but_text(number: str) -> None:
    response = ElementTree.fromstring(dialling(number))  # noqa: S314 - our own text
    assert [child.tag for child in response] == ["Dial"]
    assert (response[0].text or "") == number
    assert not list(response[0])


@pytest.mark.parametrize("recording", recordings_of(1, A_CALL))
def test_a_recording_is_known_by_its_name(recording: Recording) -> None:
    assert Recording.named(recording.key) == recording


def test_the_names_of_recordings() -> None:
    assert [recording.key for recording in recordings_of(12, A_CALL)] == [
        f"recordings/12/{A_CALL}.mp3",
        f"recordings/12/{A_CALL}.wav",
    ]
    assert [recording.content_type for recording in recordings_of(12, A_CALL)] == ["audio/mpeg", "audio/wav"]


@pytest.mark.parametrize(
    "key",
    [
        "",
        f"recordings/1/{A_CALL}",
        f"recordings/1/{A_CALL}.ogg",
        f"recordings/1/{A_CALL}.MP3",
        f"recordings/1/{A_CALL}.mp3.exe",
        f"recordings/1/{A_CALL}.mp3\n",
        f"recordings/01/{A_CALL}.mp3",
        f"recordings/0/{A_CALL}.mp3",
        f"recordings/-1/{A_CALL}.mp3",
        f"recordings/\u0661/{A_CALL}.mp3",
        f"recordings/99999999999999999/{A_CALL}.mp3",
        f"recordings/1/2/{A_CALL}.mp3",
        f"/recordings/1/{A_CALL}.mp3",
        f"other/1/{A_CALL}.mp3",
        f"recordings/1/{A_CALL.upper()}.mp3",
        "recordings/1/../2/x.mp3",
    ],
)
def test_no_other_object_is_a_recording(key: str) -> None:
    assert Recording.named(key) is None


@given(st.text())
def test_whatever_is_a_recording_has_that_name(key: str) -> None:
    recording = Recording.named(key)
    assert recording is None or recording.key == key
