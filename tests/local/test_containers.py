"""`make sam-local` says in one line what it misses; tests/e2e/test_sam_local.py has what it does with Docker."""

import os
from pathlib import Path

import pytest

from local.containers.docker import address_of_this_machine
from local.errors import CannotContinue
from tests.local_stack import command, free_port


def docker(folder: Path, script: str) -> str:
    """A PATH on which `docker` is this script, which finds its arguments in $*."""
    program = folder / "docker"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def refusal(folder: Path, path: str) -> str:
    """What `sam-local` prints when it cannot start."""
    refused = command("sam-local", folder=folder / "state", PATH=path, PORT=str(free_port()))
    assert refused.returncode == 1
    return refused.stderr


def test_without_docker_it_says_so(tmp_path: Path) -> None:
    said = refusal(tmp_path, str(tmp_path))
    assert said == "error: There is no Docker: `make sam-local` needs it, `make run` does not.\n"


def test_an_engine_that_does_not_run_is_named(tmp_path: Path) -> None:
    said = refusal(tmp_path, docker(tmp_path, "echo Is the daemon running? >&2; exit 1"))
    assert said == "error: Docker does not answer: Is the daemon running?\n"


def test_an_image_that_cannot_be_fetched_has_a_stand_in(tmp_path: Path) -> None:
    said = refusal(tmp_path, docker(tmp_path, '[ "$1" = version ]'))
    assert said == "error: Lambda's image cannot be fetched: `make lambda-image` makes a stand-in for it.\n"


def test_containers_on_another_machine_could_not_reach_the_emulator(tmp_path: Path) -> None:
    said = refusal(tmp_path, docker(tmp_path, """[ "$1" != network ] || echo '[{"Gateway": "192.0.2.1"}]'"""))
    assert said == "error: Docker runs its containers on another machine: `make sam-local` needs Docker on Linux.\n"


def test_a_network_without_a_gateway_has_it_at_its_first_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", docker(tmp_path, """echo '[{"Subnet": "127.0.0.0/8"}]'"""))
    assert address_of_this_machine() == "127.0.0.1"


def test_docker_may_have_no_bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", docker(tmp_path, "echo No such network >&2; exit 1"))
    with pytest.raises(CannotContinue, match="No such network"):
        address_of_this_machine()
