"""A directory file is read strictly: what is misspelt in it is named, wherever it stands, and all of it at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from bundle.errors import CannotContinue
from deploy.directory_file import customers_in
from local.demo import HERE
from tests.builders import acme, globex
from ticketing.directory.model import Channel, CustomerSettings, EndUser, Rep

ACME = "/customers/0"
REP = {"repID": 11, "name": "Ada", "role": "Agent"}
CHANNEL = {"channelID": 2, "name": "Shop", "type": "Chat", "token": "11111111-1111-4111-8111-111111111111"}
ASSIGN = {"actionID": 1, "hookName": "OnClose", "type": "Assign", "customerRepID": 11}
SET_TOPICS = {"actionID": 1, "hookName": "OnClose", "type": "SetTopics", "topicIDs": [1]}
API_CALL = {"actionID": 1, "hookName": "OnClose", "type": "ApiCall", "url": "https://hooks.example/"}
TOPIC = {"topicID": 1, "name": "Billing"}


def refused(folder: Path, *customers: dict[str, Any], **members: Any) -> list[str]:
    """Return the lines of a refusal, without the first."""
    file = folder / "directory.json"
    file.write_text(json.dumps({"customers": [{"name": "Acme"} | customer for customer in customers], **members}))
    with pytest.raises(CannotContinue) as refusal:
        customers_in(file)
    first, *lines = str(refusal.value).splitlines()
    assert first == f"{file} is not taken:"
    return [line.strip() for line in lines]


def refused_in_acme(folder: Path, **fields: Any) -> list[str]:
    return refused(folder, {"customerID": 1, **fields})


UNKNOWN: dict[str, dict[str, Any]] = {
    "agentscope": {"agentscope": "All"},
    "reps/0/fone": {"reps": [REP | {"fone": "+3225550113"}]},
    "channels/0/hostname": {"channels": [CHANNEL | {"hostname": ["shop.example"]}]},
    "topics/0/text": {"topics": [TOPIC | {"text": "x"}]},
    "endUsers/0/uid": {"endUsers": [{"endUserID": 31, "name": "Jane", "uids": [], "uid": "x"}]},
    "actions/0/customerRepId": {"reps": [REP], "actions": [ASSIGN | {"customerRepId": 11}]},
}


@pytest.mark.parametrize("place", UNKNOWN)
def test_an_unknown_member_is_refused(tmp_path: Path, place: str) -> None:
    assert refused_in_acme(tmp_path, **UNKNOWN[place]) == [f"{ACME}/{place} is no field that can be written"]


def test_an_unknown_member_of_the_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, {"customerID": 1}, clients=[]) == ["/clients is no field that can be written"]


MALFORMED: list[tuple[str, dict[str, Any]]] = [
    ("name", {"name": " "}),
    ("cleanupDays", {"cleanupDays": -5}),
    ("cleanupDays", {"cleanupDays": 10**9}),
    ("agentScope", {"agentScope": "all"}),
    ("reps/0/role", {"reps": [REP | {"role": "Superviser"}]}),
    ("reps/0/role", {"reps": [REP | {"role": "agent"}]}),
    *((("reps/0/name", {"reps": [REP | {"name": name}]})) for name in (" ", "\xa0", "\u3000")),
    *((("reps/0/phone", {"reps": [REP | {"phone": phone}]})) for phone in ("0470 12 34 56", "+0470", "", "sip:ada@x")),
    *((("channels/0/type", {"channels": [CHANNEL | {"type": kind}]})) for kind in ("chat", "PHONE", "", "x" * 21)),
    ("channels/0/token", {"channels": [CHANNEL | {"token": "secret"}]}),
    *(
        ("channels/0/hostnames/0", {"channels": [CHANNEL | {"hostnames": [name]}]})
        for name in (
            "https://shop.example",
            "shop.example:8080",
            "shop.example/",
            "*",
            "*shop.example",
            "shöp.example",
            "",
        )
    ),
    ("topics/0/name", {"topics": [TOPIC | {"name": ""}]}),
    *(
        ("endUsers/0/uids/1", {"endUsers": [{"endUserID": 31, "name": "Jane", "uids": ["jane", uid]}]})
        for uid in ("", "x" * 255, "x" * 2000)
    ),
    ("actions/0/hookName", {"actions": [API_CALL | {"hookName": "OnClosed"}]}),
    ("actions/0/type", {"actions": [API_CALL | {"type": "Call"}]}),
    *(
        ("actions/0/url", {"actions": [API_CALL | {"url": url}]})
        for url in (
            "http://hooks.example/",
            "https://hooks.example:65536/",
            "https://hooks..example/",
            f"https://{'a' * 64}.example/",
        )
    ),
    ("actions/0/customerRepID", {"reps": [REP], "actions": [ASSIGN | {"customerRepID": 99}]}),
    ("actions/0/customerRepID", {"reps": [REP | {"active": False}], "actions": [ASSIGN]}),
    ("actions/0/topicIDs/0", {"actions": [SET_TOPICS]}),
    ("actions/0/topicIDs/1", {"topics": [TOPIC], "actions": [SET_TOPICS | {"topicIDs": [1, 2]}]}),
    ("actions/0/topicID", {"topics": [TOPIC], "actions": [API_CALL | {"topicID": 2}]}),
    ("reps/1", {"reps": [REP, REP]}),
    ("channels/1/token", {"channels": [CHANNEL, CHANNEL | {"channelID": 3}]}),
]


@pytest.mark.parametrize(("place", "fields"), MALFORMED, ids=str)
def test_what_would_never_work_is_refused_by_its_place(tmp_path: Path, place: str, fields: dict[str, Any]) -> None:
    (line,) = refused_in_acme(tmp_path, **fields)
    assert line.startswith(f"{ACME}/{place} ")


SOUND: list[dict[str, Any]] = [
    {"channels": [CHANNEL | {"hostnames": ["shop.example", "*.Acme.example", "localhost", "xn--shp-sna.example"]}]},
    {"channels": [CHANNEL | {"type": kind} for kind in ("Phone",)]},
    {"channels": [{"channelID": 1, "name": "Fax", "type": "Fax"}]},
    {"endUsers": [{"endUserID": 31, "name": "Jane", "uids": ["x" * 254, "\U0001f600" * 254]}]},
    {"reps": [REP], "topics": [TOPIC], "actions": [ASSIGN, SET_TOPICS | {"actionID": 2}, API_CALL | {"actionID": 3}]},
    {"actions": [ASSIGN | {"customerRepID": 0}, API_CALL | {"actionID": 2, "url": "http://localhost:8080/x"}]},
    {"actions": [API_CALL | {"url": f"https://{'a' * 63}.example.:65535/x?y"}]},
    {"actions": [each | {"active": False} for each in (ASSIGN, SET_TOPICS | {"actionID": 2})]},
    {"cleanupDays": 0, "detectOnArrival": True},
]


@pytest.mark.parametrize("fields", SOUND, ids=str)
def test_what_works_is_taken(tmp_path: Path, fields: dict[str, Any]) -> None:
    file = tmp_path / "directory.json"
    file.write_text(json.dumps({"customers": [{"customerID": 1, "name": "Acme"} | fields]}))
    assert [customer.customerID for customer in customers_in(file)] == [1]


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    lines = refused(
        tmp_path,
        {
            "customerID": 1,
            "reps": [REP | {"role": "Superviser", "fone": "1"}],
            "actions": [ASSIGN | {"customerRepID": 9}],
        },
        {"customerID": 1, "cleanupDays": -1},
    )
    assert [line.split()[0] for line in lines] == [
        "/customers/0/reps/0/fone",
        "/customers/0/reps/0/role",
        "/customers/1/cleanupDays",
        "/customers/1/customerID",
        "/customers/0/actions/0/customerRepID",
    ]


def test_the_demo_worlds_file_is_sound() -> None:
    assert [customer.customerID for customer in customers_in(HERE / "directory.json")] == [1, 2]


def test_what_is_stored_stays_readable() -> None:
    assert Rep.model_validate({"repID": 1, "name": "", "role": "Superviser", "fone": "1"}).phone is None
    assert Channel.model_validate({"channelID": 1, "name": "x", "type": "chat", "hostnames": ["https://x"]}).hostnames
    assert EndUser.model_validate({"endUserID": 1, "name": "x", "uids": ["x" * 2000], "more": 1}).uids
    assert CustomerSettings.model_validate({"cleanupDays": -5}).cleanupDays == -5


def test_a_file_that_is_made_of_customers_is_read_as_them(tmp_path: Path) -> None:
    file = tmp_path / "directory.json"
    customers = [acme(), globex()]
    file.write_text(json.dumps({"customers": [customer.model_dump(mode="json") for customer in customers]}))
    assert customers_in(file) == customers
