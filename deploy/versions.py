"""Old versions of functions, removed: with SnapStart each one is billed for as long as it is kept."""

from collections.abc import Callable
from typing import Any

from deploy import stack

KEPT = 2
"""Versions of a function that stay: the one that answers and the one before, to go back to."""


def prune_stack(client: Callable[[str], Any], name: str) -> None:
    """Remove the old versions of every function of a stack, and print how many; raises CannotContinue."""
    functions = client("lambda")
    for function in stack.functions(client("cloudformation"), name):
        removed = prune(functions, function)
        print(f"{function}: {len(removed)} old versions removed")


def prune(client: Any, function: str) -> list[str]:
    """Remove a function's old versions, never one that an alias names; return those removed, oldest first."""
    named = _named_by_aliases(client, function)
    numbers = [version["Version"] for version in published(client, function)]
    old = [version for version in numbers[:-KEPT] if version not in named]
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
