"""Operations of the service itself: bodies, replies, refusals, examples."""

from http import HTTPStatus

from description import headers
from description.operation import JSON, Operation, Success
from ticketing.http import routes
from ticketing.http.routes import Route

_UNCHANGED = Success("Nothing changed.", HTTPStatus.NOT_MODIFIED, headers=("ETag", "Cache-Control"))
_OK = {"type": "object", "properties": {"status": {"type": "string", "enum": ["ok"]}}, "required": ["status"]}

OPERATIONS: dict[Route, Operation] = {
    routes.READ_DESCRIPTION: Operation(
        Success("The description.", headers=("ETag", "Cache-Control"), content={JSON: {"type": "object"}}),
        _UNCHANGED,
        headers=(headers.IF_NONE_MATCH,),
    ),
    routes.SHOW_PAGE: Operation(
        Success(
            "The page.",
            headers=("ETag", "Cache-Control", "Content-Security-Policy"),
            content={"text/html": {"type": "string"}},
        ),
        _UNCHANGED,
        headers=(headers.IF_NONE_MATCH,),
    ),
    routes.READ_HEALTH: Operation(
        Success("It is.", headers=("Cache-Control",), content={JSON: _OK}, example={"status": "ok"}),
    ),
}
