"""Old versions of functions, removed: with SnapStart each one is billed for as long as it is kept."""

from typing import Any

KEPT = 2
"""Versions of a function that stay: the one that answers and the one before, to go back to."""


def prune(client: Any, function: str) -> list[str]:
    """Removes a function's old versions, never one that an alias names; gives those that were removed, oldest first."""
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
