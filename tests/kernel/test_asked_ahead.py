"""Calls that are asked for ahead: under way at the same time without threads, and as sure as others."""

import gc
import socket
from threading import Barrier
from unittest.mock import Mock

import pytest

from tests.engines import client_of
from tests.kernel.service import Asked, StandIn, octets, saying, serving
from tests.local_stack import free_port, wait_until
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import Engine
from ticketing.kernel.timelimit import within

pytestmark = pytest.mark.usefixtures("no_pauses")
CUT_OFF = octets(b"", stays_open=False)


def engine_of(service: StandIn) -> Engine:
    return Engine(client_of(service.url))


def test_calls_are_under_way_at_the_same_time_over_connections_that_are_used_again() -> None:
    together = Barrier(3, timeout=60)

    def meet(asked: Asked, line: socket.socket) -> bool:
        together.wait()
        return saying(asked.body)(asked, line)

    with serving(meet) as service:
        engine = engine_of(service)
        for _ in range(2):
            waits = [engine.ask("get_item", TableName=name) for name in "abc"]
            assert [wait() for wait in waits] == [{"TableName": name} for name in "abc"]
        assert (service.connections, len(service.asked)) == (3, 6)


def test_a_call_whose_answer_is_lost_is_made_again_when_it_is_waited_for() -> None:
    with serving(CUT_OFF, saying(b'{"n": 1}')) as service:
        wait = engine_of(service).ask("get_item", TableName="t")
        assert wait() == {"n": 1}
        assert len(service.asked) == 2


def test_a_call_that_fails_for_good_fails_when_it_is_waited_for_after_three_tries() -> None:
    with serving(CUT_OFF) as service:
        wait = engine_of(service).ask("get_item", TableName="t")
        with pytest.raises(Unavailable) as refusal:
            wait()
        assert refusal.value.about == "GetItem of t: EOFError"
        assert len(service.asked) == 3


def test_a_call_that_cannot_be_sent_fails_when_it_is_waited_for() -> None:
    wait = Engine(client_of(f"http://127.0.0.1:{free_port()}")).ask("get_item", TableName="t")
    with pytest.raises(Unavailable) as refusal:
        wait()
    assert refusal.value.about == "GetItem of t: ConnectionRefusedError"


def test_calls_to_a_host_that_is_not_reached_do_not_each_wait_for_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = Mock(wraps=socket.getaddrinfo)
    monkeypatch.setattr("socket.getaddrinfo", look_up)
    with serving(saying()) as service:
        port = int(service.url.rpartition(":")[2])
        engine = Engine(client_of(f"http://127.0.0.1:{free_port()}"))
        waits = [engine.ask("get_item", TableName="t") for _ in range(5)]
        assert look_up.call_count == 1
        engine._client.connections._address = (b"127.0.0.1", port)
        assert [wait() for wait in waits] == [{}] * 5


def test_nothing_is_sent_ahead_when_no_time_is_left() -> None:
    with serving(saying()) as service, within(0):
        wait = engine_of(service).ask("get_item", TableName="t")
        with pytest.raises(Unavailable):
            wait()
        assert service.asked == []


def test_a_connection_whose_answer_nobody_wants_is_used_for_nothing_else() -> None:
    with serving(saying(b'{"n": 1}'), saying(b'{"n": 2}')) as service:
        engine = engine_of(service)
        engine.ask("get_item", TableName="t")
        assert engine.call("get_item", TableName="t")["n"] in (1, 2)
        assert engine.call("get_item", TableName="t") == {"n": 2}
        assert service.connections == 2


def test_a_connection_whose_answer_is_lost_in_a_circle_is_closed() -> None:
    with serving(saying()) as service:
        client = client_of(service.url)
        circle: list[object] = [client.ask("GetItem", {})]
        circle.append(circle)
        (lent,) = client.connections._lent
        del circle

        def is_closed() -> bool:
            gc.collect()  # does nothing while another thread collects
            return lent.fileno() == -1

        wait_until(is_closed)
        assert client.connections._lent == set()


def test_a_connection_that_was_given_back_is_not_closed_by_whoever_had_it() -> None:
    with serving(saying()) as service:
        client = client_of(service.url)
        first = client.ask("GetItem", {})
        first()
        second = client.ask("GetItem", {})
        del first
        gc.collect()
        assert second() == {}
        assert service.connections == 1


def test_the_first_page_is_asked_for_ahead_and_the_others_when_they_are_wanted() -> None:
    first = saying(b'{"Items": [{"n": {"N": "1"}}], "LastEvaluatedKey": {"n": {"N": "1"}}}')
    with serving(first, saying(b'{"Items": [{"n": {"N": "2"}}]}')) as service:
        pages = engine_of(service).asked_pages("query", {"TableName": "t"})
        assert next(pages) == [{"n": 1}]
        assert len(service.asked) == 1
        assert list(pages) == [[{"n": 2}]]
        assert b"ExclusiveStartKey" in service.asked[1].body
