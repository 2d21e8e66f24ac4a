"""Checks which sites a webchat may be used on: what the contract lets in, and every other spelling that stays out."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.webchat.admission import admits

WEBSHOP = ["shop.example", "*.acme.example", "localhost"]
PUBLIC = ["shop.example", "*.acme.example"]

ADMITTED = [
    "https://shop.example",
    "https://SHOP.example",
    "HTTPS://shop.example",
    "https://a.acme.example",
    "https://a.b.acme.example",
    "https://x-1.acme.example",
    "http://localhost",
    "https://localhost",
    "http://localhost:8080",
    "https://localhost:1",
    "http://127.0.0.1",
    "http://127.0.0.1:3000",
]
FOREIGN = [
    "",
    "null",
    "https://",
    "https:///",
    "//shop.example",
    "shop.example",
    "http://shop.example",
    "ftp://shop.example",
    "wss://shop.example",
    "https:shop.example",
    "https:/shop.example",
    "https:\\\\shop.example",
    "https://shop.example:443",
    "https://shop.example:",
    "https://shop.example:8443",
    "https://shop.example/",
    "https://shop.example?",
    "https://shop.example#",
    "https://shop.example.",
    "https://.shop.example",
    "https://shop..example",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "https://evil-shop.example",
    "https://sub.shop.example",
    "https://shop.example@evil.example",
    "https://evil.example@shop.example",
    "https://user:secret@shop.example",
    "https://shop.example\\@evil.example",
    "https://evil.example\\.acme.example",
    "https://evil.example/.acme.example",
    "https://evil.example#.acme.example",
    "https://evil.example?.acme.example",
    "https://evil.example%00.acme.example",
    "https://evil.example%2f.acme.example",
    "https://evil.example\x00.acme.example",
    "https://evil.example\t.acme.example",
    "https://shop.example\n",
    "https://shop.example\r\nX: y",
    " https://shop.example",
    "https://shop.example ",
    "https:// shop.example",
    "https://shop.example,https://evil.example",
    "https://evil.example, https://shop.example",
    "https://acme.example",
    "https://.acme.example",
    "https://..acme.example",
    "https://a..acme.example",
    "https://*.acme.example",
    "https://a_b.acme.example",
    "https://evilacme.example",
    "https://a.acme.example.evil.example",
    "https://a.acme.example:443",
    "http://a.acme.example",
    "https://shop.exampl\u0435",
    "https://\u017fhop.example",
    "https://shop\u3002example",
    "https://shop\uff0eexample",
    "https://\uff53hop.example",
    "http\u017f://shop.example",
    "https://loca\u200blhost",
    "http://localhost.",
    "http://localhost.evil.example",
    "http://evil.localhost",
    "http://localhost@evil.example",
    "http://localhost:80:80",
    "http://localhost:80@evil.example",
    "http://localhost:x",
    "http://localhost:\u0661",
    "http://localhost:123456",
    "http://127.0.0.1.evil.example",
    "http://127.1",
    "http://2130706433",
    "http://0x7f.0.0.1",
    "http://[::1]",
    "http://127.0.0.2",
    "file://localhost",
]


@pytest.mark.parametrize("origin", ADMITTED)
def test_a_site_of_the_channel_is_admitted(origin: str) -> None:
    assert admits(WEBSHOP, origin, None)


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_origin_is_not_admitted(origin: str) -> None:
    assert not admits(WEBSHOP, origin, None)


@pytest.mark.parametrize("origin", [origin for origin in ADMITTED if "localhost" in origin or "127" in origin])
def test_this_machine_is_foreign_where_it_is_not_listed(origin: str) -> None:
    assert not admits(PUBLIC, origin, None)


@pytest.mark.parametrize("path", ["", "/", "/a/b?c=d#e", "?q", "#h", "/@evil.example", "/\\evil.example", "/ü"])
@pytest.mark.parametrize("origin", ADMITTED)
def test_where_there_is_no_origin_the_referer_counts(origin: str, path: str) -> None:
    assert admits(WEBSHOP, None, origin + path)


@pytest.mark.parametrize("end", ["", "/", "/page"])
@pytest.mark.parametrize("origin", [origin for origin in FOREIGN if origin[-1:] not in set("/?#")])
def test_a_foreign_referer_is_not_admitted(origin: str, end: str) -> None:
    assert not admits(WEBSHOP, None, origin + end)


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example"])
def test_the_referer_does_not_count_beside_an_origin(origin: str) -> None:
    assert not admits(WEBSHOP, origin, "https://shop.example/")


def test_nobody_is_admitted_without_origin_and_referer() -> None:
    assert not admits(WEBSHOP, None, None)
    assert not admits(WEBSHOP, None, "")
    assert not admits([], "https://shop.example", None)


@pytest.mark.parametrize("name", ["*", "*.", "*..", ".", "", "**.example", "https://evil.example", "*example"])
def test_a_hostname_that_is_none_admits_nobody(name: str) -> None:
    assert not admits([name], "https://evil.example", None)


def test_hostnames_ignore_ascii_case_and_no_other() -> None:
    assert admits(["Shop.Example"], "https://shop.example", None)
    assert admits(["*.ACME.example"], "https://a.acme.example", None)
    assert not admits(["\u212aing.example"], "https://king.example", None)


LABEL = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=8)
HOST = st.lists(LABEL, min_size=1, max_size=4).map(".".join)
HOSTILE = st.text(st.sampled_from("htps:/shop.examplacdoc@\\#?%*.,[]_\u212a\u017f\u3002\t 0123456789"), max_size=40)


@given(st.text() | HOSTILE | HOSTILE.map("https://".__add__), st.none() | st.text())
def test_only_an_origin_in_full_is_ever_admitted(origin: str, referer: str | None) -> None:
    if admits(PUBLIC, origin, referer):
        host = origin.lower().removeprefix("https://")
        labels = host.removesuffix(".acme.example").split(".")
        assert origin.isascii()
        assert host == "shop.example" or (host.endswith(".acme.example") and all(labels))


@given(st.sampled_from(["https://shop.example", "https://a.acme.example"]), st.data())
def test_one_more_character_anywhere_makes_it_foreign(origin: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(origin)))
    character = data.draw(st.characters(exclude_characters=string.ascii_letters + string.digits + ".-"))
    assert not admits(PUBLIC, origin[:at] + character + origin[at:], None)


@given(HOST)
def test_a_host_is_admitted_by_its_own_name_and_by_every_suffix_of_it(host: str) -> None:
    labels = host.split(".")
    assert admits([host], f"https://{host}", None)
    for cut in range(1, len(labels)):
        assert admits([f"*.{'.'.join(labels[cut:])}"], f"https://{host}", None)
    assert not admits([f"*.{host}"], f"https://{host}", None)
