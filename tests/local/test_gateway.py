"""A request as the gateway hands it on: its path, its headers, its body; and the reply to it."""

import asyncio
import json
import logging

import pytest

from local.emulation.gateway import Reply, answered, body_of, headers_of, values

ROUTE = "/api/Tickets/{id}/play"


@pytest.mark.parametrize(
    ("route", "path", "found"),
    [
        (ROUTE, "/api/Tickets/7/play", {"id": "7"}),
        (ROUTE, "/api/Tickets/7", None),
        (ROUTE, "/api/Tickets/7/8/play", None),
        (ROUTE, "/api/Tickets//play", None),
        ("/api/openapi.json", "/api/openapi.json", {}),
        ("/api/openapi.json", "/api/openapi_json", None),
        ("/pages/{proxy+}", "/pages/a/b", {"proxy": "a/b"}),
    ],
)
def test_a_path_gives_the_values_of_a_routes_variables(route: str, path: str, found: dict[str, str] | None) -> None:
    assert values(route, path) == found


class Parts:
    """What a server hands on of a request, part by part."""

    def __init__(self, *parts: dict[str, object]) -> None:
        self._parts = iter(parts)

    async def __call__(self) -> dict[str, object]:
        return next(self._parts)


def part(body: bytes, more: bool) -> dict[str, object]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_is_joined_from_its_parts() -> None:
    assert asyncio.run(body_of(Parts(part(b"{", True), part(b"}", False)))) == b"{}"


def test_a_request_whose_client_went_away_has_no_body() -> None:
    assert asyncio.run(body_of(Parts(part(b"{", True), {"type": "http.disconnect"}))) is None


def test_headers_of_one_name_are_joined_as_the_gateway_joins_them() -> None:
    headers = [(b"if-match", b'"1"'), (b"accept", b"*/*"), (b"if-match", b'"2"')]
    assert headers_of({"headers": headers}) == {"if-match": '"1","2"', "accept": "*/*"}


async def reply(headers: dict[str, str]) -> Reply:
    return 204, headers, b""


async def failure() -> Reply:
    raise ConnectionError("the worker died")


def test_a_reply_has_an_id_and_keeps_the_one_it_has() -> None:
    _, one, _ = asyncio.run(answered(reply({}), logging.getLogger()))
    _, other, _ = asyncio.run(answered(reply({}), logging.getLogger()))
    assert one["apigw-requestid"] != other["apigw-requestid"]
    assert {len(one["apigw-requestid"]), len(other["apigw-requestid"])} == {16}
    _, told, _ = asyncio.run(answered(reply({"X-Request-Id": "told"}), logging.getLogger()))
    assert told["apigw-requestid"] == "told"
    given = {"apigw-requestid": "given"}
    assert asyncio.run(answered(reply(given), logging.getLogger())) == (204, given, b"")


def test_a_failure_is_answered_with_json_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    status, headers, body = asyncio.run(answered(failure(), logging.getLogger()))
    assert (status, headers["Content-Type"], json.loads(body)) == (
        500,
        "application/json",
        {"message": "Internal Server Error"},
    )
    assert "apigw-requestid" in headers
    assert "the worker died" in caplog.text
