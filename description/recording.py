"""What a handler reads of a query string: its parameters with their types, choices and defaults, by running it."""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, override

from description.operation import Json
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.directory.principal import Representative, Role
from ticketing.http import Reply, Request
from ticketing.http.parameters import MAX_VALUES, Parameters
from ticketing.http.routes import Route
from ticketing.kernel.deadline import Deadline
from ticketing.settings import Settings


class _AllRead(Exception):
    """The handler has read what it reads of the query string."""


class _Noted(Parameters):
    """Parameters that note how they are read. The outermost call says most, so the first note of a name stays."""

    def __init__(self) -> None:
        super().__init__(())
        self.schemas: dict[str, Json] = {}

    @override
    def require_sound(self) -> None:
        raise _AllRead

    @override
    def many(self, name: str) -> list[str]:
        self._note(name, _repeated({"type": "string"}))
        return super().many(name)

    @override
    def single(self, name: str) -> list[str]:
        self._note(name, {"type": "string"})
        return super().single(name)

    @override
    def integers(self, name: str, single: bool = False) -> list[int]:
        self._note(name, {"type": "integer"} if single else _repeated({"type": "integer"}))
        return super().integers(name, single)

    @override
    def integer(self, name: str, default: int) -> int:
        self._note(name, {"type": "integer", "default": default})
        return super().integer(name, default)

    @override
    def flag(self, name: str) -> bool | None:
        self._note(name, {"type": "boolean"})
        return super().flag(name)

    @override
    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        self._note(name, {"type": "string", "enum": list(map(str, choices)), "default": str(default)})
        return super().choice(name, choices, default)

    def _note(self, name: str, schema: Json) -> None:
        self.schemas.setdefault(name, schema)


class _Asking(Request):
    """A request with an empty query string and body."""

    @cached_property
    def parameters(self) -> _Noted:
        """Where the reading is noted."""
        return _Noted()


def query_schemas(route: Route, handler: Callable[[Application, Request], Reply]) -> Mapping[str, Json]:
    """The schemas of the query parameters that a handler reads, by name, in the order in which they are read."""
    event: dict[str, Any] = {"rawPath": route.path, "headers": {}, "requestContext": {"http": {"method": route.method}}}
    caller = Representative(1, 1, Role.Administrator)
    request = _Asking(event, route, {}, caller, Deadline(0))
    try:
        handler(Application(Adapters(Settings())), request)
    except _AllRead:
        return request.parameters.schemas
    raise AssertionError(f"{route} describes query parameters, but its handler reads none")


def _repeated(items: Json) -> Json:
    return {"type": "array", "items": items, "maxItems": MAX_VALUES}
