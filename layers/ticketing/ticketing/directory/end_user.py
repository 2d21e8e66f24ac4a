"""An end user, as tickets and summaries show them."""

from pydantic import Field

from ticketing.kernel.model import Model

LONGEST_UID = 254
"""Characters of an address at most."""


class EndUserView(Model):
    """An end user as a ticket shows them."""

    endUserID: int = Field(description="The end user.")
    name: str = Field(description="The name.")
    uids: list[str] = Field(description="Every address that the end user has.")
