"""Parameters that do not go together are refused before anything is made: the template's Rules, evaluated."""

import re
from typing import Any

import pytest

from tests.tables import template

SOUND = {"TokenIssuer": "https://id.acme.com/", "TokenJwks": "https://id.acme.com/jwks.json"}
NO_KEYS = "RS256 and ES256 need the key set of the issuer, TokenJwks"


def value(expression: Any, parameters: dict[str, str]) -> Any:
    """Return what a rule's expression comes to, by the functions that Rules take."""
    match expression:
        case {"Ref": name}:
            return parameters[name]
        case {"Fn::Equals": [first, second]}:
            return value(first, parameters) == value(second, parameters)
        case {"Fn::Not": [condition]}:
            return not value(condition, parameters)
        case str():
            return expression
    raise ValueError(f"{expression} is no expression of a rule")


def refusals(**parameters: str) -> list[str]:
    """Return why a deployment with these parameters is refused."""
    defaults = {name: str(declared.get("Default", "")) for name, declared in template()["Parameters"].items()}
    chosen = defaults | SOUND | parameters
    rules = [rule for rule in template()["Rules"].values() if value(rule["RuleCondition"], chosen)]
    asserted = [assertion for rule in rules for assertion in rule["Assertions"]]
    return [each["AssertDescription"] for each in asserted if not value(each["Assert"], chosen)]


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_a_signature_needs_a_key_set(algorithm: str) -> None:
    assert refusals(TokenAlgorithm=algorithm, TokenJwks="") == [NO_KEYS]
    assert refusals(TokenAlgorithm=algorithm) == []


def test_a_shared_secret_needs_no_key_set() -> None:
    assert refusals(TokenAlgorithm="HS256", TokenJwks="") == []


def test_a_domain_needs_a_certificate() -> None:
    domain = {"DomainName": "tickets.acme.com"}
    assert refusals(**domain) == ["A DomainName needs its DomainCertificate"]
    assert refusals(**domain, DomainCertificate="arn:aws:acm:eu-west-1:1:certificate/1") == []


def test_hooks_reach_the_machine_itself_only_locally() -> None:
    assert refusals(HooksMayCallLoopback="on", Stage="dev") == ["HooksMayCallLoopback is for the stage local only"]
    assert refusals(HooksMayCallLoopback="on", Stage="local") == []


PATTERNS: dict[str, tuple[list[str], list[str]]] = {
    "TokenIssuer": (["https://id.acme.com/"], [""]),
    "TokenAudience": (["tickets"], [""]),
    "TokenJwks": (
        ["", "https://id.acme.com/jwks?a=b", "http://localhost:3000/jwks", '{"keys": []}', '\n{"keys":\n []}\n'],
        [
            "id.acme.com/jwks",
            "http://id.acme.com/jwks",
            "http://localhost.acme.com/",
            "file:///etc/passwd",
            '{"keys": [',
        ],
    ),
}


@pytest.mark.parametrize("parameter", PATTERNS)
def test_a_value_that_could_let_nobody_in_or_anybody_is_refused(parameter: str) -> None:
    pattern = template()["Parameters"][parameter]["AllowedPattern"]
    sound, unsound = PATTERNS[parameter]
    assert [value for value in sound if not re.fullmatch(pattern, value)] == []
    assert [value for value in unsound if re.fullmatch(pattern, value)] == []
