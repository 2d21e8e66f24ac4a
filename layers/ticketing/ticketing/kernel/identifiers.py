"""Identifiers as clients write them: positive integers and UUIDs."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema

from ticketing.kernel.strict_json import MAX_INTEGER

Identifier = Annotated[int, Field(ge=1, le=MAX_INTEGER)]
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def canonical_uuid(text: str) -> str | None:
    """Return a UUID in lower case, as it is compared; None if the text is no UUID."""
    return text.lower() if _UUID.fullmatch(text.lower()) else None


UUIDText = Annotated[
    str,
    # whatever is stored is canonical, and read at a fifth of the price of a UUID
    AfterValidator(lambda text: text if _UUID.fullmatch(text) else str(UUID(text))),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
