"""The console and the demo shop of a local run, each from an origin of its own, as in production."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bundle.pages import BUILT
from local.identity import rep_token
from local.places import State
from local.ports import Ports
from local.server import HOST, url
from local.site import Console, Site

LIFETIME = 8 * 3600
"""Seconds that a token from the console's page lasts: a day's work."""
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src 'self'; style-src 'self'"
)


@contextmanager
def serving(state: State, ports: Ports) -> Iterator[bool]:
    """Serve both for as long as is needed; give False, and serve nothing, where they are not built."""
    if not BUILT.is_dir():
        yield False
        return
    addresses = {"apiUrl": url(ports.api), "consoleUrl": url(ports.console), "peopleUrl": "people"}
    with (
        _listening(ports.console, _console(state, ports, addresses)),
        _listening(ports.shop, _shop(ports, addresses)),
    ):
        yield True


def console_policy(ports: Ports) -> str:
    """Return what the console's pages may load and reach."""
    stored = f"{url(ports.api)} http://localhost:{ports.emulator}"  # recordings come from the emulator's S3
    return f"{POLICY}; script-src 'self'; font-src 'self'; connect-src 'self' {stored}; media-src {stored}"


def _console(state: State, ports: Ports, addresses: dict[str, str]) -> Callable[..., Console]:
    policy = console_policy(ports)
    token = partial(rep_token, state, lifetime=LIFETIME)
    return partial(Console, token=token, policy=policy, addresses=addresses, directory=str(BUILT / "console"))


def _shop(ports: Ports, addresses: dict[str, str]) -> Callable[..., Site]:
    policy = f"{POLICY}; script-src {url(ports.console)}; connect-src {url(ports.api)}"
    return partial(Site, policy=policy, addresses=addresses, directory=str(BUILT / "shop"))


@contextmanager
def _listening(port: int, handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[None]:
    with ThreadingHTTPServer((HOST, port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
