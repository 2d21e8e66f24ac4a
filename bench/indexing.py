"""Measures the indexer's processor time for 100 changes: `python -m bench.indexing`.

Its handler (feed, history, counts and search) is given one batch of a stream again and again, with the replies that an
engine gave the first time, as in bench/warm.py, whose GET is measured in turn with it. Prints milliseconds of processor
time, the least of each.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from itertools import batched, islice
from typing import Any

from bench.command import command_line
from bench.export import imported
from bench.population import NOW, tickets
from bench.replay import Replies
from bench.warm import Context, _environment, _event, _handler
from deploy.progress import shown
from tests.stream_records import a_batch, a_message_record, a_record
from ticketing.lambda_handler import deployed
from ticketing.tickets.model import Ticket

TICKETS = 2_000
BATCH = 100
INDEXER = "functions.indexer.app"
ROUNDS = 40
type Work = Callable[[], None]


def main() -> None:
    """Measure each batch, and print what it took."""
    command_line(__doc__).parse_args()
    with _measured() as works:
        least = dict.fromkeys(works, float("inf"))
        for _ in shown(range(ROUNDS), "rounds"):
            for name, work in works.items():
                begun = time.process_time_ns()
                work()
                least[name] = min(least[name], (time.process_time_ns() - begun) / 1e6)
    print("| | ms | times GET |\n|---|---:|---:|")
    for name, each in least.items():
        print(f"| {name} | {each:.2f} | {each / least['GET']:.1f} |")


@contextmanager
def _measured() -> Iterator[Mapping[str, Work]]:
    """Give what is measured, once it has been done with the engine."""
    replies = Replies()
    with imported(TICKETS, is_searchable=False) as url, replies.standing_in(), open(os.devnull, "w") as nowhere:
        os.environ |= _environment(url)
        deployed().adapters.now = lambda: NOW
        with redirect_stdout(nowhere):
            works = {name: _done(module, event) for name, (module, event) in _events().items()}
            replies.is_recording = False
            yield works


def _done(module: str, event: dict[str, Any]) -> Work:
    handler: Callable[..., Any] = _handler(module)

    def work() -> None:
        if handler(event, Context()).get("batchItemFailures"):
            raise ChildProcessError(f"{module} failed")

    work()
    return work


def _events() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the function and the batch that it is given, by what is measured."""
    population = batched(tickets(TICKETS), BATCH, strict=True)
    kept, others = ([ticket for ticket, _ in each] for each in islice(population, 2))
    created = [each.model_copy(update={"ticketID": TICKETS + each.ticketID}) for each in kept]
    messages = [messages[-1] for _, messages in next(population)]
    return {
        "GET": ("functions.tickets.app", _event("GET")),
        "100 tickets are created": (INDEXER, a_batch(*(a_record(None, each) for each in created))),
        "100 tickets have another holder": (INDEXER, a_batch(*(_changed(each, customerRepID=12) for each in kept))),
        "100 tickets have a message": (INDEXER, a_batch(*(_changed(each, preview="Hello") for each in others))),
        "100 messages": (INDEXER, a_batch(*map(a_message_record, messages))),
    }


def _changed(ticket: Ticket, **fields: object) -> dict[str, Any]:
    return a_record(ticket, ticket.model_copy(update={**fields, "version": ticket.version + 1}))


if __name__ == "__main__":
    main()
