"""The emulator keeps the logs of the last calls only, and copies what tells of failures into its own."""

import pytest

from local.emulation.log import CALLS, copy_failures, forget


def test_the_oldest_calls_are_forgotten() -> None:
    streams = {str(number): "log" for number in range(CALLS + 3)}
    forget(streams)
    assert [*streams] == [str(number) for number in range(3, CALLS + 3)]


def test_few_calls_are_all_kept() -> None:
    streams = {"one": "log", "two": "log"}
    forget(streams)
    assert [*streams] == ["one", "two"]


def test_lines_of_failures_are_copied(caplog: pytest.LogCaptureFixture) -> None:
    said = '{"level":"INFO","message":"fine"}\n{"level":"ERROR","message":"record failed"}\nSTART'
    copy_failures("indexer", said, is_error=False)
    assert caplog.messages == ['indexer: {"level":"ERROR","message":"record failed"}']


def test_all_is_copied_of_a_call_that_ended_in_an_error(caplog: pytest.LogCaptureFixture) -> None:
    copy_failures("indexer", "Traceback\nImportError: no module", is_error=True)
    assert caplog.messages == ["indexer ended in an error: Traceback\nImportError: no module"]
