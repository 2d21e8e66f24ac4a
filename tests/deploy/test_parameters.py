"""Parameters reach the stack as they stand in samconfig.toml: read by SAM's own code, in SAM's own interpreter."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bundle.places import SAM
from deploy.deployment import CONFIG
from deploy.stage import Stage, written
from tests.tables import resources, template

STAGES = ("dev", "prod")
READER = """
import json, sys
from pathlib import Path
from samcli.cli.types import CfnParameterOverridesType
from samcli.lib.config.samconfig import SamConfig

for line in sys.stdin:
    given = json.loads(line)
    if isinstance(given, list):
        config, stage = given
        settings = SamConfig(Path(config).parent, Path(config).name).get_all(["deploy"], "parameters", env=stage)
        given = settings["parameter_overrides"]
    print(json.dumps(CfnParameterOverridesType().convert(given, None, None)), flush=True)
"""
"""Reads a value of --parameter-overrides, or the overrides of a stage of a samconfig.toml, as `sam deploy` does."""

type Read = Callable[[Any], dict[str, str]]
printable = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=40)


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Yield SAM's reading of parameters."""
    python = SAM.with_name("python")
    with subprocess.Popen([python, "-c", READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        asked, answers = process.stdin, process.stdout
        assert asked
        assert answers

        def ask(given: Any) -> dict[str, str]:
            print(json.dumps(given), file=asked, flush=True)
            found: dict[str, str] = json.loads(answers.readline())
            return found

        yield ask


KEY_SET = '{"keys": [{"kty": "RSA", "kid": "it\'s \\"one\\"", "n": "a\\/b\\u00e9"}]}'
VALUES = {
    "an inline key set": KEY_SET,
    "nothing": "",
    "words": "two words",
    "quotes around it": '"quoted"',
    "a quote": 'O\'Neil "Jim"',
    "backslashes": "a\\ b\\",
    "an assignment": "A=b C=d",
    "a URL": "https://id.acme.com/?a=1&b=%20",
    "what else SAM would read": "ParameterKey=A,ParameterValue=b",
    "a file": "file://parameters.yaml",
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_arrives_as_it_was_written(read: Read, tmp_path: Path, kind: str) -> None:
    parameters = {"TokenJwks": VALUES[kind], "Stage": "dev"}
    assert read(written(parameters, tmp_path / "parameters.yaml")) == parameters


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parameters=st.dictionaries(st.sampled_from(sorted(template()["Parameters"])), printable, min_size=1))
def test_any_printable_value_arrives_as_it_was_written(read: Read, tmp_path: Path, parameters: dict[str, str]) -> None:
    assert read(written(parameters, tmp_path / "parameters.yaml")) == parameters


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_arrives_whole(read: Read, tmp_path: Path, stage: str) -> None:
    parameters = Stage.read(CONFIG, stage).parameters
    assert read(written(parameters, tmp_path / "parameters.yaml")) == parameters


@pytest.mark.parametrize("stage", STAGES)
def test_sam_itself_reads_the_same_from_its_file(read: Read, stage: str) -> None:
    assert read([str(CONFIG), stage]) == Stage.read(CONFIG, stage).parameters


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_sets_what_the_template_has(stage: str) -> None:
    parameters = Stage.read(CONFIG, stage).parameters
    assert parameters["Stage"] == stage
    assert parameters.keys() <= template()["Parameters"].keys()


def test_a_revision_publishes_every_function() -> None:
    functions = resources("AWS::Serverless::Function")
    assert {each["AutoPublishCodeSha256"]["Ref"] for each in functions.values()} == {"Revision"}
