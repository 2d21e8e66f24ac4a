"""What template.yaml grants each function: actions on resources, by the resources' logical ids."""

import re
from collections.abc import Iterator
from typing import Any

from tests.tables import resources, template

type Grant = tuple[str, str]
"""An action, and a resource: a logical id, an index as `TicketsTable/byUid`, or a parameter's name."""

_OF_RESOURCE = re.compile(r"\$\{(\w+)\.Arn\}(?:/index/(\w+))?(?:/.*)?")
_OF_PARAMETER = re.compile(r".*:parameter\$\{(\w+)\}(/.+)?")


def functions() -> dict[str, dict[str, Any]]:
    """The properties of every function, by the name of its folder."""
    found = resources("AWS::Serverless::Function").values()
    return {properties["CodeUri"].removeprefix("functions/"): properties for properties in found}


def granted(function: str) -> set[Grant]:
    """Everything that the function's policies allow."""
    return {
        (action, _name(resource))
        for statement in statements(function)
        for action in _list(statement["Action"])
        for resource in _list(statement["Resource"])
    }


def statements(function: str) -> Iterator[dict[str, Any]]:
    """The statements of a function's policies, shared ones included."""
    for policy in functions()[function].get("Policies", []):
        document = policy if "Statement" in policy else template()["Resources"][policy["Ref"]]["Properties"]
        of_condition = document.get("PolicyDocument", document)["Statement"]
        # what a parameter must turn on is off by default
        yield from (each for each in of_condition if "Fn::If" not in each)


def _name(resource: Any) -> str:
    match resource:
        case {"Fn::GetAtt": str(attribute)}:
            return attribute.split(".")[0]
        case {"Fn::Sub": str(text)}:
            return _substituted(text)
    raise ValueError(f"{resource} is granted by nothing that is known here")


def _substituted(text: str) -> str:
    if found := _OF_RESOURCE.fullmatch(text):
        return "/".join(filter(None, found.groups()))
    if found := _OF_PARAMETER.fullmatch(text):
        return f"{found[1]}{found[2] or ''}"
    raise ValueError(f"{text} is granted by nothing that is known here")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
