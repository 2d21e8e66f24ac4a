"""Checks a URL that the directory takes but nobody can call is told as one that was not delivered to."""

import pytest

from ticketing.hooks.https import SignedWebhooks
from ticketing.hooks.ports import Undelivered


@pytest.mark.parametrize("url", ["https://hooks.example:99999/", f"https://{'a' * 64}.example/", "https://a..example/"])
def test_a_url_that_names_no_host_or_port_is_undelivered(url: str) -> None:
    with pytest.raises(Undelivered):
        SignedWebhooks(lambda _: "secret", lambda: 0.0).post(url, "1/OnClose/1", "d", "{}")
