"""GET /api/openapi.json, /api/docs and /api/health, and whatever no other function serves: 404, and 405 with Allow."""

import base64
import os.path
import re
from functools import cache
from http import HTTPStatus

from ticketing.application import Application
from ticketing.http import Api, Reply, Request
from ticketing.http.routes import READ_DESCRIPTION, READ_HEALTH, SHOW_PAGE
from ticketing.lambda_handler import LambdaHandler

HERE = os.path.dirname(__file__)  # pathlib would take as long to load as the rest of this file
LINKED = re.compile(r'<link rel="stylesheet" href="(?P<style>[\w.]+)">|<script src="(?P<script>[\w.]+)"></script>')
"""A style or a script of the page, which is sent inside it."""
NOTHING_ELSE = (
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
KEPT = "public, max-age=300"

api = Api()


@api.serves(READ_DESCRIPTION)
def read_description(_: Application, request: Request) -> Reply:
    """Read this description.

    The description of the API (OpenAPI 3.1) as one JSON document. It may be cached. HEAD answers the same without it.
    """
    return _cached(request, _text("openapi.json"), {"Content-Type": "application/json"})


@api.serves(SHOW_PAGE)
def show_page(_: Application, request: Request) -> Reply:
    """Show a page to read and try the API.

    Shows this description, and sends the calls that you fill in. It loads nothing from elsewhere. HEAD answers the same
    without the page.
    """
    page, policy = _page()
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    return _cached(request, page, headers | {"Referrer-Policy": "no-referrer"})


@api.serves(READ_HEALTH)
def read_health(_: Application, __: Request) -> Reply:
    """Check that the API is up.

    Answers without looking at anything else, a database included. HEAD answers the same without a body.
    """
    return Reply(HTTPStatus.OK, '{"status":"ok"}', {"Cache-Control": "public, max-age=5"})


def _cached(request: Request, body: str, headers: dict[str, str]) -> Reply:
    from ticketing.tickets.precondition import none_match

    tag = _tag(body)
    kept = {"ETag": tag, "Cache-Control": KEPT}
    if none_match(request.headers.get("if-none-match"), tag):
        return Reply(HTTPStatus.NOT_MODIFIED, None, kept)
    return Reply(HTTPStatus.OK, body, kept | headers)


@cache
def _text(name: str) -> str:
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


@cache
def _tag(body: str) -> str:
    return f'"{_digest(body).hex()[:16]}"'


@cache
def _page() -> tuple[str, str]:
    """Return the page with its styles and scripts inside, and the policy that lets these run and nothing else."""
    parts: dict[str, list[str]] = {"style": [], "script": []}

    def inside(link: re.Match[str]) -> str:
        kind = link.lastgroup or ""
        text = _text(link[kind])
        parts[kind].append(f"'sha256-{base64.b64encode(_digest(text)).decode()}'")
        return f"<{kind}>{text}</{kind}>"

    page = LINKED.sub(inside, _text("page.html"))
    sources = "; ".join(f"{kind}-src {' '.join(hashes)}" for kind, hashes in parts.items())
    return page, f"default-src 'none'; {sources}; {NOTHING_ELSE}"


def _digest(text: str) -> bytes:
    from hashlib import sha256  # health, asked for most, needs none

    return sha256(text.encode()).digest()


lambda_handler = LambdaHandler(api.handle)
