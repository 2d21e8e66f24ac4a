"""What is said of how far something has come."""

import pytest

from deploy import progress


def test_a_terminal_shows_a_bar_that_fills(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert list(progress.shown("ab", "letters")) == ["a", "b"]
    half, full = progress.WIDTH // 2 * "#", progress.WIDTH * "#"
    assert [line.split(" [")[1] for line in capsys.readouterr().err.split("\r")[1:]] == [
        f"{progress.WIDTH * '.'}] 0/2",
        f"{half:.<{progress.WIDTH}}] 1/2",
        f"{full}] 2/2\n",
    ]


def test_elsewhere_a_line_comes_every_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 0.0, progress.PAUSE, progress.PAUSE, progress.PAUSE + 1])
    monkeypatch.setattr("deploy.progress.time.monotonic", lambda: next(clock))
    assert list(progress.shown("abc", "letters")) == ["a", "b", "c"]
    assert capsys.readouterr().err == "letters: 1 of 3\n"


def test_of_nothing_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.shown("", "letters")) == []
    assert capsys.readouterr().err == ""
