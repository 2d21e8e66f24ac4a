"""Checks what a session of tests shows, and what it leaves behind."""

import os
import subprocess
import sys
from pathlib import Path

from bundle.places import ROOT
from tests.conftest import GROUPS, TOGETHER

TESTS = """
import subprocess
def test_that_fails(tmp_path):
    (tmp_path / "kept").touch()
    assert not "the reason"
def test_that_passes(tmp_path):
    (tmp_path / "dropped").touch()
    subprocess.run(["mktemp"], check=True)
"""


def test_every_group_has_its_place_in_the_order() -> None:
    assert sorted(GROUPS) == sorted({*TOGETHER.values()})


def test_a_failure_tells_its_reason_at_once_and_only_it_leaves_something_behind(tmp_path: Path) -> None:
    (tmp_path / "test_both.py").write_text(TESTS)
    left = tmp_path / "left"
    left.mkdir()
    options: list[str | Path] = ["-c", ROOT / "pyproject.toml", "--rootdir", tmp_path, "-p", "no:cacheprovider"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    session = subprocess.run(
        [sys.executable, "-m", "pytest", tmp_path, *options, "-p", "tests.conftest", "--numprocesses", "1"],
        cwd=ROOT,
        env=own | {"TMPDIR": str(left)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = session.stdout
    assert "1 failed, 1 passed" in said
    assert said.index("test_that_fails") < said.index("the reason") < said.index("FAILURES"), said
    files = {path.name for path in left.rglob("*") if path.is_file() and not path.is_symlink()}
    assert files - {".lock"} == {"kept"}
