"""Clients that are generated from the description: each compiles under strict rules, and works on the running API."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from description.files import ROOT
from tests.local_stack import PATIENCE, Stack

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
DESCRIPTION = ROOT / "docs" / "openapi.json"
REFUSED = ["InvalidRequest", "/subject", "/channelType"]


def run(folder: Path, *command: str | Path) -> str:
    """Runs a command in a folder to its success; gives what it printed."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def token_of(stack: Stack) -> str:
    return stack.token(1, rep=11)


def test_a_client_in_typescript(stack: Stack, tmp_path: Path) -> None:
    assert MODULES.is_dir(), "run `npm ci --ignore-scripts --prefix tests/clients`"
    for name in ("package.json", "program.ts", "tsconfig.json"):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(MODULES)
    run(tmp_path, MODULES / ".bin/openapi-typescript", DESCRIPTION, "--output", "schema.d.ts")
    run(tmp_path, MODULES / ".bin/tsc")
    seen = json.loads(run(tmp_path, "node", "program.js", stack.baseUrl, token_of(stack)))
    assert seen == ["Made in TypeScript", 3, REFUSED]


def test_a_client_in_python(stack: Stack, tmp_path: Path) -> None:
    shutil.copy(FOLDER / "program.py", tmp_path)
    generate = (Path(sys.executable).with_name("openapi-python-client"), "generate", "--fail-on-warning")
    options = ("--meta", "none", "--config", FOLDER / "openapi-python-client.yaml")
    run(tmp_path, *generate, *options, "--path", DESCRIPTION, "--output-path", "tickets_api_client")
    run(tmp_path, sys.executable, "-m", "mypy", "--strict", "program.py")
    seen = json.loads(run(tmp_path, sys.executable, "program.py", stack.baseUrl, token_of(stack)))
    assert seen == ["Made in Python", 3, REFUSED]
