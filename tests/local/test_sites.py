"""The console and the demo shop of a local run: what is served, to whom, and under which policy."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import jwt
import pytest

from local import sites
from local.identity import AUDIENCE
from local.places import State
from local.ports import Ports
from tests.local_stack import free_port

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ports() -> Ports:
    port = free_port()
    return Ports(port, port)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pages that name the addresses of the run."""
    for name in ("console", "shop"):
        (tmp_path / "dist" / name).mkdir(parents=True)
        (tmp_path / "dist" / name / "index.html").write_text(f"{name} {{{{apiUrl}}}} {{{{consoleUrl}}}}")
    (tmp_path / "dist" / "console" / "console.js").write_text("{{apiUrl}}")
    monkeypatch.setattr(sites, "BUILT", tmp_path / "dist")
    return tmp_path


@pytest.fixture
def console(built: Path, ports: Ports) -> Iterator[httpx.Client]:
    with (
        sites.serving(State(built / "state"), ports) as served,
        httpx.Client(base_url=f"http://127.0.0.1:{ports.console}", timeout=60) as client,
    ):
        assert served
        yield client


def test_a_page_learns_the_addresses_of_the_run(console: httpx.Client, ports: Ports) -> None:
    assert console.get("/").text == f"console http://127.0.0.1:{ports.api} http://127.0.0.1:{ports.console}"
    assert console.get("/console.js").text == "{{apiUrl}}"


def test_the_shop_has_an_origin_of_its_own(console: httpx.Client, ports: Ports) -> None:
    assert console.get(f"http://127.0.0.1:{ports.shop}/").text.startswith("shop ")


def test_a_page_may_load_its_own_scripts_and_call_the_api(console: httpx.Client, ports: Ports) -> None:
    policy = dict(part.split(" ", 1) for part in console.get("/").headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert f"http://127.0.0.1:{ports.api}" in policy["connect-src"].split()


def test_the_console_gets_a_token_of_whom_it_names(console: httpx.Client, built: Path) -> None:
    people = console.get("/people", headers=OWN).json()
    ann = next(person for person in people if person["name"] == "Ann Agent")
    token = console.get(f"/people/{ann['customerID']}/{ann['repID']}", headers=OWN).json()["token"]
    secret = State(built / "state").secret.read_text()
    claims = jwt.decode(token, secret, ["HS256"], audience=AUDIENCE)
    assert (claims["repID"], claims["role"]) == (13, "Agent")


@pytest.mark.parametrize("site", [None, "cross-site", "same-site"])
def test_no_other_site_gets_a_token(console: httpx.Client, site: str | None) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    assert console.get("/people/1/13", headers=headers).status_code == 404


def test_nobody_gets_a_token_of_one_who_does_not_exist(console: httpx.Client) -> None:
    assert console.get("/people/1/99", headers=OWN).status_code == 404


def test_a_foreign_name_that_leads_here_is_answered_with_nothing(console: httpx.Client) -> None:
    for path in ("/", "/people", "/people/1/11"):
        assert console.get(path, headers=OWN | {"Host": "evil.example"}).status_code == 421


def test_without_pages_nothing_is_served(tmp_path: Path, ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "BUILT", tmp_path / "missing")
    with sites.serving(State(tmp_path), ports) as served:
        assert not served
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{ports.console}/")
