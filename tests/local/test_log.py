"""The emulator keeps the logs of the last calls only, and its own log tells of failures."""

import pytest

from local.emulation.log import CALLS, forget, tell


def test_the_oldest_calls_are_forgotten() -> None:
    streams = {str(number): "log" for number in range(CALLS + 3)}
    forget(streams)
    assert [*streams] == [str(number) for number in range(3, CALLS + 3)]


def test_few_calls_are_all_kept() -> None:
    streams = {"one": "log", "two": "log"}
    forget(streams)
    assert [*streams] == ["one", "two"]


def test_what_failed_is_told_in_the_emulators_own_log(caplog: pytest.LogCaptureFixture) -> None:
    said = '{"level":"INFO","message":"fine"}\n{"level":"ERROR","message":"record failed"}\nSTART'
    tell("indexer", said)
    assert caplog.messages == ['indexer: {"level":"ERROR","message":"record failed"}']
