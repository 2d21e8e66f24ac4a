"""Settings that the template gives the code, read from the environment when first asked for, never at import."""

import os
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True)
class Settings:
    """Settings by the names that they have in the template; a function has those that it needs."""

    TICKETS_TABLE: str = ""
    MESSAGES_TABLE: str = ""
    SEARCH_TABLE: str = ""
    TALLIES_TABLE: str = ""
    CALLS_TABLE: str = ""
    DIRECTORY_TABLE: str = ""
    EPHEMERA_TABLE: str = ""
    LESSONS_TABLE: str = ""
    HISTORY_TABLE: str = ""
    FEED_TABLE: str = ""
    TOPIC_MODEL: str = ""
    JOBS_QUEUE: str = ""
    STAGE: str = ""
    HOOK_SECRETS: str = ""
    HOOKS_MAY_CALL_LOOPBACK: str = ""
    EVENT_BUS: str = ""
    RECORDINGS_BUCKET: str = ""
    TWILIO_API_URL: str = ""
    TWILIO_CREDENTIALS_PARAMETER: str = ""
    TOKEN_ISSUER: str = ""
    TOKEN_AUDIENCE: str = ""
    TOKEN_ALGORITHM: str = ""
    TOKEN_JWKS: str = ""
    TOKEN_SECRET_PARAMETER: str = ""

    @classmethod
    def of_environment(cls) -> Self:
        """Read the settings from the environment."""
        return cls(**{field.name: os.environ[field.name] for field in fields(cls) if field.name in os.environ})
