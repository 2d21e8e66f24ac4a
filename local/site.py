"""A folder of pages, served to this machine's browsers; its pages learn the addresses of this run."""

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from bundle.errors import CannotContinue
from bundle.pages import filled_in
from local.demo import directory
from local.server import HOST

PERSON = re.compile(r"/people/(\d{1,9})/(\d{1,9})")
"""Asks for a token of a customer's representative."""


class Site(SimpleHTTPRequestHandler):
    """Serve a folder. `policy` says what its pages may load, `addresses` what stands for `{{name}}` in them."""

    def __init__(self, *given: Any, policy: str, addresses: dict[str, str], **named: Any) -> None:
        self.policy, self.addresses = policy, addresses
        super().__init__(*given, **named)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with a page, its addresses filled in, or with a file as it is."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix == ".html" and page.is_file():
            return self.answer(filled_in(page.read_text(), self.addresses), "text/html; charset=utf-8")
        return super().send_head()

    def parse_request(self) -> bool:
        """Refuse what comes by a name of somebody else's that leads here."""
        if not super().parse_request():
            return False
        if self.headers.get("Host", "").partition(":")[0] in (HOST, "localhost"):
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def answer(self, text: str, media_type: str) -> BytesIO:
        """Begin a 200 with a text, and return the text to be sent."""
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def end_headers(self) -> None:
        """Add what every reply has."""
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "cross-origin")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Log nothing: the browser's tools show the same."""


class Console(Site):
    """Serve the console, and to it alone the tokens of the demo data's representatives, made by `token`."""

    def __init__(self, *given: Any, token: Callable[[int, int], str], **named: Any) -> None:
        self.token = token
        super().__init__(*given, **named)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with the people of the demo data, with a token of one of them, or with a file."""
        if self.headers.get("Sec-Fetch-Site") in ("same-origin", "none"):
            if self.path == "/people":
                return self.answer(json.dumps(people()), "application/json")
            if person := PERSON.fullmatch(self.path):
                return self._token(int(person[1]), int(person[2]))
        return super().send_head()

    def _token(self, customer: int, rep: int) -> BytesIO | None:
        try:
            return self.answer(json.dumps({"token": self.token(customer, rep)}), "application/json")
        except CannotContinue:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None


def people() -> list[dict[str, Any]]:
    """Return the active representatives of the demo data."""
    return [
        {"customerID": customer["customerID"], "customer": customer["name"]}
        | {"repID": rep["repID"], "name": rep["name"], "role": rep["role"]}
        for customer in directory()
        for rep in customer["reps"]
        if rep["active"]
    ]
