"""What is written of the API's own pages."""

from http import HTTPStatus

from description.headers import IF_NONE_MATCH
from description.operation import JSON, Operation, Success

_UNCHANGED = Success("Nothing changed.", HTTPStatus.NOT_MODIFIED, headers=("ETag", "Cache-Control"))
_OK = {"type": "string", "enum": ["ok"]}

OPERATIONS = {
    "GET /api/openapi.json": Operation(
        tag="Service",
        summary="This description",
        text="The description of the API (OpenAPI 3.1) as one JSON document. It may be cached. HEAD answers the same "
        "without it.",
        headers=(IF_NONE_MATCH,),
        successes=(
            Success("The description.", headers=("ETag", "Cache-Control"), content={JSON: {"type": "object"}}),
            _UNCHANGED,
        ),
    ),
    "GET /api/docs": Operation(
        tag="Service",
        summary="A page to read and try the API",
        text="Shows this description, and sends the calls that you fill in. It loads nothing from elsewhere. "
        "HEAD answers the same without the page.",
        headers=(IF_NONE_MATCH,),
        successes=(
            Success(
                "The page.",
                headers=("ETag", "Cache-Control", "Content-Security-Policy"),
                content={"text/html": {"type": "string"}},
            ),
            _UNCHANGED,
        ),
    ),
    "GET /api/health": Operation(
        tag="Service",
        summary="Whether the API is up",
        text="Answers without looking at anything else, a database included. HEAD answers the same without a body.",
        successes=(
            Success(
                "It is.",
                headers=("Cache-Control",),
                content={JSON: {"type": "object", "properties": {"status": _OK}, "required": ["status"]}},
                example={"status": "ok"},
            ),
        ),
    ),
}
