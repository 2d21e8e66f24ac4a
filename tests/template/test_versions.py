"""Each version is written once: the project's, Python's, and those of packages, which a bot keeps current."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from description.document import document
from tests.tables import ROOT, template

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def folders_with(pattern: str) -> set[str]:
    """Return the folders that hold files of the repository with such names, as the bot's configuration names them."""
    listed = subprocess.run(["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {f"/{Path(name).parent}".removesuffix(".") for name in listed.splitlines()}


def test_the_description_tells_the_projects_version() -> None:
    assert document()["info"]["version"] == PROJECT["version"]


def test_the_changelogs_newest_version_is_the_projects() -> None:
    versions = re.findall(r"^## (\S+) \(\d{4}-\d\d-\d\d\)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == PROJECT["version"]


def test_python_is_that_of_the_functions() -> None:
    version = (ROOT / ".python-version").read_text().strip()
    assert template()["Globals"]["Function"]["Runtime"] == f"python{version}"
    assert PROJECT["requires-python"].startswith(f">={version},")


@pytest.mark.parametrize(
    ("ecosystem", "pattern"), [("pip", "*requirements*.txt"), ("npm", "*package-lock.json")], ids=str
)
def test_every_folder_of_pins_is_kept_current(ecosystem: str, pattern: str) -> None:
    updates: list[dict[str, Any]] = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    (watched,) = (update["directories"] for update in updates if update["package-ecosystem"] == ecosystem)
    assert set(watched) == folders_with(pattern)
