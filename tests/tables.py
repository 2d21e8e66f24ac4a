"""The tables as template.yaml declares them, so that tests cannot drift from what is deployed."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ROOT = Path(__file__).parent.parent
_CREATION = (
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "BillingMode",
    "StreamSpecification",
)


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags: `!Ref X` reads as {"Ref": "X"}."""


def _intrinsic(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix == "Ref" else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    if isinstance(node, yaml.MappingNode):
        return {name: loader.construct_mapping(node, deep=True)}
    raise yaml.constructor.ConstructorError(None, None, f"!{suffix} has no value", node.start_mark)


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def template() -> dict[str, Any]:
    """template.yaml as plain values."""
    loaded: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), Loader=_Loader)  # noqa: S506
    return loaded


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of every resource of a kind, by logical id."""
    return {
        name: resource.get("Properties", {})
        for name, resource in template()["Resources"].items()
        if resource["Type"] == kind
    }


def create_tables(client: "DynamoDBClient", prefix: str = "", suffix: str = "") -> dict[str, str]:
    """Creates every table of the template; gives their names by role, such as `tickets`."""
    names = {}
    for logical_id, properties in resources("AWS::DynamoDB::Table").items():
        name = f"{prefix}{logical_id}{suffix}"
        parameters = {key: properties[key] for key in _CREATION if key in properties}
        if "StreamSpecification" in parameters:
            parameters["StreamSpecification"] = {"StreamEnabled": True, **parameters["StreamSpecification"]}
        client.create_table(TableName=name, **parameters)
        names[logical_id.removesuffix("Table").lower()] = name
    return names
