"""All benchmarks in a row: what one of them measures outlives the failure of another."""

import sys
from pathlib import Path

import pytest

from bench import __main__ as every
from bench.report import sections_in

GOOD, BAD = ("calendar", "2026", "11"), ("no_such_benchmark",)


@pytest.fixture(autouse=True)
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(every, "_page", lambda: tmp_path / "today.md")
    monkeypatch.setattr(every, "SECTIONS", {"First one": GOOD, "Second one": BAD, "Third one": GOOD})
    monkeypatch.setattr(every, "_drawn", lambda _: True)
    monkeypatch.setattr(every, "end_by_signals", lambda: None)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *names: str) -> object:
    """Return the exit status, or what is said in its place."""
    monkeypatch.setattr(sys, "argv", ["bench", *names])
    with pytest.raises(SystemExit) as end:
        every.main()
    return end.value.code


def sections(results: Path) -> dict[str, str]:
    return sections_in((results / "today.md").read_text())


def test_a_section_that_fails_is_told_and_the_others_are_measured(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch) == "Failed: Second one."
    first, second, third = sections(results).values()
    assert "November 2026" in first
    assert "November 2026" in third
    assert "Not measured" in second


def test_sections_that_are_not_named_are_kept(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "Third") == 0
    assert run(monkeypatch, "First") == 0
    assert [*sections(results)] == ["First one", "Third one"]


def test_what_was_measured_is_kept_when_the_rest_is_broken_off(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measure = every._said

    def measured(command: tuple[str, ...]) -> str | None:
        if command == BAD:
            raise KeyboardInterrupt
        return measure(command)

    monkeypatch.setattr(every, "_said", measured)
    monkeypatch.setattr(sys, "argv", ["bench"])
    with pytest.raises(KeyboardInterrupt):
        every.main()
    assert [*sections(results)] == ["First one"]


def test_charts_that_cannot_be_drawn_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every, "_drawn", lambda _: False)
    assert run(monkeypatch, "First") == "Failed: the charts."


def test_a_section_that_there_is_not_is_refused(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "Fourth") == 2
    assert not [*results.iterdir()]
