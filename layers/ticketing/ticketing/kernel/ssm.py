"""Secrets of the deployment, kept as SecureString parameters of SSM."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ticketing.errors import Unavailable
from ticketing.kernel.retries import Refusal, attempted

if TYPE_CHECKING:
    from ticketing.kernel.aws.client import JsonClient


_SERVICE, _READ = "The secrets' store", "GetParameter of a secret"
_MISSING = "ParameterNotFound"


@dataclass(frozen=True)
class SsmSecrets:
    """Reads secrets by name; the client is made when first used."""

    client: Callable[[], "JsonClient"]

    def value(self, name: str) -> str:
        """Return a secret in clear; raises Unavailable, also where there is none."""
        value = self.value_if_any(name)
        if value is None:
            raise Unavailable(f"{_SERVICE} does not answer.", about=f"{_READ}: {_MISSING}")
        return value

    def value_if_any(self, name: str) -> str | None:
        """Return a secret in clear, None when there is none; raises Unavailable."""
        read = partial(self.client().call, "GetParameter", {"Name": name, "WithDecryption": True})
        try:
            value: str = attempted(_SERVICE, read, _READ, _MISSING.__eq__)["Parameter"]["Value"]
        except Refusal:
            return None
        return value
