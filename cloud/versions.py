"""Old versions of functions, removed: with SnapStart each one is billed for as long as it is kept."""

from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

from cloud.rollback import ALIAS

KEPT = 2
"""Versions of a function that stay: the one that answers and the one before, to go back to."""


def answering(client: Any, functions: Iterable[str]) -> dict[str, str]:
    """Return the versions that answer, by function; a function that was never published has none."""
    found = {function: _live(client, function) for function in functions}
    return {function: version for function, version in found.items() if version}


def prune(client: Any, function: str, former: str | None = None) -> list[str]:
    """Remove a function's old versions, never one that an alias names; return those that were removed, oldest first.

    `former` is the version that answered before the newest was published. It stays instead of the second newest, which
    then is one that a rollback has left behind.
    """
    numbers = sorted(int(version) for version in _versions(client, function))
    kept = {str(number) for number in numbers[-KEPT:]}
    if former and int(former) in numbers[:-1]:
        kept = {former, str(numbers[-1])}
    old = [str(number) for number in numbers if str(number) not in kept | _named_by_aliases(client, function)]
    for version in old:
        client.delete_function(FunctionName=function, Qualifier=version)
    return old


def _live(client: Any, function: str) -> str | None:
    try:
        return str(client.get_alias(FunctionName=function, Name=ALIAS)["FunctionVersion"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise


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
