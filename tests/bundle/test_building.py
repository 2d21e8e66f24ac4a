"""The built bundle: complete by itself, small, and compiled in a way that unpacking does not undo."""

import importlib.util
import marshal
import subprocess
import sys
from pathlib import Path
from types import CodeType

import pytest

from bundle import building
from bundle.places import BUILD, LIBRARIES
from bundle.trimming import OPERATIONS

LAYERS = (BUILD / "Ticketing" / "python", LIBRARIES)
UNCHECKED_HASH = 1
"""The flags of a compiled file that is never compared with its source."""


@pytest.fixture(scope="module", autouse=True)
def build() -> str:
    with building.built(building.machine_architecture()) as fingerprint:
        return fingerprint


def run_with(folders: tuple[Path, ...], program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that can import from the folders and the standard library alone."""
    program = f"import sys; sys.path[:0] = {[str(folder) for folder in folders]!r}\n{program}"
    return subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)


def test_what_is_built_is_not_built_again(build: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    with building.built(building.machine_architecture()) as again:
        assert again == build
    assert "Building" not in capsys.readouterr().out


def test_every_function_imports_nothing_but_the_bundle() -> None:
    functions = sorted(folder for folder in BUILD.iterdir() if (folder / "app.py").exists())
    assert functions
    for folder in functions:
        imported = run_with((folder, *LAYERS), "import app; assert callable(app.lambda_handler)")
        assert imported.returncode == 0, imported.stderr


def test_botocore_knows_the_services_that_are_used_and_no_others() -> None:
    asked = run_with(LAYERS, "import botocore.session; print(*botocore.session.Session().get_available_services())")
    assert set(asked.stdout.split()) == OPERATIONS.keys(), asked.stderr
    made = run_with(
        LAYERS,
        "import botocore.session\n"
        "session = botocore.session.Session()\n"
        "session.set_credentials('key', 'secret')\n"
        f"for name, operations in {OPERATIONS!r}.items():\n"
        "    client = session.create_client(name, 'eu-west-1')\n"
        "    assert set(client.meta.service_model.operation_names) == set(operations)",
    )
    assert made.returncode == 0, made.stderr


def test_every_module_of_ours_is_compiled_for_where_aws_unpacks_it() -> None:
    for folder in folders() - {LIBRARIES.parent}:
        sources = sorted(folder.rglob("*.py"))
        assert sources
        for source in sources:
            require_compiled(Path(importlib.util.cache_from_source(str(source))), source, folder)


def test_libraries_are_compiled_code_alone() -> None:
    assert not [*LIBRARIES.rglob("*.py"), *LIBRARIES.rglob("__pycache__")]
    compiled = sorted(LIBRARIES.rglob("*.pyc"))
    assert compiled
    for file in compiled:
        require_compiled(file, file.with_suffix(".py"), LIBRARIES.parent)


def folders() -> set[Path]:
    return {folder for folder in BUILD.iterdir() if folder.is_dir()}


def require_compiled(file: Path, source: Path, folder: Path) -> None:
    place = building.LAYER_ROOT if (folder / "python").is_dir() else building.FUNCTION_ROOT
    compiled = file.read_bytes()
    code = marshal.loads(compiled[16:])  # noqa: S302 - compiled here
    assert isinstance(code, CodeType)
    assert int.from_bytes(compiled[4:8], "little") == UNCHECKED_HASH
    assert code.co_filename == f"{place}/{source.relative_to(folder)}"
