"""Clients that ask a peer at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from bench.peers.peer import Peer, Work, ask

CLIENTS = (1, 8)
REQUESTS = 3
"""Requests of each client in a burst."""
_NUMBERS = count(1)


def burst(peer: Peer, operation: str, size: int, clients: int) -> list[float]:
    """Have so many clients ask at the same time, each a few times in a row; return the milliseconds that each request
    took, none where the peer has no such operation. Raises ConnectionError if a request is refused or does not do
    its work."""
    works = [[Work(operation, next(_NUMBERS), size) for _ in range(REQUESTS)] for _ in range(clients)]
    if not peer.requests(works[0][0]):
        return []
    with ThreadPoolExecutor(clients) as pool:
        taken = pool.map(lambda own: [_taken(peer, work) for work in own], works)
        return [each for own in taken for each in own]


def _taken(peer: Peer, work: Work) -> float:
    """Return the milliseconds of a work; what prepares it (a version that must be named) is not counted."""
    requests = peer.requests(work)
    begun = time.perf_counter()
    answers = [ask(peer.port, request) for request in requests]
    taken = (time.perf_counter() - begun) * 1000
    if not all(peer.is_done(work, answer) for answer in answers):
        raise ConnectionError(f"{peer.name}, {work}: not done, {answers[0][:500]!r}")
    return taken
