"""GET /api/openapi.json, /api/docs and /api/health, and whatever no other function serves: 404, and 405 with Allow."""

import base64
import hashlib
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path

from ticketing.application import Application, LambdaHandler
from ticketing.http import Api, Reply, Request
from ticketing.tickets.precondition import none_match

HERE = Path(__file__).parent
LINKED = re.compile(r'<link rel="stylesheet" href="(?P<style>[\w.]+)">|<script src="(?P<script>[\w.]+)"></script>')
"""A style or a script of the page, which is sent inside it."""
NOTHING_ELSE = (
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
KEPT = "public, max-age=300"

api = Api("docs")


@api.serves("GET /api/openapi.json")
def read_description(_: Application, request: Request) -> Reply:
    """The description, as it was made when the bundle was built."""
    return _cached(request, _text("openapi.json"), {"Content-Type": "application/json"})


@api.serves("GET /api/docs")
def show_page(_: Application, request: Request) -> Reply:
    """A page on which every call can be tried."""
    page, policy = _page()
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
    return _cached(request, page, headers | {"Referrer-Policy": "no-referrer"})


@api.serves("GET /api/health")
def read_health(_: Application, __: Request) -> Reply:
    """Says that the API is up."""
    return Reply(HTTPStatus.OK, '{"status":"ok"}', {"Cache-Control": "public, max-age=5"})


def _cached(request: Request, body: str, headers: dict[str, str]) -> Reply:
    tag = _tag(body)
    kept = {"ETag": tag, "Cache-Control": KEPT}
    if none_match(request.headers.get("if-none-match"), tag):
        return Reply(HTTPStatus.NOT_MODIFIED, None, kept)
    return Reply(HTTPStatus.OK, body, kept | headers)


@cache
def _text(name: str) -> str:
    return (HERE / name).read_text()


@cache
def _tag(body: str) -> str:
    return f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'


@cache
def _page() -> tuple[str, str]:
    """The page with its styles and scripts inside, and the policy that lets these run and nothing else."""
    parts: dict[str, list[str]] = {"style": [], "script": []}

    def inside(link: re.Match[str]) -> str:
        kind = link.lastgroup or ""
        text = _text(link[kind])
        parts[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
        return f"<{kind}>{text}</{kind}>"

    page = LINKED.sub(inside, _text("page.html"))
    sources = "; ".join(f"{kind}-src {' '.join(hashes)}" for kind, hashes in parts.items())
    return page, f"default-src 'none'; {sources}; {NOTHING_ELSE}"


lambda_handler = LambdaHandler(api.handle)
