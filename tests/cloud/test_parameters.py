"""What a deployment is told: the parameters of samconfig.toml, and a revision that changes with what is deployed."""

import pytest

from cloud.__main__ import _parameters
from tests.tables import resources, template


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_the_parameters_of_an_environment_are_passed_on_with_a_revision(environment: str) -> None:
    *named, revision = _parameters(environment, "build")
    assert f"Stage={environment}" in named
    assert revision.startswith("Revision=")
    assert {parameter.partition("=")[0] for parameter in (*named, revision)} <= template()["Parameters"].keys()


def test_another_build_is_another_revision() -> None:
    assert _parameters("dev", "one")[-1] == _parameters("dev", "one")[-1] != _parameters("dev", "two")[-1]


def test_a_revision_publishes_every_function() -> None:
    functions = resources("AWS::Serverless::Function")
    assert {each["AutoPublishCodeSha256"]["Ref"] for each in functions.values()} == {"Revision"}
