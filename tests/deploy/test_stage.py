"""A stage of samconfig.toml is read, and refused in one line where it cannot be deployed."""

from pathlib import Path

import pytest

from bundle.errors import CannotContinue
from bundle.places import TEMPLATE
from deploy.deployment import CONFIG
from deploy.stage import Stage, declared_parameters
from tests.directory.signing import Signer, ec_key, key_set, rsa_key
from tests.tables import template

SOUND = """
[qa.deploy.parameters]
stack_name = "helpdesk-qa"
region = "eu-west-1"
profile = "acme"
[qa.deploy.parameters.parameter_overrides]
Stage = "qa"
WebchatConcurrency = 5
AlarmTopic = ""
"""


def read(tmp_path: Path, text: str, name: str = "qa") -> Stage:
    file = tmp_path / "samconfig.toml"
    file.write_text(text)
    return Stage.read(file, name)


def test_a_stage_of_any_name_is_read(tmp_path: Path) -> None:
    stage = read(tmp_path, SOUND)
    assert stage.stack == "helpdesk-qa"
    assert stage.parameters == {"Stage": "qa", "WebchatConcurrency": "5", "AlarmTopic": ""}
    assert stage.environment == {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_PROFILE": "acme"}


def test_without_a_region_and_a_profile_those_of_the_shell_hold() -> None:
    assert Stage.read(CONFIG, "dev").environment == {}


UNSOUND = {
    "no such stage": (
        "[dev.deploy.parameters]\nstack_name = 'a'",
        "no [qa.deploy.parameters]; the stages that it has: dev",
    ),
    "no stack": ("[qa.deploy.parameters]\nregion = 'eu-west-1'", "has no stack_name"),
    "a list": (
        "[qa.deploy.parameters]\nstack_name = 'a'\nparameter_overrides = ['Stage=qa']",
        "must be a table of texts and whole numbers",
    ),
    "a truth value": (
        "[qa.deploy.parameters]\nstack_name = 'a'\nparameter_overrides = {SnapStart = true}",
        "must be a table of texts and whole numbers",
    ),
    "no TOML": ("[qa", "is no TOML"),
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_what_cannot_be_deployed_is_one_line(tmp_path: Path, kind: str) -> None:
    text, reason = UNSOUND[kind]
    with pytest.raises(CannotContinue) as refused:
        read(tmp_path, text)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def with_value(value: str) -> Stage:
    return Stage("qa", "helpdesk-qa", {"TokenIssuer": value}, {})


@pytest.mark.parametrize(
    "value",
    [
        "https://identity.example/",
        "https://identity.example/.well-known/jwks.json",
        "https://example.com/jwks",
        "tickets.example.org",
    ],
)
def test_a_placeholder_is_not_deployed(value: str) -> None:
    with pytest.raises(CannotContinue, match="TokenIssuer of qa is still"):
        with_value(value).require_filled_in()


@pytest.mark.parametrize(
    "value",
    [
        "https://id.acme.com/example",
        "https://example.acme.com/",
        "https://id.my-example.io/",
        "arn:aws:sns:::example",
        "",
    ],
)
def test_a_value_that_only_looks_like_a_placeholder_is_deployed(value: str) -> None:
    with_value(value).require_filled_in()


def test_a_parameter_that_the_template_has_not_is_named() -> None:
    stage = Stage("qa", "helpdesk-qa", {"TokenIsuer": "https://id.acme.com/", "SnapStart": "on"}, {})
    with pytest.raises(CannotContinue, match=r"^qa sets what the template has not: TokenIsuer\.$"):
        stage.require_sound(declared_parameters(TEMPLATE))


def test_the_declared_parameters_are_those_of_the_template() -> None:
    assert declared_parameters(TEMPLATE) == template()["Parameters"].keys()


KEYS = {
    algorithm: key_set(Signer(algorithm, key).jwk()) for algorithm, key in (("RS256", rsa_key()), ("ES256", ec_key()))
}


@pytest.mark.parametrize(
    ("algorithm", "jwks"),
    [
        ("RS256", "{}"),
        ("RS256", '{"keys": ['),
        ("RS256", '{"keys": []}'),
        ("RS256", KEYS["ES256"]),
        ("ES256", KEYS["RS256"]),
    ],
)
def test_a_key_set_without_a_key_that_is_of_use_is_not_deployed(algorithm: str, jwks: str) -> None:
    stage = Stage("qa", "helpdesk-qa", {"TokenAlgorithm": algorithm, "TokenJwks": jwks}, {})
    with pytest.raises(CannotContinue, match="TokenJwks of qa holds no key"):
        stage.require_sound(declared_parameters(TEMPLATE))


@pytest.mark.parametrize(
    "parameters",
    [
        {"TokenJwks": KEYS["RS256"]},
        {"TokenJwks": KEYS["ES256"], "TokenAlgorithm": "ES256"},
        {"TokenJwks": "https://id.acme.com/jwks"},
        {"TokenAlgorithm": "HS256"},
    ],
    ids=["RS256", "ES256", "a URL", "HS256"],
)
def test_a_sound_stage_is_deployed(parameters: dict[str, str]) -> None:
    Stage("qa", "helpdesk-qa", parameters, {}).require_sound(declared_parameters(TEMPLATE))


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_the_stages_as_they_come_are_to_be_filled_in(stage: str) -> None:
    with pytest.raises(CannotContinue):
        Stage.read(CONFIG, stage).require_filled_in()
