"""The addresses that a local run answers at and prints."""

import httpx
import pytest

from tests.local_stack import Stack


def on(host: str, stack: Stack) -> str:
    return stack.baseUrl.replace("127.0.0.1", host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_api_answers_under_either_name(stack: Stack, host: str) -> None:
    authorization = {"Authorization": f"Bearer {stack.token(1, rep=11)}"}
    reply = httpx.get(f"{on(host, stack)}/api/Tickets/1", headers=authorization, timeout=60)
    assert (reply.status_code, reply.json()["ticketID"]) == (200, 1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_address_alone_leads_to_the_page(stack: Stack, host: str) -> None:
    reply = httpx.get(f"{on(host, stack)}/", follow_redirects=True, timeout=60)
    assert (str(reply.url), reply.status_code) == (f"{on(host, stack)}/api/docs", 200)
    assert reply.headers["Content-Type"].startswith("text/html")


def test_localhost_is_aws_too(stack: Stack) -> None:
    environment = stack.environment()
    assert environment["awsEndpoint"] == on("localhost", stack)


def test_ready_comes_after_where_to_look_and_before_how_to_make_a_token(stack: Stack) -> None:
    before, after = (said.splitlines() for said in stack.said.split(f"Ready: {stack.baseUrl}\n"))
    environment = stack.environment()
    assert environment["console"] in before[-2]
    assert environment["shop"] in before[-1]
    assert f"{stack.baseUrl}/api/docs" in after[0]
    assert ".venv/bin/python -m local token --customer 1 --rep 12" in after[1]
