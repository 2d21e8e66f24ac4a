"""Starting and stopping: what was kept is there again, and whatever ends the run, nothing of it stays behind."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from local.emulator import WORKERS
from tests.local.processes import command_of, listening_addresses, processes_of
from tests.local_stack import READY, Stack, command, free_port, started, wait_until

LOOPBACK = {"0100007F", "00000000000000000000000001000000"}


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
        if "local.emulation" in command_of(process) and "leash" not in command_of(process)
    )


def test_requests_are_answered_once_it_says_that_it_is_ready(stack: Stack) -> None:
    assert len(READY.findall(stack.said)) == 1
    reply = httpx.get(f"{stack.baseUrl}/api/health", timeout=60)
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


def test_a_path_that_nothing_serves_is_answered_by_the_bundle(stack: Stack) -> None:
    reply = httpx.get(f"{stack.baseUrl}/api/nothing", timeout=60)
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_preflight_is_answered_by_the_gateway(stack: Stack) -> None:
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "PATCH"}
    reply = httpx.options(f"{stack.baseUrl}/api/Tickets/1", headers=asked, timeout=60)
    assert reply.status_code == 204
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "PATCH" in reply.headers["Access-Control-Allow-Methods"]


def test_nothing_listens_beyond_loopback(stack: Stack) -> None:
    httpx.get(f"{stack.baseUrl}/api/health", timeout=60)
    addresses = listening_addresses(processes_of(stack.folder))
    assert addresses
    assert addresses <= LOOPBACK


def test_a_second_start_deploys_nothing_and_finds_what_was_kept(folder: Path) -> None:
    with started(folder) as first:
        ticket = create_ticket(first, "kept")
        assert first.stop() == 0
    with started(folder) as second:
        assert subject_of(second, ticket) == "kept"
        assert "Deploying" not in second.said


def test_a_kill_of_the_emulator_ends_the_run(folder: Path) -> None:
    with started(folder) as running:
        assert running.baseUrl
        os.kill(emulator_of(folder), signal.SIGKILL)
        assert running.process.wait(60) == 1
        assert "error: The emulator ended by itself" in running.said
        wait_until(lambda: not processes_of(folder))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_every_process(folder: Path, number: signal.Signals) -> None:
    with started(folder) as running:
        httpx.get(f"{running.baseUrl}/api/health", timeout=60)
        assert len(processes_of(folder)) > 2
        assert running.stop(number) == 0
        wait_until(lambda: not processes_of(folder))


def test_a_kill_of_the_run_stops_every_process(folder: Path) -> None:
    with started(folder) as killed:
        assert killed.baseUrl
        assert killed.stop(signal.SIGKILL) == -signal.SIGKILL
        wait_until(lambda: not processes_of(folder))


def test_a_start_right_after_a_kill_waits_for_what_is_left(folder: Path) -> None:
    with started(folder) as killed:
        assert killed.baseUrl
        killed.stop(signal.SIGKILL)
    with started(folder) as running:
        assert httpx.get(f"{running.baseUrl}/api/health", timeout=60).status_code == 200


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


def test_it_ends_with_its_parent_where_that_is_asked_for(folder: Path) -> None:
    script = '"$@" & wait'
    with started(folder, None, ("sh", "-c", script, "sh"), "--until-parent-ends") as running:
        assert running.baseUrl
        running.stop(signal.SIGKILL)
        wait_until(lambda: not processes_of(folder))


def test_a_port_in_use_is_one_clear_line(stack: Stack, folder: Path) -> None:
    port = stack.baseUrl.rsplit(":", 1)[1]
    refused = command("run", folder=folder, PORT=port)
    assert refused.returncode == 1
    assert refused.stderr == f"error: Port {port} is in use: stop what listens there, or choose another with PORT=…\n"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "٣"])
def test_a_port_that_is_none_is_one_clear_line(tmp_path: Path, port: str) -> None:
    refused = command("run", folder=tmp_path, PORT=port)
    assert refused.returncode == 1
    assert refused.stderr == f"error: PORT must be a number from 1 to 65532, not {port!r}.\n"


def test_a_state_folder_serves_one_run_at_a_time(stack: Stack) -> None:
    refused = command("run", folder=stack.folder, PORT=str(free_port()))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"error: Process {stack.process.pid} runs on {stack.folder}: stop it, or set LOCAL_STATE=…\n"
    )
    assert command("reset", folder=stack.folder).returncode == 1
    assert stack.folder.exists()


def test_reset_drops_what_was_kept(folder: Path) -> None:
    assert command("reset", folder=folder).returncode == 0
    assert not folder.exists()


def test_many_calls_at_once_share_a_few_workers(stack: Stack) -> None:
    token = stack.token(1, rep=11)
    script = (
        "import asyncio, httpx, sys\n"
        "async def main():\n"
        "    async with httpx.AsyncClient(timeout=120) as client:\n"
        "        calls = [client.get(sys.argv[1], headers={'Authorization': sys.argv[2]}) for _ in range(40)]\n"
        "        print({reply.status_code for reply in await asyncio.gather(*calls)})\n"
        "asyncio.run(main())\n"
    )
    called = subprocess.run(
        [sys.executable, "-c", script, f"{stack.baseUrl}/api/Tickets/1", f"Bearer {token}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert called.stdout == "{200}\n"
    workers = [process for process in processes_of(stack.folder) if "-tickets-local-tickets-" in command_of(process)]
    assert 0 < len(workers) <= WORKERS
