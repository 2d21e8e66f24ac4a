"""The part of a ticket that it has because it began as a chat."""

from pydantic import ConfigDict, Field

from ticketing.kernel.identifiers import Identifier
from ticketing.kernel.model import Model


class Chat(Model):
    """The channel that a chat began in, the secret in its visitorKey, and its visitor's name."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    channelID: Identifier
    secret: str = Field(repr=False)
    visitor: str | None = None
