"""The console and the demo shop of a local run, each from an origin of its own, as in production."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import ThreadingHTTPServer

from bundle.places import ROOT
from local.identity import rep_token
from local.places import State
from local.ports import Ports
from local.server import HOST, url
from local.site import Console, Site

BUILT = ROOT / "web" / "dist"
LIFETIME = 8 * 3600
"""Seconds that a token from the console's page lasts: a day's work."""


@contextmanager
def serving(state: State, ports: Ports) -> Iterator[bool]:
    """Serve both for as long as is needed; give False, and serve nothing, where they are not built."""
    with ExitStack() as open_servers:
        if BUILT.is_dir():
            api, console = url(ports.api), url(ports.console)
            stored = f"{api} http://localhost:{ports.emulator}"  # recordings come from the emulator's S3
            policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src 'self'"
            addresses = {"apiUrl": api, "consoleUrl": console, "peopleUrl": "people"}
            shared = {"addresses": addresses, "directory": str(BUILT / "console")}
            console_policy = (
                f"{policy}; script-src 'self'; style-src 'self'; connect-src 'self' {stored}; media-src {stored}"
            )
            shop_policy = f"{policy}; script-src {console}; style-src 'self'; connect-src {api}"
            token = partial(rep_token, state, lifetime=LIFETIME)
            for port, site in (
                (ports.console, partial(Console, policy=console_policy, token=token, **shared)),
                (ports.shop, partial(Site, policy=shop_policy, **shared | {"directory": str(BUILT / "shop")})),
            ):
                server = open_servers.enter_context(ThreadingHTTPServer((HOST, port), site))
                open_servers.callback(server.shutdown)
                threading.Thread(target=server.serve_forever, daemon=True).start()
        yield BUILT.is_dir()
