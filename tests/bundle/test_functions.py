"""The built functions: each answers its first requests with the layers and nothing else, and all of it is small."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bundle import building
from bundle.places import BUILD, LIBRARIES
from tests.first_requests import REQUESTS, deployment
from tests.test_loading import is_answered

LAYERS = (BUILD / "Ticketing" / "python", LIBRARIES)
UNPACKED, PACKED = 30_000_000, 10_000_000
"""Bytes that a function may have with its layers."""
START = """
import app, json, sys
class Context:
    aws_request_id = "request"
    def get_remaining_time_in_millis(self):
        return 60_000
print(json.dumps([app.lambda_handler(event, Context()) for event in json.load(sys.stdin)]))
"""
FUNCTIONS = sorted({request.function for request in REQUESTS})


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with building.built(building.machine_architecture()), deployment() as environment:
        yield environment


def folder_of(function: str) -> Path:
    return BUILD / f"{function.title()}Function"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_needs_nothing_but_its_layers(environment: dict[str, str], function: str) -> None:
    events = [request.event() for request in REQUESTS if request.function == function]
    path = [str(folder) for folder in (folder_of(function), *LAYERS)]
    program = f"import sys; sys.path[:0] = {path!r}\n{START}"
    started = [sys.executable, "-I", "-S", "-c", program]
    ran = subprocess.run(
        started, input=json.dumps(events), env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    answers = json.loads(ran.stdout.splitlines()[-1])
    assert all(map(is_answered, answers)), answers


@pytest.mark.usefixtures("environment")
def test_a_function_with_its_layers_is_small() -> None:
    layers = [sizes(layer.parent) for layer in LAYERS]
    for function in FUNCTIONS:
        unpacked, packed = map(sum, zip(*layers, sizes(folder_of(function)), strict=True))
        assert (unpacked <= UNPACKED, packed <= PACKED) == (True, True), (function, unpacked, packed)


def sizes(folder: Path) -> tuple[int, int]:
    """Return the bytes of a folder, and those of an archive of it, as it is uploaded."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packing:
        for file in files:
            packing.write(file, file.relative_to(folder))
    return sum(file.stat().st_size for file in files), len(archive.getvalue())
