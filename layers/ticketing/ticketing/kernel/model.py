"""The base of all models."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A model that is built when it is first used: a function declares more of them than its first request uses."""

    model_config = ConfigDict(defer_build=True)

    @classmethod
    def trusted(cls, values: dict[str, Any]) -> Self:
        """Return a model of the values of all its fields, unchecked, which become its own; `model_construct`, which
        also looks for aliases and defaults, takes eight times as long."""
        model = cls.__new__(cls)
        unused = {"__pydantic_extra__": None, "__pydantic_private__": None}
        model.__setstate__({"__dict__": values, "__pydantic_fields_set__": set(values), **unused})
        return model
