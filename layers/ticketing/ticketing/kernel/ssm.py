"""Secrets of the deployment, kept as SecureString parameters of SSM."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from ticketing.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


@dataclass(frozen=True)
class SsmSecrets:
    """Reads secrets by name; the client is made when first used."""

    client: Callable[[], "SSMClient"]

    def value(self, name: str) -> str:
        """A secret in clear; raises Unavailable where there is none, too."""
        value = self.value_if_any(name)
        if value is None:
            raise Unavailable("A secret is missing.")
        return value

    def value_if_any(self, name: str) -> str | None:
        """A secret in clear, None when there is none; raises Unavailable."""
        client = self.client()
        try:
            return client.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        except client.exceptions.ParameterNotFound:
            return None
        except (ClientError, BotoCoreError) as error:
            raise Unavailable("A secret cannot be read.") from error
