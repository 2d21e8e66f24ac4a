"""Setting up: where an interpreter is looked for, and what is said when there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bundle.places import ROOT

TOOLS = ("cat", "cksum", "cp", "dirname", "mkdir", "rm")
VERSION = "3.13"
INTERPRETER = os.path.realpath(sys.executable)
LINUX, MAC = "echo Linux x86_64", "echo Darwin arm64"
WITHOUT_PIP = f"""
[ "$1 $2" != "-m pip" ] || exit 1
if [ "$1 $2" = "-m venv" ]; then
    "{INTERPRETER}" "$@" --without-pip || exit 1
    for folder in "$4"/lib/python*/site-packages; do
        mkdir "$folder/pip"
        echo "import sys; sys.exit('missing' in open(sys.argv[-1]).read())" >"$folder/pip/__main__.py"
    done
    exit
fi
exec "{INTERPRETER}" "$@"
"""
"""An interpreter whose environments are made quickly: with a pip that installs nothing, and not what is `missing`."""
UV = f'[ "$1" != venv ] || {INTERPRETER} -m venv --without-pip "$6"'
"""A uv that makes environments, and installs nothing."""
WITHOUT_UV = "Fetching uv …\nThere is no uv: pip takes its place, and longer.\n"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the project's setup on a machine that has no interpreter."""
    (tmp_path / "project" / "layers" / "dependencies").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    for name in TOOLS:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    shutil.copytree(ROOT / "local", tmp_path / "project" / "local", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.txt", "layers/dependencies/requirements.txt"):
        (tmp_path / "project" / name).write_text("")
    for requirements in (tmp_path / "project" / "local").glob("requirements-*.txt"):
        requirements.write_text("")
    wrap(tmp_path / "bin" / "uname", MAC)
    return tmp_path


def set_up(bare: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(bare / "project" / "local" / "setup.sh"), *arguments],
        env={"PATH": str(bare / "bin"), "HOME": str(bare), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def wrap(place: Path, script: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)


def test_no_interpreter_anywhere_is_one_clear_line(bare: Path) -> None:
    wrap(bare / "bin" / "uv", "exit 1")
    refused = set_up(bare)
    assert refused.returncode == 1
    assert refused.stderr == (
        f"error: There is no Python {VERSION} on PATH or in pyenv, and uv could not fetch it:"
        f" install it, or name one with PYTHON=/path/to/python{VERSION}.\n"
    )


def test_a_named_interpreter_that_does_not_fit_is_one_clear_line(bare: Path) -> None:
    wrap(bare / "other", "echo 3.12")
    refused = set_up(bare, PYTHON=str(bare / "other"))
    assert refused.returncode == 1
    assert refused.stderr == f"error: PYTHON={bare}/other is no Python {VERSION}: name one, or leave PYTHON out.\n"


@pytest.mark.parametrize("place", ["named", f"bin/python{VERSION}", "bin/python3", "bin/python", "pyenv", "uv"])
def test_an_interpreter_is_found_wherever_it_is(bare: Path, place: str) -> None:
    wrap(bare / "bin" / f"python{VERSION}", "exit 127")  # as a shim of pyenv does where no such version is chosen
    environment = {}
    if place == "named":
        wrap(bare / "named", WITHOUT_PIP)
        environment = {"PYTHON": str(bare / "named")}
    elif place == "pyenv":
        wrap(bare / ".pyenv" / "versions" / f"{VERSION}.9" / "bin" / "python", WITHOUT_PIP)
    elif place == "uv":
        wrap(bare / "fetched" / "python", WITHOUT_PIP)
        wrap(bare / "bin" / "uv", f'[ "$2" != find ] || echo {bare}/fetched/python\n{UV}')
    else:
        wrap(bare / place, WITHOUT_PIP)
    first, second = set_up(bare, **environment), set_up(bare, PYTHON="nothing is looked for the second time")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.count("Setting up") == 3
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert os.path.realpath(bare / "project" / ".venv" / "bin" / "python") == INTERPRETER


def test_an_environment_is_made_again_when_its_requirements_change(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    set_up(bare)
    (bare / "project" / "local" / "requirements-sam.txt").write_text("# changed\n")
    assert set_up(bare).stdout == f"{WITHOUT_UV}Setting up .local/tools/sam …\n"


def test_what_cannot_be_installed_is_said_and_tried_again(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    (bare / "project" / "local" / "requirements-sam.txt").write_text("missing\n")
    refused, again = set_up(bare), set_up(bare)
    assert refused.returncode == again.returncode == 1
    assert refused.stderr == (
        "error: local/requirements-sam.txt could not be installed: pip says above why;"
        " run the same again when that is put right.\n"
    )
    assert again.stdout == f"{WITHOUT_UV}Setting up .local/tools/sam …\n"


def test_what_tests_need_on_top_is_added_when_tests_run(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    assert "tests" not in set_up(bare).stdout
    first, second = set_up(bare, "checks"), set_up(bare, "checks")
    added = "Adding to .venv what the tests need …\nSetting up .local/tools/checkov …\n"
    assert (first.stdout, second.stdout) == (f"{WITHOUT_UV}{added}", "")
    assert set_up(bare).stdout == ""


def test_uv_installs_where_it_can_be_had(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    wrap(bare / "bin" / "uv", f'echo "$1" >>{bare}/called\n{UV}')
    done = set_up(bare)
    assert (done.returncode, done.stderr) == (0, "")
    assert (bare / "called").read_text().split() == ["venv", "pip"] * 3


def test_what_npm_says_of_a_failure_is_shown(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    wrap(bare / "bin" / "uname", LINUX)
    wrap(bare / "bin" / "npm", "echo npm error the reason >&2; exit 1")
    refused = set_up(bare)
    assert refused.returncode == 1
    assert refused.stderr == (
        "npm error the reason\nerror: local/engine could not be installed: npm says above why;"
        " run the same again when that is put right.\n"
    )


def test_what_npm_brings_is_installed_once_and_the_pages_are_built_anew(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    wrap(bare / "bin" / "uname", LINUX)
    wrap(bare / "bin" / "npm", f"echo added; echo npm >>{bare}/called; mkdir -p web/node_modules")
    wrap(bare / "bin" / "node", f"echo $1 >>{bare}/called")
    first, second = set_up(bare), set_up(bare)
    assert first.stdout.endswith("Setting up .local/tools/engine …\nSetting up web/node_modules …\n")
    assert (second.stdout, (bare / "called").read_text().split()) == ("", ["npm", "npm"] + 2 * ["web/build.mjs"])


def test_a_run_keeps_what_the_checks_of_the_pages_need(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    wrap(bare / "bin" / "npm", f'echo "$*" >>{bare}/called')
    wrap(bare / "bin" / "node", "exit 0")
    (bare / "project" / "web" / "node_modules" / "typescript").mkdir(parents=True)
    lock = bare / "project" / "web" / "package-lock.json"
    lock.write_text("1")
    assert set_up(bare).returncode == 0
    lock.write_text("2")
    assert set_up(bare).returncode == set_up(bare).returncode == 0
    called = (bare / "called").read_text()
    assert (called.count("ci"), called.count("--omit=dev")) == (2, 0)


def test_without_npm_the_emulator_keeps_the_tables(bare: Path) -> None:
    wrap(bare / "bin" / "python3", WITHOUT_PIP)
    wrap(bare / "bin" / "uname", LINUX)
    done = set_up(bare)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("There is no npm: the emulator keeps the tables itself.\n")
