"""Grants of template.yaml to each function: actions on resources, by the resources' logical ids."""

import re
from collections.abc import Iterator
from typing import Any

from tests.tables import resources, template

type Grant = tuple[str, str]
"""An action, and a resource: a logical id, what lies in it as `TicketsTable/index/byRep`, its stream as
`TicketsTable.StreamArn`, or a parameter's name."""

_OF_RESOURCE = re.compile(r"\$\{(\w+)\.Arn\}(/.+)?")
_OF_PARAMETER = re.compile(r".*:parameter\$\{(\w+)\}(/.+)?")


def functions() -> dict[str, dict[str, Any]]:
    """Return the properties of every function, by the name of its folder."""
    found = resources("AWS::Serverless::Function").values()
    return {properties["CodeUri"].removeprefix("functions/"): properties for properties in found}


def granted(function: str) -> set[Grant]:
    """Return everything that the function's role allows, but for what a parameter must turn on."""
    return {
        (action, _name(resource))
        for statement in _declared(function)
        if "Fn::If" not in statement
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }


def statements(function: str) -> Iterator[dict[str, Any]]:
    """Yield the statements of a function's role, those included that a parameter must turn on."""
    for declared in _declared(function):
        yield from (each for each in declared.get("Fn::If", [declared]) if "Effect" in each)


def _declared(function: str) -> Iterator[dict[str, Any]]:
    """Yield the statements as they stand in the function's role and in the shared policies that it names."""
    declared, role = template()["Resources"], role_of(function)
    shared = [declared[policy["Ref"]]["Properties"] for policy in role.get("ManagedPolicyArns", [])]
    for policy in [*role.get("Policies", []), *shared]:
        yield from policy["PolicyDocument"]["Statement"]


def role_of(function: str) -> dict[str, Any]:
    """Return the properties of a function's role."""
    name = functions()[function]["Role"]["Fn::GetAtt"].removesuffix(".Arn")
    properties: dict[str, Any] = resources("AWS::IAM::Role")[name]
    return properties


def _name(resource: Any) -> str:
    match resource:
        case {"Fn::GetAtt": str(attribute)}:
            return attribute.removesuffix(".Arn")
        case {"Fn::Sub": str(text)}:
            return _substituted(text)
    raise ValueError(f"{resource} is granted by nothing that is known here")


def _substituted(text: str) -> str:
    if found := _OF_RESOURCE.fullmatch(text):
        return f"{found[1]}{found[2] or ''}"
    if found := _OF_PARAMETER.fullmatch(text):
        return f"{found[1]}{found[2] or ''}"
    raise ValueError(f"{text} is granted by nothing that is known here")


def listed(value: Any) -> list[Any]:
    """Return what may stand alone or in a list, as a list."""
    return value if isinstance(value, list) else [value]
