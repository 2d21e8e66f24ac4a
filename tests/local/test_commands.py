"""The output of the commands."""

import json
import time
from pathlib import Path

import jwt
import pytest

from bundle.places import ROOT
from local.deployment import Deployment
from local.places import State
from local.ports import Ports
from tests.local_stack import Stack, command


def claims_of(token: str, folder: Path) -> dict[str, object]:
    environment = json.loads(command("env", folder=folder).stdout)
    claims: dict[str, object] = jwt.decode(
        token, environment["secret"], [environment["algorithm"]],
        audience=environment["audience"], issuer=environment["issuer"],
    )  # fmt: skip
    return claims


def test_env_tells_how_to_reach_the_run(stack: Stack) -> None:
    environment = stack.environment()
    port = stack.baseUrl.rsplit(":", 1)[1]
    assert environment["baseUrl"] == stack.baseUrl
    assert environment["awsEndpoint"] == f"http://localhost:{port}"
    assert environment["console"] == f"http://127.0.0.1:{int(port) + 2}"
    assert environment["shop"] == f"http://127.0.0.1:{int(port) + 3}"
    assert environment["algorithm"] == "HS256"
    assert {"tickets", "messages", "calls", "directory", "ephemera"} <= set(environment["tables"])
    assert "recordingsBucket" in environment


def test_env_works_before_anything_ran(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    first, second = (json.loads(command("env", folder=folder, PORT="3456").stdout) for _ in range(2))
    assert first == second
    assert first["baseUrl"] == "http://127.0.0.1:3456"
    assert len(first["secret"]) >= 32
    assert first["tables"] == {}


def test_two_state_folders_have_two_secrets(tmp_path: Path) -> None:
    secrets = {json.loads(command("env", folder=tmp_path / name).stdout)["secret"] for name in ("one", "two")}
    assert len(secrets) == 2


def test_the_secret_is_for_its_owner_only(tmp_path: Path) -> None:
    command("env", folder=tmp_path)
    assert State(tmp_path).secret.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("customer", "rep", "role"),
    [(1, 11, "Administrator"), (1, 12, "Supervisor"), (1, 13, "Agent"), (1, 15, "Restricted"), (2, 22, "Agent")],
)
def test_a_representatives_token_has_the_role_of_the_directory(
    tmp_path: Path, customer: int, rep: int, role: str
) -> None:
    printed = command("token", "--customer", str(customer), "--rep", str(rep), folder=tmp_path).stdout
    claims = claims_of(printed.strip(), tmp_path)
    assert {name: claims[name] for name in ("customerID", "repID", "role")} == {
        "customerID": customer,
        "repID": rep,
        "role": role,
    }
    assert "auth" not in claims


def test_a_phone_contexts_token_names_its_channel_and_nobody(tmp_path: Path) -> None:
    claims = claims_of(command("token", "--customer", "1", "--channel", "3", folder=tmp_path).stdout.strip(), tmp_path)
    assert (claims["auth"], claims["customerID"], claims["channelID"]) == ("phone", 1, 3)
    assert not {"repID", "role"} & set(claims)


def test_a_token_lasts_as_long_as_is_asked_for(tmp_path: Path) -> None:
    before = int(time.time())
    printed = command("token", "--customer", "1", "--rep", "11", "--expires", "120", folder=tmp_path).stdout
    claims = claims_of(printed.strip(), tmp_path)
    issued, expires = claims["iat"], claims["exp"]
    assert isinstance(issued, int)
    assert isinstance(expires, int)
    assert expires - issued == 120
    assert issued >= before


def test_a_token_of_somebody_unknown_is_one_clear_line(tmp_path: Path) -> None:
    refused = command("token", "--customer", "2", "--rep", "11", folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "error: Customer 2 has no representative 11: see local/demo/directory.json.\n"


def test_a_request_of_events_gets_the_token_of_whom_it_names(tmp_path: Path) -> None:
    printed = command("event", "events/tickets/list.json", folder=tmp_path).stdout
    token = json.loads(printed)["headers"]["authorization"].removeprefix("Bearer ")
    assert claims_of(token, tmp_path)["repID"] == 11
    printed = command("event", "events/summary/read-by-phone.json", folder=tmp_path).stdout
    token = json.loads(printed)["headers"]["authorization"].removeprefix("Bearer ")
    assert claims_of(token, tmp_path)["channelID"] == 3


def test_a_request_without_anybody_stays_as_it_is(tmp_path: Path) -> None:
    printed = command("event", "events/docs/health.json", folder=tmp_path).stdout
    assert printed == (ROOT / "events" / "docs" / "health.json").read_text()


def test_a_request_that_there_is_not_is_one_clear_line(tmp_path: Path) -> None:
    refused = command("event", "events/none.json", folder=tmp_path)
    assert (refused.returncode, refused.stderr) == (1, "error: There is no file events/none.json.\n")


def test_the_emulator_may_be_on_a_port_of_its_own(tmp_path: Path) -> None:
    Ports(4000, 4001).record(State(tmp_path))
    environment = json.loads(command("env", folder=tmp_path, PORT="").stdout)
    assert (environment["baseUrl"], environment["awsEndpoint"]) == ("http://127.0.0.1:4000", "http://localhost:4001")
    environment = json.loads(command("env", folder=tmp_path, PORT="5000").stdout)
    assert (environment["baseUrl"], environment["awsEndpoint"]) == ("http://127.0.0.1:5000", "http://localhost:5000")


def test_every_output_that_names_a_table_becomes_a_role() -> None:
    deployment = Deployment("", {"TicketsTable": "t", "EphemeraTable": "e", "ApiUrl": "u", "RecordingsBucket": "r"})
    assert deployment.tables == {"ephemera": "e", "tickets": "t"}
    assert deployment.recordings_bucket == "r"


def test_a_chat_is_begun_in_the_demo_shop(stack: Stack) -> None:
    reply = json.loads(command("chat", "Hello there", folder=stack.folder).stdout)
    assert (reply["channelID"], reply["channelName"], reply["status"]) == (2, "Webshop", "Open")
    assert len(reply["visitorKey"]) == 40


def test_no_chat_is_begun_where_nothing_runs(tmp_path: Path) -> None:
    refused = command("chat", folder=tmp_path, PORT="9")
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: http://127.0.0.1:9/api/Tickets/createchatticket is not answered")
