"""The AWS emulator: one process on loopback, started with a state folder and stopped with what it started."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from bundle.children import started
from bundle.errors import CannotContinue
from local import aws
from local.places import EMULATOR_PYTHON, ENGINE, State
from local.server import HOST, Server

WORKERS = max(4, 2 * (os.cpu_count() or 1))
"""Processes per function; further calls wait for one of them."""
SETTINGS = {
    "BIND_HOST": HOST,
    "IOT_MTLS_ENABLED": "0",
    "SFTP_ENABLED": "0",
    "AUTH": "true",
    "PERSIST_STATE": "1",
    "S3_PERSIST": "1",
    "LAMBDA_WARM_TTL_SECONDS": "86400",
    "LAMBDA_ACCOUNT_CONCURRENCY": "1000",  # as on AWS; the emulator's own is lower on a small machine
}
"""The emulator's settings that are the same in every run."""


@contextmanager
def running(state: State, port: int, lock: int, address: str | None = None) -> Iterator[Server]:
    """Run the emulator on `state`, and listen at `address` too if one is given; `lock` stays held until it is gone,
    however this process ends.

    Raises CannotContinue where it was killed or failed after the block: it has not written down everything then.
    """
    shutil.rmtree(state.scratch, ignore_errors=True)  # what its workers unpacked in an earlier run
    folders = {
        "TMPDIR": state.scratch,
        "STATE_DIR": state.emulated / "services",
        "S3_DATA_DIR": state.emulated / "objects",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    settings = SETTINGS | {name: str(folder) for name, folder in folders.items()}
    settings |= {"GATEWAY_PORT": str(port), "AWS_ENDPOINT_URL": aws.endpoint(port)}
    command = [str(EMULATOR_PYTHON), "-m", "local.emulation", "--at-once", str(WORKERS), "--kept", str(state.emulated)]
    command += ["--engine", str(ENGINE)] if ENGINE.exists() else []
    command += ["--address", address] if address else []
    with started(command, os.environ | settings, state.log("emulator"), held=[lock]) as process:
        import boto3  # noqa: F401 - takes as long as the emulator's start, and may as well meanwhile

        emulator = Server("The emulator", process, port, state.log("emulator"))
        emulator.wait_for("/_ministack/ready")
        yield emulator
    if process.returncode != 0:
        raise CannotContinue("The emulator did not end cleanly, and its state may be incomplete: start again.")
