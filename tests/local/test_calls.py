"""What is heard of a function's process during a call: its answer, and its log up to that."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from local.emulation.calls import Conversation

ANSWER = '{"status": "ok", "result": %s}'
PIPEFUL = 1 << 18


@contextmanager
def heard(code: str) -> Iterator[Conversation]:
    """Hear a program that stands for a function's; it ends when its input does."""
    program = [sys.executable, "-c", f"import os, sys\n{code}\nsys.stdin.read()"]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdout
        assert process.stderr
        yield Conversation(process.stdout.fileno(), process.stderr.fileno())
        process.kill()


def said(log: str, output: str) -> str:
    return f"os.write(2, {log!r}.encode()); os.write(1, {output!r}.encode())"


def test_the_log_is_there_with_the_answer() -> None:
    with heard(said("one\ntwo\n", ANSWER % 1 + "\n")) as conversation:
        assert conversation.answer(60) == {"status": "ok", "result": 1}
        assert conversation.log == "one\ntwo"


def test_a_function_may_log_nothing() -> None:
    with heard(said("", ANSWER % 1 + "\n")) as conversation:
        assert conversation.answer(60)["result"] == 1
        assert conversation.log == ""


def test_neither_a_long_log_nor_a_long_answer_fills_a_pipe() -> None:
    answer = ANSWER % '"%s"'
    with heard(f"os.write(2, b'x' * {PIPEFUL}); print({answer!r} % ('y' * {PIPEFUL}), flush=True)") as conversation:
        assert len(conversation.answer(60)["result"]) == PIPEFUL
        assert len(conversation.log) == PIPEFUL


def test_what_a_library_prints_before_is_no_answer() -> None:
    with heard(said("", "a line\n{}\n") + "\n" + said("", ANSWER % 2 + "\n")) as conversation:
        assert conversation.answer(60)["result"] == 2


def test_a_process_that_ends_leaves_its_last_words() -> None:
    with heard(said("its last words\n", "") + "\nos._exit(1)") as conversation:
        with pytest.raises(EOFError):
            conversation.answer(60)
        assert conversation.log == "its last words"


def test_a_call_that_takes_too_long_keeps_the_log_so_far() -> None:
    with heard(said("at work\n", "")) as conversation:
        conversation.hear(60)
        with pytest.raises(TimeoutError):
            conversation.answer(0)
        assert conversation.log == "at work"
