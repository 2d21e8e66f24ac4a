"""Child processes: none outlives its holder, and a failure is one line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bundle import leash
from bundle.children import finished, started
from bundle.errors import CannotContinue
from bundle.places import ROOT
from tests.bundle.grace import TO_END, shorten_grace
from tests.local_stack import wait_until

FAMILY = ["sh", "-c", "sleep 600 & echo child $!; wait"]

LEAVING = ["sh", "-c", "trap '' TERM; sleep 600 & trap 'exit 3' TERM; echo child $!; wait"]
"""Ends with 3 when it is told to, but leaves a child that must be killed."""


@pytest.fixture
def short_grace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shorten_grace(TO_END, tmp_path, monkeypatch)


def is_running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):  # it was gone before, or went between opening and reading
        return False


def child_in(log: Path) -> int:
    wait_until(lambda: log.exists() and log.read_text().endswith("\n"))
    return int(log.read_text().split()[1])


def held_elsewhere(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    """Start a process that holds the command, by the same leash as here."""
    program = (
        "import os, sys, time\nfrom pathlib import Path\nfrom bundle import leash\n"
        "from bundle.children import started\n"
        f"leash.__file__ = {leash.__file__!r}\n"
        f"with started({command!r}, os.environ, Path(sys.argv[1])):\n    time.sleep(600)\n"
    )
    return subprocess.Popen([sys.executable, "-c", program, str(log)], cwd=ROOT)


def test_what_a_command_started_ends_with_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with started(FAMILY, os.environ, log):
        child = child_in(log)
        assert is_running(child)
    wait_until(lambda: not is_running(child))


def test_what_a_command_left_behind_is_no_zombie_afterwards(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with started(FAMILY, os.environ, log):
        child = child_in(log)
    assert not Path(f"/proc/{child}").exists()


def test_a_command_leaves_no_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    log = tmp_path / "log"
    finished(["mktemp"], os.environ, log, "The build")
    assert str(tmp_path) in log.read_text()
    assert [*tmp_path.iterdir()] == [log]


def test_what_a_command_started_ends_with_a_holder_that_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with held_elsewhere(FAMILY, log) as holder:
        child = child_in(log)
        assert is_running(child)
        holder.send_signal(signal.SIGKILL)
    wait_until(lambda: not is_running(child))


def test_what_a_command_started_ends_where_the_leash_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with started(FAMILY, os.environ, log) as process:
        child = child_in(log)
        process.kill()
        process.wait()
    wait_until(lambda: not is_running(child))


@pytest.mark.usefixtures("short_grace")
def test_a_command_that_ignores_being_told_to_end_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with started(["sh", "-c", "trap '' TERM; echo child $$; while :; do sleep 1; done"], os.environ, log) as process:
        child = child_in(log)
    assert process.returncode == -signal.SIGKILL
    wait_until(lambda: not is_running(child))


@pytest.mark.usefixtures("short_grace")
def test_a_command_that_ends_has_its_own_status_though_what_it_left_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with started(LEAVING, os.environ, log) as process:
        child = child_in(log)
    assert process.returncode == 3
    wait_until(lambda: not is_running(child))


@pytest.mark.usefixtures("short_grace")
def test_what_a_command_left_is_killed_though_the_holder_was(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with held_elsewhere(LEAVING, log) as holder:
        child = child_in(log)
        holder.send_signal(signal.SIGKILL)
    wait_until(lambda: not is_running(child))


def test_a_failure_says_what_was_said_last_and_where_the_rest_is(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(CannotContinue) as failure:
        finished(["sh", "-c", "echo first; echo the reason >&2; exit 3"], os.environ, log, "The build")
    assert str(failure.value) == f"The build failed: the reason (the rest is in {log})"
    assert log.read_text() == "first\nthe reason\n"


def test_a_success_is_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    finished(["echo", "done"], os.environ, tmp_path / "log", "The build")
    assert capfd.readouterr() == ("", "")
