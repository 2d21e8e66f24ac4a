"""The log of a call ends at a mark."""

from queue import Queue
from types import SimpleNamespace

import pytest

from local.emulation import logs


def worker(*lines: str) -> SimpleNamespace:
    queue = Queue[str]()
    for line in lines:
        queue.put(line)
    return SimpleNamespace(_stderr_queue=queue)


def test_a_call_takes_the_lines_up_to_the_mark_and_leaves_the_next_ones() -> None:
    process = worker("one", "two", logs.MARK, "of the next call", logs.MARK)
    assert logs.log_of_call(process) == "one\ntwo"
    assert logs.log_of_call(process) == "of the next call"


def test_a_call_that_logs_nothing_has_an_empty_log() -> None:
    assert logs.log_of_call(worker(logs.MARK)) == ""


def test_a_process_that_died_has_the_lines_that_it_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "PATIENCE", 0)
    assert logs.log_of_call(worker("its last words")) == "its last words"
