"""The contract of ChatChannels, on every engine."""

from uuid import uuid4

from tests.backends import Backend
from tests.builders import acme
from ticketing.directory.model import Channel


def a_chat(token: str | None, channelID: int = 2, active: bool = True) -> Channel:
    hostnames = ["shop.example", "*.acme.example"]
    return Channel(channelID=channelID, name="Webshop", type="Chat", token=token, hostnames=hostnames, active=active)


def test_a_channel_is_found_by_its_token_as_it_was_loaded(backend: Backend, customerID: int) -> None:
    token, closed = str(uuid4()), str(uuid4())
    channels = [a_chat(token), a_chat(closed, 7, active=False), a_chat(None, 8)]
    backend.directory.load(acme(customerID=customerID, channels=channels))
    found = backend.chat_channels.with_token(token)
    assert found is not None
    assert (found.customerID, found.channel, found.is_open) == (customerID, channels[0], True)
    inactive = backend.chat_channels.with_token(closed)
    assert inactive is not None
    assert (inactive.channel, inactive.is_open) == (channels[1], False)


def test_an_unknown_token_is_nobody_s(backend: Backend) -> None:
    assert backend.chat_channels.with_token(str(uuid4())) is None


def test_a_token_that_two_channels_have_is_nobody_s(backend: Backend, customerID: int) -> None:
    token = str(uuid4())
    backend.directory.load(acme(customerID=customerID, channels=[a_chat(token), a_chat(token, 3)]))
    assert backend.chat_channels.with_token(token) is None
