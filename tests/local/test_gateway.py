"""The paths that a route stands for."""

import pytest

from local.emulation.gateway import values

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
