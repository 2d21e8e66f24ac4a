"""Stopping and starting again: what was kept is there again, and whatever ends the run, nothing of it stays behind."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bundle.places import ROOT
from tests.local.processes import command_of, processes_of
from tests.local_stack import Stack, command, started, wait_until


@pytest.fixture
def folder(first_state: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first_state, tmp_path / "state")


def create_ticket(stack: Stack, subject: str) -> int:
    reply = httpx.post(
        f"{stack.baseUrl}/api/Tickets",
        json={"status": "Open", "subject": subject, "channelType": "Email"},
        headers={"Authorization": f"Bearer {stack.token(1, rep=11)}"},
        timeout=60,
    )
    assert reply.status_code == 201, reply.text
    return int(reply.json()["ticketID"])


def subject_of(stack: Stack, ticket: int) -> str:
    authorization = {"Authorization": f"Bearer {stack.token(1, rep=11)}"}
    return str(httpx.get(f"{stack.baseUrl}/api/Tickets/{ticket}", headers=authorization, timeout=60).json()["subject"])


def emulator_of(folder: Path) -> int:
    return next(
        process
        for process in processes_of(folder)
        if "local.emulation" in command_of(process) and "leash.py" not in command_of(process)
    )


def test_a_second_start_deploys_nothing_and_finds_what_was_kept(folder: Path) -> None:
    with started(folder) as first:
        ticket = create_ticket(first, "kept")
        require_stopped_by(first, signal.SIGTERM)
    with started(folder) as second:
        assert subject_of(second, ticket) == "kept"
        assert "Deploying" not in second.said
        require_stopped_by(second, signal.SIGINT)


def require_stopped_by(running: Stack, number: signal.Signals) -> None:
    """Stop a run that has answered; fail where a process of it stays."""
    assert len(processes_of(running.folder)) > 2
    assert running.stop(number) == 0
    wait_until(lambda: not processes_of(running.folder))


def test_a_kill_of_the_emulator_ends_the_run(folder: Path) -> None:
    with started(folder) as running:
        assert running.baseUrl
        os.kill(emulator_of(folder), signal.SIGKILL)
        assert running.process.wait(60) == 1
        assert "error: The emulator ended by itself" in running.said
        wait_until(lambda: not processes_of(folder))


def test_a_start_right_after_a_kill_waits_for_what_is_left_and_a_kill_leaves_nothing(folder: Path) -> None:
    with started(folder) as killed:
        assert killed.baseUrl
        assert killed.stop(signal.SIGKILL) == -signal.SIGKILL
    with started(folder) as running:
        assert httpx.get(f"{running.baseUrl}/api/health", timeout=60).status_code == 200
        assert running.stop(signal.SIGKILL) == -signal.SIGKILL
        wait_until(lambda: not processes_of(folder))


def test_a_kill_during_the_first_setup_leaves_nothing_and_the_next_start_begins_anew(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with started(folder) as killed:
        wait_until(lambda: "Loading" in killed.said)
        killed.stop(signal.SIGKILL)
        wait_until(lambda: not processes_of(folder))
    with started(folder) as running:
        listed = httpx.get(
            f"{running.baseUrl}/api/Tickets?includeFollowUp=true",
            headers={"Authorization": f"Bearer {running.token(2, rep=21)}"},
            timeout=60,
        )
        assert listed.json()["totalCount"] == 16


def test_a_run_ends_with_the_worker_of_tests_that_started_it(folder: Path) -> None:
    script = (
        "import sys, pathlib, signal\n"
        "from tests.local_stack import started\n"
        "with started(pathlib.Path(sys.argv[1])) as running:\n"
        "    print(running.baseUrl, flush=True)\n"
        "    signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, folder], cwd=ROOT, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        try:
            assert worker.stdout.readline()
            assert processes_of(folder)
        finally:
            worker.kill()
    wait_until(lambda: not processes_of(folder))


def test_reset_drops_what_was_kept(folder: Path) -> None:
    assert command("reset", folder=folder).returncode == 0
    assert not folder.exists()
