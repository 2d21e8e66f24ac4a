"""Each recipe of docs/changing.md does what it says, by edits of the files that the page names and of no others.

A recipe is performed on a copy of the project; another Python then checks that the made-up thing is there.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType

import pytest

from tests.recipes import equality_filter, field, refusal, route, sort
from tests.recipes.edit import PACKAGE, Edit
from tests.tables import ROOT
from ticketing.errors import InvalidRequest

RECIPES = pytest.mark.parametrize(
    "recipe", [field, equality_filter, sort, refusal, route], ids=lambda recipe: recipe.__name__.rpartition(".")[2]
)


@RECIPES
def test_a_recipe_edits_the_files_that_the_page_names_and_counts(recipe: ModuleType) -> None:
    count, named, described = row_of(recipe.WISH)
    edited = {edit.file for edit in recipe.EDITS}
    assert len(named) == count
    assert len(edited) == len(named + described)
    assert all(any(fnmatch(file, pattern) for pattern in named + described) for file in edited)


@RECIPES
def test_a_recipe_does_what_it_says(recipe: ModuleType, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, KeyError, InvalidRequest)):
        recipe.check()
    done = checked(recipe, recipe.EDITS, tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_route_without_its_event_is_noticed(tmp_path: Path) -> None:
    done = checked(route, set(route.EDITS) - {route.EVENT}, tmp_path)
    assert "test_the_gateway_has_the_routes_of_the_code_and_no_others" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("AssertionError")


def row_of(wish: str) -> tuple[int, list[str], list[str]]:
    """Return the page's number of files for a wish, those to edit, and those that describe it."""
    page = (ROOT / "docs/changing.md").read_text()
    ((count, named, described),) = re.findall(rf"^\| {re.escape(wish)} \| (\d) \|(.*?)\|(.*?)\|$", page, re.MULTILINE)
    return int(count), patterns_in(named), patterns_in(described)


def patterns_in(cell: str) -> list[str]:
    """Return the files in a cell as patterns: `<group>` stands for any folder."""
    patterns = [re.sub("<.*?>", "*", path) for path in re.findall(r"`([\w/<>]+\.(?:py|yaml))`", cell)]
    return [path if any(ROOT.glob(path)) else f"{PACKAGE}/{path}" for path in patterns]


def checked(recipe: ModuleType, edits: Iterable[Edit], folder: Path) -> subprocess.CompletedProcess[str]:
    """Make edits in a copy of the project, and check the recipe there by a Python that imports the copy alone."""
    left_out = shutil.ignore_patterns(".*", "node_modules")
    project = Path(shutil.copytree(ROOT, folder / "project", ignore=left_out))
    for edit in edits:
        edit.make(project)
    program = f"from {recipe.__name__} import check; check()"
    paths = {"PYTHONPATH": f"{project}:{project / 'layers/ticketing'}"}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=project, env=paths, capture_output=True, text=True, check=False)
