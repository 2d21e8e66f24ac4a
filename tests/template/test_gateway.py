"""The gateway's routes and CORS are those of the contract, and every route has its function."""

import importlib
from typing import Any

import pytest

from tests.tables import resources, template
from ticketing.http.routes import ROUTES

FUNCTIONS = resources("AWS::Serverless::Function")
HTTP = sorted({route.function for route in ROUTES})


def group(properties: dict[str, Any]) -> str:
    """The folder of a function."""
    folder: str = properties["CodeUri"].removeprefix("functions/")
    return folder


def gateway_events(properties: dict[str, Any]) -> list[dict[str, Any]]:
    events = properties.get("Events", {}).values()
    return [event["Properties"] for event in events if event["Type"] == "HttpApi"]


def test_the_gateway_has_the_routes_of_the_code_and_no_others() -> None:
    declared = [
        (group(properties), f"{event['Method']} {event['Path']}")
        for properties in FUNCTIONS.values()
        for event in gateway_events(properties)
        if "Path" in event
    ]
    assert sorted(declared) == sorted((route.function, str(route)) for route in ROUTES)


def test_what_no_route_matches_goes_to_the_function_that_knows_all_paths() -> None:
    catch_all = [
        group(properties)
        for properties in FUNCTIONS.values()
        for event in gateway_events(properties)
        if "Path" not in event
    ]
    assert catch_all == ["docs"]


@pytest.mark.parametrize("function", HTTP)
def test_a_function_serves_every_route_of_its_own(function: str) -> None:
    app = importlib.import_module(f"functions.{function}.app")
    served = {str(route) for route in app.api.handlers}
    assert served == {str(route) for route in ROUTES if route.function == function}


def test_any_site_may_call_and_sees_what_it_needs() -> None:
    (api,) = resources("AWS::Serverless::HttpApi").values()
    assert api["CorsConfiguration"] == {
        "AllowOrigins": ["*"],
        "AllowMethods": ["GET", "POST", "PUT", "PATCH", "DELETE"],
        "AllowHeaders": [
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "Prefer",
            "Accept",
        ],
        "ExposeHeaders": ["ETag", "Location", "Retry-After", "Idempotent-Replayed", "X-Request-Id"],
        "MaxAge": 7200,
    }


def test_a_domain_closes_the_gateways_own_address() -> None:
    """Whatever stands in front of the domain would be walked around at the other."""
    (api,) = resources("AWS::Serverless::HttpApi").values()
    assert api["DisableExecuteApiEndpoint"] == {"Fn::If": ["HasDomain", True, False]}
    condition, domain, _ = template()["Outputs"]["ApiUrl"]["Value"]["Fn::If"]
    assert (condition, domain) == ("HasDomain", {"Fn::Sub": "https://${DomainName}"})


def test_the_access_log_holds_no_queries_and_no_headers() -> None:
    (api,) = resources("AWS::Serverless::HttpApi").values()
    logged = api["AccessLogSettings"]["Format"]
    assert "$context.requestId" in logged
    for secret in ("path", "query", "header", "authorizer", "userAgent", "sourceIp"):
        assert secret not in logged
