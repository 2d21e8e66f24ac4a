"""Clients that ask a peer at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

from bench.peers.peer import PAGE, Asked, Peer, ask

CLIENTS = (1, 8)
REQUESTS = 3
"""Requests of each client in a burst."""
_NUMBERS = count(1)


@dataclass(frozen=True)
class Burst:
    """What each request took, in milliseconds."""

    milliseconds: list[float]


def burst(peer: Peer, operation: str, clients: int) -> Burst | None:
    """Have so many clients ask at the same time, each a few times in a row; None where the peer has no such operation.

    Raises ConnectionError if a request is refused or a list does not hold a page.
    """
    numbers = [[next(_NUMBERS) for _ in range(REQUESTS)] for _ in range(clients)]
    if not peer.requests(operation, numbers[0][0]):
        return None
    with ThreadPoolExecutor(clients) as pool:
        taken = pool.map(lambda own: [_taken(peer, operation, number) for number in own], numbers)
        return Burst([each for own in taken for each in own])


def _taken(peer: Peer, operation: str, number: int) -> float:
    """Return the milliseconds of an operation; what prepares it (a version that must be named) is not counted."""
    requests: list[Asked] = peer.requests(operation, number)
    begun = time.perf_counter()
    answers = [ask(peer.port, request) for request in requests]
    taken = (time.perf_counter() - begun) * 1000
    counts = {peer.count(operation, answer) for answer in answers}
    if not counts <= {None, PAGE}:
        raise ConnectionError(f"{peer.name}, {operation}: {counts} tickets where a page holds {PAGE}")
    return taken
