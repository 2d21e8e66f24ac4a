"""`make sam-local` says in one line what it misses; tests/e2e/test_sam_local.py has what it does with Docker."""

import os
from pathlib import Path

import pytest

from bundle.errors import CannotContinue
from local.containers import address_of_this_machine, fetched
from tests.local_stack import command, free_port

HERE = """echo '[{"Subnet": "127.0.0.0/8"}]'"""
"""A description of a bridge on this machine."""


def docker(folder: Path, script: str) -> str:
    """Return a PATH on which `docker` is this script, which finds its arguments in $*."""
    program = folder / "docker"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def refusal(folder: Path, path: str) -> str:
    """Return the message of a `sam-local` that cannot start."""
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
    said = refusal(tmp_path, docker(tmp_path, f'case "$1" in version) ;; network) {HERE} ;; *) exit 1; esac'))
    assert said == "error: Lambda's image cannot be fetched: `make lambda-image` makes a stand-in for it.\n"


def test_containers_on_another_machine_could_not_reach_the_emulator(tmp_path: Path) -> None:
    said = refusal(tmp_path, docker(tmp_path, """[ "$1" != network ] || echo '[{"Gateway": "192.0.2.1"}]'"""))
    assert said.startswith("error: Docker's containers cannot reach this machine at an address of its own")


def test_an_image_that_is_a_stand_in_is_told_from_lambdas_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", docker(tmp_path, "echo yes"))
    assert fetched("arm64")
    assert "stand-in" in capsys.readouterr().out
    monkeypatch.setenv("PATH", docker(tmp_path, "echo"))
    assert fetched("arm64")
    assert capsys.readouterr().out == ""


def test_the_emulator_needs_a_port_too(tmp_path: Path) -> None:
    refused = command("sam-local", folder=tmp_path, PORT="65533")
    assert refused.stderr == "error: PORT must be a number from 1 to 65532, not '65533'.\n"


def test_a_network_without_a_gateway_has_it_at_its_first_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", docker(tmp_path, HERE))
    assert address_of_this_machine() == "127.0.0.1"


def test_docker_may_have_no_bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", docker(tmp_path, "echo No such network >&2; exit 1"))
    with pytest.raises(CannotContinue, match="No such network"):
        address_of_this_machine()
