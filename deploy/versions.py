"""Old versions of functions, removed: with SnapStart each one is billed for as long as it is kept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from deploy import stack

ALIAS = "live"
"""The alias that template.yaml has each deployment move."""
KEPT = 2
"""Versions of a function that stay: the one that answers and the one before, to go back to."""


def answering(client: Any, functions: Iterable[str]) -> dict[str, str]:
    """Return the versions that answer, by function; a function that was never published has none."""
    found = {function: _live(client, function) for function in functions}
    return {function: version for function, version in found.items() if version}


def prune_stack(client: Callable[[str], Any], name: str, former: Mapping[str, str]) -> None:
    """Remove the old versions of every function of a stack, and print how many; raises CannotContinue.

    `former` are the versions that answered before the last deployment, by function.
    """
    functions = client("lambda")
    for function in stack.functions(client("cloudformation"), name):
        removed = prune(functions, function, former.get(function))
        print(f"{function}: {len(removed)} old versions removed")


def prune(client: Any, function: str, former: str | None = None) -> list[str]:
    """Remove a function's old versions, never one that an alias names; return those removed, oldest first.

    `former` is the version that answered before the newest was published. It stays instead of the second newest, which
    then is one that a rollback has left behind.
    """
    numbers = [version["Version"] for version in published(client, function)]
    kept = {former, numbers[-1]} if former in numbers[:-1] else set(numbers[-KEPT:])
    old = [version for version in numbers if version not in kept | _named_by_aliases(client, function)]
    for version in old:
        client.delete_function(FunctionName=function, Qualifier=version)
    return old


def published(client: Any, function: str) -> list[dict[str, Any]]:
    """Return what Lambda says of each version of a function that was published, oldest first."""
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    found = [version for page in pages for version in page["Versions"] if version["Version"] != "$LATEST"]
    return sorted(found, key=lambda version: int(version["Version"]))


def _named_by_aliases(client: Any, function: str) -> set[str]:
    pages = client.get_paginator("list_aliases").paginate(FunctionName=function)
    aliases = [alias for page in pages for alias in page["Aliases"]]
    also = [
        version for alias in aliases for version in alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    ]
    return {alias["FunctionVersion"] for alias in aliases} | set(also)


def _live(client: Any, function: str) -> str | None:
    try:
        return str(client.get_alias(FunctionName=function, Name=ALIAS)["FunctionVersion"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
