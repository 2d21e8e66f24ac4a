"""The application as a deployment makes it: settings from the environment, AWS (here moto) behind every port."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.backends import on
from tests.builders import A_CALL, a_body, acme
from tests.directory.signing import AUDIENCE, ISSUER, SECRET, Signer, ec_key, key_set, shared
from tests.engines import REGION, Tables, moto
from tests.fakes import InlineExecutor
from tests.gateway import an_event
from tests.tables import ROOT
from tests.world import Context
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.lambda_handler import deployed
from ticketing.settings import Settings

PARAMETER = "/tickets/token-secret"


def environment(tables: Tables) -> dict[str, str]:
    named = {f"{role.upper()}_TABLE": name for role, name in tables.names.items()}
    return named | {
        "AWS_DEFAULT_REGION": REGION,
        "TOKEN_ISSUER": ISSUER,
        "TOKEN_AUDIENCE": AUDIENCE,
        "TOKEN_ALGORITHM": "HS256",
        "TOKEN_SECRET_PARAMETER": PARAMETER,
    }


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tables]:
    """Tables, settings and a secret; nothing made yet."""
    with moto() as tables:
        for name, value in environment(tables).items():
            monkeypatch.setenv(name, value)
        on(tables).directory.load(acme())
        boto3.client("ssm", REGION).put_parameter(Name=PARAMETER, Value=SECRET, Type="SecureString")
        yield tables


def call(method: str, path: str, token: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()} | {"Authorization": f"Bearer {token}"}
    app = importlib.import_module("functions.tickets.app")
    adapters = Adapters(Settings.of_environment())
    adapters.executor = InlineExecutor()
    reply = app.lambda_handler.handle(Application(adapters), an_event(method, path, "", named, body), Context())
    return reply["statusCode"], json.loads(reply["body"]) if "body" in reply else None


@pytest.mark.usefixtures("deployment")
def test_a_ticket_lives_from_creation_to_deletion() -> None:
    token = shared().token(repID=11, role="Administrator")
    status, created = call("POST", "/api/Tickets", token, a_body(twilio_CallSid=A_CALL), idempotency_key="k")
    assert (status, created["ticketID"]) == (201, 1)
    assert call("POST", "/api/Tickets", token, a_body(twilio_CallSid=A_CALL), idempotency_key="k") == (201, created)
    assert call("GET", "/api/Tickets/1", token) == (200, created)
    assert call("PATCH", "/api/Tickets/1", token, [{"op": "add", "path": "/subject", "value": "new"}])[0] == 200
    status, page = call("GET", "/api/Tickets", token)
    assert (status, [item["subject"] for item in page["items"]]) == (200, ["new"])
    assert call("DELETE", "/api/Tickets/1", token) == (204, None)
    assert call("GET", "/api/Tickets/1", token)[0] == 404


@pytest.mark.usefixtures("deployment")
def test_a_secret_that_cannot_be_read_is_unavailable() -> None:
    boto3.client("ssm", REGION).delete_parameter(Name=PARAMETER)
    status, problem = call("GET", "/api/Tickets/1", shared().token())
    assert (status, problem["code"]) == (503, "Unavailable")


@pytest.mark.usefixtures("deployment")
@pytest.mark.parametrize("inline", [True, False])
def test_a_key_set_stands_in_the_settings_or_at_their_url(monkeypatch: pytest.MonkeyPatch, inline: bool) -> None:
    signer = Signer("ES256", ec_key(), "one")
    document = key_set(signer.jwk())
    monkeypatch.setenv("TOKEN_ALGORITHM", "ES256")
    monkeypatch.setenv("TOKEN_JWKS", document if inline else "https://id.example/jwks")
    monkeypatch.setattr("ticketing.directory.issuer.fetch_jwks", {"https://id.example/jwks": document}.__getitem__)
    assert call("GET", "/api/Tickets/1", signer.token())[0] == 404
    assert call("GET", "/api/Tickets/1", shared().token())[0] == 401


def test_the_environment_is_read_when_the_deployment_is_first_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    deployed.cache_clear()
    monkeypatch.setenv("TICKETS_TABLE", "first")
    assert deployed().adapters.settings.TICKETS_TABLE == "first"
    monkeypatch.setenv("TICKETS_TABLE", "second")
    assert deployed().adapters.settings.TICKETS_TABLE == "first"
    deployed.cache_clear()


def test_a_start_collects_no_garbage_and_everything_after_it_does() -> None:
    program = """
import gc
from functions.docs.app import lambda_handler
from tests.gateway import an_event
from tests.tables import ROOT
from tests.world import Context
at_start = gc.isenabled(), gc.get_freeze_count()
lambda_handler(an_event("GET", "/api/health"), Context())
assert at_start == (IS_ENABLED, 0), at_start
assert gc.isenabled() and gc.get_freeze_count()
"""
    for function, starts_enabled in (({"AWS_LAMBDA_FUNCTION_NAME": "docs"}, "False"), ({}, "True")):
        started = [sys.executable, "-c", program.replace("IS_ENABLED", starts_enabled)]
        environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'layers' / 'ticketing'}", **function}
        ran = subprocess.run(started, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr


def test_the_executor_does_things_at_the_same_time() -> None:
    with Adapters(Settings()).executor as executor:
        assert list(executor.map(str, range(3))) == ["0", "1", "2"]
