"""POST /api/Tickets: bodies that are not taken, and the forms of those that are."""

from typing import Any

import pytest

from tests.builders import a_body
from tests.world import Answer, World

PATH = "/api/Tickets"


def malformed(world: World, body: Any, **headers: str) -> Answer:
    answer = world.call("POST", PATH, "rep-11", body, **headers)
    assert not world.store.kept
    return answer


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        (None, [""]),
        ("", [""]),
        ("{", []),
        (b"\xff", []),
        ("[]", [""]),
        ("null", [""]),
        ("[" * 100_000, []),
        ('{"status":"Open","subject":"x","channelType":"Email","channelID":1.0}', ["/channelID"]),
        ('{"status":"Open","subject":"x","channelType":"Email","channelID":NaN}', ["/channelID"]),
        ('{"status":"Open","subject":"\\ud800","channelType":"Email"}', ["/subject"]),
        ('{"status":"Open","subject":"\ud800","channelType":"Email"}', []),
        ('{"status":"Open","subject":"\\u0000","channelType":"Email"}', ["/subject"]),
        ('{"status":"Open","status":"Open","subject":"x","channelType":"Email"}', ["/status"]),
        ({}, ["/status", "/subject", "/channelType"]),
        (a_body(channelID="7", isSpam="yes", closeDate=7, x=1), ["/channelID", "/isSpam", "/closeDate", "/x"]),
        (a_body(status="Open", isClosed=True), ["/isClosed"]),
        (a_body(status="Closed", isClosed=False), ["/isClosed"]),
    ],
)
def test_a_malformed_body_is_refused_and_every_fault_named(world: World, body: Any, pointers: list[str]) -> None:
    malformed(world, body).refused(400, "InvalidRequest", pointers)


@pytest.mark.parametrize("size", [262_145, 1_000_000])
def test_a_body_that_is_too_large_is_refused(world: World, size: int) -> None:
    malformed(world, " " * size).refused(413, "PayloadTooLarge")
    malformed(world, b" " * size).refused(413, "PayloadTooLarge")
    malformed(world, "é" * (size // 2 + 1)).refused(413, "PayloadTooLarge")


def test_a_body_of_262144_bytes_is_taken(world: World) -> None:
    body = '{"status":"Open","subject":"x","channelType":"Email"}'
    world.call("POST", PATH, "rep-11", body.ljust(262_144)).as_expected(201)


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "application/json-patch+json", "json", "*/*"])
def test_another_media_type_is_refused(world: World, media_type: str) -> None:
    malformed(world, a_body(), content_type=media_type).refused(415, "UnsupportedMediaType")


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity", ""])
def test_a_body_with_a_content_encoding_is_refused(world: World, encoding: str) -> None:
    malformed(world, a_body(), content_encoding=encoding).refused(415, "UnsupportedMediaType")


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON", "application/json; charset=utf-8"])
def test_json_is_taken_however_it_is_spelt(world: World, media_type: str) -> None:
    world.call("POST", PATH, "rep-11", a_body(), content_type=media_type).as_expected(201)
