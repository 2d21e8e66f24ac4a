"""Paths and methods that exist, and those that do not."""

import pytest

from tests.world import World
from ticketing.directory.principal import Access
from ticketing.errors import MethodNotAllowed, NotFound
from ticketing.http.routes import ROUTES, matched

UNKNOWN = [
    "/",
    "",
    "/api",
    "/api/",
    "/api/tickets",
    "/API/Tickets",
    "/api/Tickets/",
    "/api/Tickets/1/",
    "/api/Tickets//",
    "/api//Tickets",
    "/api/Tickets/1/unknown",
    "/api/Ticket",
    "/Tickets",
    "/api/Tickets/1/2",
    "/api/health/",
    "/api/Health",
    "/api/../api/Tickets",
]


@pytest.mark.parametrize("path", UNKNOWN)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD"])
def test_an_unknown_path_is_not_found_with_or_without_a_token(world: World, method: str, path: str) -> None:
    world.call(method, path, by=None).refused(404, "NotFound", [])
    world.call(method, path, by="rep-11").refused(404, "NotFound", [])


ALLOWED = {
    "/api/Tickets": "GET, POST",
    "/api/Tickets/1": "GET, PUT, PATCH, DELETE",
    "/api/Tickets/abc": "GET, PUT, PATCH, DELETE",
    "/api/TicketMessages": "GET, POST",
    "/api/Tickets/1/play": "GET",
    "/api/Tickets/1/changes": "GET",
    "/api/Changes": "GET",
    "/api/health": "GET, HEAD",
    "/api/docs": "GET, HEAD",
    "/api/openapi.json": "GET, HEAD",
}
LACKED = [
    (method, path)
    for path, allowed in ALLOWED.items()
    for method in ("HEAD", "TRACE", "OPTIONS", "get", "head", "QUERY", "")
    if method not in allowed.split(", ")
]
PUBLIC_PAGES = ["/api/health", "/api/docs", "/api/openapi.json"]


@pytest.mark.parametrize(("method", "path"), LACKED)
def test_a_method_that_a_path_lacks_is_refused_and_those_it_has_are_named(world: World, method: str, path: str) -> None:
    for by in (None, "rep-11"):
        assert world.call(method, path, by).refused(405, "MethodNotAllowed", []).headers["Allow"] == ALLOWED[path]


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_head_answers_as_get_does_without_a_body(world: World, path: str) -> None:
    read = world.call("GET", path, by=None).as_expected(200)
    asked = world.call("HEAD", path, by=None).as_expected(200)
    assert read.text is not None
    length = {"Content-Length": str(len(read.text.encode()))}
    assert (asked.text, asked.headers) == (None, {**read.headers, **length})


def test_head_tells_that_nothing_has_changed(world: World) -> None:
    tag = world.call("HEAD", "/api/openapi.json", by=None).headers["ETag"]
    assert world.call("HEAD", "/api/openapi.json", by=None, if_none_match=tag).as_expected(304).text is None


def test_every_route_is_matched_by_its_own_path() -> None:
    for route in ROUTES:
        path = route.path.replace("{id}", "17").replace("{ticketId}", "17")
        assert matched(route.method, path)[0] is route


def test_a_path_parameter_is_one_segment_as_it_is() -> None:
    assert matched("GET", "/api/Tickets/a%2Fb c")[1] == {"id": "a%2Fb c"}
    with pytest.raises(NotFound):
        matched("GET", "/api/Tickets/a/b")


def test_no_route_is_there_twice() -> None:
    assert len({str(route) for route in ROUTES}) == len(ROUTES)


def test_what_looks_like_a_pattern_is_none() -> None:
    with pytest.raises(NotFound):
        matched("GET", "/apiXTickets")
    with pytest.raises(MethodNotAllowed):
        matched("PUT", "/api/Tickets")


def test_health(world: World) -> None:
    answer = world.call("GET", "/api/health", by=None).as_expected(200)
    assert answer.json == {"status": "ok"}
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" not in answer.headers["Cache-Control"]


def test_on_a_public_route_no_token_is_looked_at(world: World) -> None:
    assert next(route for route in ROUTES if route.path == "/api/health").access is Access.Public
    world.call("GET", "/api/health", by="nonsense").as_expected(200)
