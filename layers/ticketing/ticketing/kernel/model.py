"""The base of all models."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A model that is built when it is first used: a function declares more of them than its first request uses."""

    model_config = ConfigDict(defer_build=True)
