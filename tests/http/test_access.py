"""Checks who is let in: bearer tokens, policies, and what the directory says of a token's holder."""

from typing import Any

import pytest

from tests.builders import ACME, ANN, HOTLINE, a_body, acme
from tests.world import World
from ticketing.directory.model import Channel, Rep
from ticketing.directory.principal import Access
from ticketing.http.routes import ROUTES, Route

PROTECTED = [route for route in ROUTES if route.access not in (Access.Public, Access.Visitor)]


def path_of(route: Route) -> str:
    return route.path.replace("{id}", "1").replace("{ticketId}", "1")


@pytest.mark.parametrize("route", PROTECTED, ids=str)
def test_nobody_is_let_in_without_a_token(world: World, route: Route) -> None:
    answer = world.call(route.method, path_of(route), by=None).refused(401, "Unauthorized", [])
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "rep-11",
        "Bearer",
        "Bearer ",
        "Basic rep-11",
        "Bearer nobody",
        "Bearer: rep-11",
        "Bearerrep-11",
        "bearer,rep-11",
    ],
)
def test_what_is_no_bearer_token_is_none(world: World, header: str) -> None:
    world.call("GET", "/api/Tickets", by=None, authorization=header).refused(401, "Unauthorized")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_schemes_name_ignores_case(world: World, scheme: str) -> None:
    world.call("GET", "/api/Tickets", by=None, authorization=f"{scheme} rep-11").as_expected(200)


@pytest.mark.parametrize("route", PROTECTED, ids=str)
def test_a_phone_context_is_let_in_by_policy(world: World, route: Route) -> None:
    answer = world.call(route.method, path_of(route), "channel-3")
    if route.access is Access.TicketAccess:
        answer.refused(403, "Forbidden", [])
    else:
        assert answer.status not in (401, 403)


@pytest.mark.parametrize("by", ["rep-11", "rep-12", "rep-13", "rep-15", "rep-22"])
@pytest.mark.parametrize("route", PROTECTED, ids=str)
def test_a_representative_of_any_role_is_let_in_everywhere(world: World, route: Route, by: str) -> None:
    assert world.call(route.method, path_of(route), by).status not in (401, 403)


REP = {"customerID": ACME, "repID": ANN, "role": "Agent"}
PHONE = {"auth": "phone", "customerID": ACME, "channelID": HOTLINE}
BAD_CLAIMS: list[dict[str, Any]] = [
    {},
    {"customerID": ACME},
    {"customerID": ACME, "role": "Agent"},
    {"customerID": ACME, "repID": ANN},
    {"repID": ANN, "role": "Agent"},
    REP | {"channelID": HOTLINE},
    REP | {"customerID": "1"},
    REP | {"customerID": 1.0},
    REP | {"customerID": True},
    REP | {"customerID": None},
    REP | {"customerID": 0},
    REP | {"customerID": -1},
    REP | {"customerID": [1]},
    REP | {"customerID": 2},
    REP | {"customerID": 3},
    REP | {"repID": "13"},
    REP | {"repID": True},
    REP | {"repID": 999},
    REP | {"repID": 16},
    REP | {"role": "agent"},
    REP | {"role": "Owner"},
    REP | {"role": "Administrator"},
    REP | {"role": ["Agent"]},
    REP | {"role": None},
    REP | {"role": 1},
    REP | PHONE,
    PHONE | {"repID": ANN},
    PHONE | {"role": "Agent"},
    PHONE | {"auth": "Phone"},
    PHONE | {"auth": True},
    PHONE | {"auth": None},
    PHONE | {"channelID": "3"},
    PHONE | {"channelID": True},
    PHONE | {"channelID": 1},
    PHONE | {"channelID": 9},
    PHONE | {"channelID": 999},
    PHONE | {"customerID": "1"},
    {"auth": "phone", "customerID": ACME},
    {"auth": "phone", "channelID": HOTLINE},
]


