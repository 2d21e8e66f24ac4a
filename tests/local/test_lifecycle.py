"""A run that is up: what it answers, where it listens, and what a second one is told."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from local.emulator import WORKERS
from tests.local.processes import command_of, listening_addresses, processes_of
from tests.local_stack import READY, Stack, command, free_port

LOOPBACK = {"0100007F", "00000000000000000000000001000000"}


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


def test_a_port_in_use_is_one_clear_line(stack: Stack, tmp_path: Path) -> None:
    port = stack.baseUrl.rsplit(":", 1)[1]
    refused = command("run", folder=tmp_path / "state", PORT=port)
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
