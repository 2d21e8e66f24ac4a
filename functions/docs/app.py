"""GET /api/health, and whatever no other function serves: 404, and 405 with Allow."""

from http import HTTPStatus

from ticketing.web import Api, Reply, Request

api = Api("docs")


@api.serves("GET /api/health")
def health(_: Request) -> Reply:
    """Says that the API is up."""
    return Reply(HTTPStatus.OK, '{"status":"ok"}', {"Cache-Control": "public, max-age=5"})


lambda_handler = api.handle