@pytest.mark.parametrize("claims", BAD_CLAIMS, ids=str)
def test_claims_of_neither_a_member_nor_a_phone_line_are_refused(world: World, claims: dict[str, Any]) -> None:
    world.tokens.known["odd"] = claims | {"exp": world.clock.seconds() + 60}
    world.call("POST", "/api/Tickets", "odd", a_body()).refused(401, "Unauthorized", [])


@pytest.mark.parametrize("claims", [REP, PHONE, REP | {"sub": "ann", "name": "x"}, PHONE | {"scope": "x"}], ids=str)
def test_claims_of_a_member_or_a_phone_line_are_admitted(world: World, claims: dict[str, Any]) -> None:
    world.tokens.known["odd"] = claims | {"exp": world.clock.seconds() + 60}
    world.call("POST", "/api/Tickets", "odd", a_body()).as_expected(201)


def change_rep(world: World, **fields: Any) -> None:
    ann: dict[str, Any] = {"repID": ANN, "name": "Ann Agent", "role": "Agent"}
    world.directory.kept[ACME, f"rep#{ANN}"] = Rep(**ann | fields)


@pytest.mark.parametrize("fields", [{"active": False}, {"role": "Restricted"}, {"role": "Retired"}])
def test_a_role_that_is_taken_away_stops_working_within_a_minute(world: World, fields: dict[str, Any]) -> None:
    world.call("GET", "/api/Tickets", "rep-13").as_expected(200)
    change_rep(world, **fields)
    world.clock.pass_(60)
    world.call("GET", "/api/Tickets", "rep-13").refused(401, "Unauthorized")
    change_rep(world)
    world.call("GET", "/api/Tickets", "rep-13").as_expected(200)


def test_a_rep_who_is_removed_stops_working_within_a_minute(world: World) -> None:
    world.call("GET", "/api/Tickets", "rep-13").as_expected(200)
    del world.directory.kept[ACME, f"rep#{ANN}"]
    world.clock.pass_(60)
    world.call("GET", "/api/Tickets", "rep-13").refused(401, "Unauthorized")


@pytest.mark.parametrize("fields", [{"active": False}, {"type": "Chat"}, None])
def test_a_phone_line_that_is_taken_away_stops_working_within_a_minute(
    world: World, fields: dict[str, Any] | None
) -> None:
    world.call("POST", "/api/Tickets", "channel-3", a_body()).as_expected(201)
    if fields is None:
        del world.directory.kept[ACME, "channel#3"]
    else:
        line: dict[str, Any] = {"channelID": HOTLINE, "name": "Hotline", "type": "Phone"}
        world.directory.kept[ACME, "channel#3"] = Channel(**line | fields)
    world.clock.pass_(60)
    world.call("POST", "/api/Tickets", "channel-3", a_body()).refused(401, "Unauthorized")


def test_a_token_that_expires_is_not_trusted_longer(world: World) -> None:
    world.tokens.known["short"] = REP | {"exp": world.clock.seconds() + 5}
    world.call("GET", "/api/Tickets", "short").as_expected(200)
    del world.tokens.known["short"]
    world.clock.pass_(4)
    world.call("GET", "/api/Tickets", "short").as_expected(200)
    world.clock.pass_(1)
    world.call("GET", "/api/Tickets", "short").refused(401, "Unauthorized")


def test_the_agents_scope_follows_the_customers_setting_within_a_minute(world: World) -> None:
    world.keep(customerRepID=14)
    world.call("GET", "/api/Tickets/1", "rep-13").refused(403, "Forbidden")
    world.directory.load(acme(agentScope="All"))
    world.clock.pass_(60)
    world.call("GET", "/api/Tickets/1", "rep-13").as_expected(200)


def test_a_thousand_tokens_are_remembered_and_no_more(world: World) -> None:
    for number in range(1001):
        world.tokens.known[f"token-{number}"] = REP | {"exp": world.clock.seconds() + 60}
        world.call("GET", "/api/Tickets/1", f"token-{number}").refused(404, "NotFound")
    world.tokens.known.clear()
    world.call("GET", "/api/Tickets/1", "token-1000").refused(404, "NotFound")
    world.call("GET", "/api/Tickets/1", "token-0").refused(401, "Unauthorized")
