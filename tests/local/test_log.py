"""The emulator's log keeps the last calls only."""

from local.emulation.log import CALLS, forget


def test_the_oldest_calls_are_forgotten() -> None:
    streams = {str(number): "log" for number in range(CALLS + 3)}
    forget(streams)
    assert [*streams] == [str(number) for number in range(3, CALLS + 3)]


def test_few_calls_are_all_kept() -> None:
    streams = {"one": "log", "two": "log"}
    forget(streams)
    assert [*streams] == ["one", "two"]
