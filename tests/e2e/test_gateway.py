"""The gateway and the functions together: paths, methods, CORS, tokens."""

import pytest

from tests.e2e.client import Client

KEPT = ("Content-Type", "Content-Length", "Cache-Control", "ETag", "X-Content-Type-Options")


def test_health_is_public(api: Client) -> None:
    assert api.ask("GET", "/api/health", 200, who=None).json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/api", "/api/tickets", "/api/Tickets/", "/api/Tickets/1/nothing", "/api/None"])
def test_an_unknown_path_is_not_found(api: Client, path: str) -> None:
    api.refused("GET", path, "NotFound", 404, who=None)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/Tickets", "GET, POST"),
        pytest.param(
            "HEAD",
            "/api/Tickets",
            "GET, POST",
            marks=pytest.mark.beyond_sam_local("it answers every HEAD with a 502 of its own"),
        ),
        ("POST", "/api/Tickets/1", "GET, PUT, PATCH, DELETE"),
        ("PUT", "/api/TicketMessages", "GET, POST"),
        ("POST", "/api/health", "GET, HEAD"),
    ],
)
def test_a_known_path_names_its_methods(api: Client, method: str, path: str, allowed: str) -> None:
    reply = api.http.request(method, path)
    assert reply.status_code == 405
    assert reply.headers["Allow"] == allowed


@pytest.mark.beyond_sam_local("it answers every HEAD with a 502 of its own")
@pytest.mark.parametrize("path", ["/api/health", "/api/docs", "/api/openapi.json"])
def test_head_answers_as_get_does_without_a_body(api: Client, path: str) -> None:
    read, asked = api.http.get(path), api.http.head(path)
    assert (asked.status_code, asked.content) == (200, b"")
    assert {name: asked.headers.get(name) for name in KEPT} == {name: read.headers.get(name) for name in KEPT}


def test_any_site_may_ask_with_every_method_and_header(api: Client) -> None:
    wanted = {"Origin": "https://shop.example", "Access-Control-Request-Method": "PATCH"}
    preflight = api.http.options("/api/Tickets/1", headers=wanted)
    assert preflight.is_success
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert preflight.headers["Access-Control-Max-Age"] == "7200"
    assert "PATCH" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Idempotency-Key" in preflight.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in preflight.headers


@pytest.mark.parametrize(("path", "status"), [("/api/health", 200), ("/api/Tickets", 401), ("/api/None", 404)])
def test_a_site_may_read_every_reply(api: Client, path: str, status: int) -> None:
    reply = api.ask("GET", path, status, who=None, Origin="https://shop.example")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.beyond_sam_local("it exposes no headers, whatever the template says")
@pytest.mark.parametrize("path", ["/api/health", "/api/None"])
def test_a_site_may_read_the_headers_of_every_reply(api: Client, path: str) -> None:
    reply = api.http.get(path, headers={"Origin": "https://shop.example"})
    assert "ETag" in reply.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Basic YTpi"])
def test_without_a_token_that_holds_nothing_is_told(api: Client, header: str) -> None:
    problem = api.refused("GET", "/api/Tickets", "Unauthorized", 401, who=None, Authorization=header)
    assert problem["errors"] == []


def test_an_inactive_representative_is_refused(api: Client) -> None:
    api.refused("GET", "/api/Tickets", "Unauthorized", 401, who="Ina")


def test_a_phone_context_may_not_list(api: Client) -> None:
    api.refused("GET", "/api/Tickets", "Forbidden", 403, who="Hotline")
