"""Old versions are removed, and what answers or may have to answer again stays."""

from collections.abc import Iterator
from typing import Any

import pytest

from deploy.versions import KEPT, answering, prune
from tests.deploy import lambdas
from tests.deploy.lambdas import functions_of

FUNCTION = "tickets-prod-tickets"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with functions_of(monkeypatch, FUNCTION) as client:
        yield client


def publish(client: Any, count: int) -> list[str]:
    return [lambdas.publish(client, FUNCTION, str(n)) for n in range(count)]


def kept(client: Any) -> set[str]:
    return {each["Version"] for each in client.list_versions_by_function(FunctionName=FUNCTION)["Versions"]}


def test_the_newest_stay(client: Any) -> None:
    versions = publish(client, 12)
    assert prune(client, FUNCTION) == versions[:-KEPT]
    assert kept(client) == {"$LATEST", *versions[-KEPT:]}
    assert prune(client, FUNCTION) == []


def test_what_an_alias_names_stays(client: Any) -> None:
    versions = publish(client, 5)
    client.create_alias(
        FunctionName=FUNCTION,
        Name="live",
        FunctionVersion=versions[0],
        RoutingConfig={"AdditionalVersionWeights": {versions[1]: 0.1}},
    )
    assert prune(client, FUNCTION) == [versions[2]]
    assert versions[0] in kept(client)
    assert versions[1] in kept(client)


def test_what_answered_before_the_newest_stays_and_what_lies_between_goes(client: Any) -> None:
    versions = publish(client, 4)
    assert prune(client, FUNCTION, former=versions[1]) == [versions[0], versions[2]]
    assert kept(client) == {"$LATEST", versions[1], versions[3]}


@pytest.mark.parametrize("former", ["3", "99"])
def test_where_nothing_newer_was_published_or_the_former_is_gone_the_newest_stay(client: Any, former: str) -> None:
    assert prune(client, FUNCTION, former) == []
    versions = publish(client, 3)
    assert prune(client, FUNCTION, former) == versions[:-KEPT]


def test_a_function_that_was_not_deployed_answers_with_no_version(client: Any) -> None:
    publish(client, 1)
    assert answering(client, [FUNCTION]) == {}
