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
    numbers = sorted(int(version) for version in _versions(client, function))
    named = _named_by_aliases(client, function)
    old = [str(number) for number in numbers[:-KEPT] if str(number) not in named]
    for version in old:
        client.delete_function(FunctionName=function, Qualifier=version)
    return old


def _versions(client: Any, function: str) -> list[str]:
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    found = [version["Version"] for page in pages for version in page["Versions"]]
    return [version for version in found if version != "$LATEST"]


def _named_by_aliases(client: Any, function: str) -> set[str]:
    pages = client.get_paginator("list_aliases").paginate(FunctionName=function)
    aliases = [alias for page in pages for alias in page["Aliases"]]
    also = [
        version for alias in aliases for version in alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    ]
    return {alias["FunctionVersion"] for alias in aliases} | set(also)
