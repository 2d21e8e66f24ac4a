"""The operator's command, on a real engine: search and totals are made again, and a bar says how far it is."""

from collections.abc import Iterator
from io import StringIO

import pytest

from bundle.errors import CannotContinue
from deploy.rebuild import Progress, rebuild, settings_of
from tests.backends import application_on
from tests.builders import ACME, a_ticket
from tests.engines import REGION, Tables, moto
from ticketing.errors import Unavailable
from ticketing.kernel.text import Term
from ticketing.lists.query import Filters
from ticketing.lists.rebuilding import Rebuilding


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tables]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with moto() as tables:
        yield tables


def outputs_of(tables: Tables) -> dict[str, str]:
    names = {f"{role.capitalize()}Table": name for role, name in tables.names.items()}
    return {**names, "JobsQueue": "https://queue.example", "ApiUrl": "https://api.example"}


def test_what_the_streams_never_brought_is_there_afterwards(tables: Tables, capsys: pytest.CaptureFixture[str]) -> None:
    world = application_on(tables).adapters
    for ticketID in (1, 2, 3):
        world.tickets.create(a_ticket(ticketID=ticketID, subject="Refund"))
    assert world.ticket_counts.totals(ACME, None).total(Filters()) == 0
    rebuild(outputs_of(tables))
    assert world.ticket_counts.totals(ACME, None).total(Filters()) == 3
    assert list(world.search.tickets(ACME, Term("refund"))) == [1, 2, 3]
    assert "tickets" in capsys.readouterr().err


def test_a_store_that_is_too_busy_is_a_line_to_the_reader(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Unavailable("The store is busy.")

    monkeypatch.setattr(Rebuilding, "run", busy)
    with pytest.raises(CannotContinue):
        rebuild(outputs_of(tables))


def test_outputs_become_what_functions_are_told() -> None:
    settings = settings_of({"TicketsTable": "t", "JobsQueue": "q", "ApiUrl": "u"})
    assert settings == {"TICKETS_TABLE": "t", "JOBS_QUEUE": "q"}


def test_an_older_stack_is_refused() -> None:
    with pytest.raises(CannotContinue):
        settings_of({"TicketsTable": "t"})


@pytest.mark.parametrize(
    ("done", "line"),
    [
        (0, f"tickets   [{'-' * 40}]   0 %  0"),
        (2_500, f"tickets   [{'#' * 10}{'-' * 30}]  25 %  2,500"),
        (12_000, f"tickets   [{'#' * 40}] 100 %  12,000"),
    ],
)
def test_a_bar_shows_its_share_and_number(done: int, line: str) -> None:
    assert Progress({"tickets": 10_000}, StringIO()).line("tickets", done) == line


def test_the_bar_of_an_empty_table_is_full() -> None:
    assert "100 %" in Progress({"tickets": 0}, StringIO()).line("tickets", 0)


def test_each_bar_has_its_own_line() -> None:
    stream = StringIO()
    with Progress({"tickets": 1, "messages": 1}, stream) as progress:
        for name, done in (("tickets", 0), ("tickets", 1), ("messages", 1)):
            progress(name, done)
    assert [line.split("\r")[-1].split()[0] for line in stream.getvalue().split("\n")[:-1]] == ["tickets", "messages"]
