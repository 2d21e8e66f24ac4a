"""Lessons brought back, and counted again by whoever counted without them."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from deploy.restore.items import ItemRestore, Outcome
from ticketing.kernel.dynamodb.engine import Item
from ticketing.learning.dynamodb.snapshots import recount

TICKET, LOG = "ticket#", "log#"
AHEAD = 15 * 60
"""Seconds by which the clock here may be behind those of the functions, which pass over what is older than they have
read; AWS answers nobody whose clock is further off."""


@dataclass(frozen=True)
class LessonRestore:
    """Brings lessons and their log back where they are missing; the log's sums are made again by whoever needs them."""

    items: ItemRestore
    logs: set[str] = field(default_factory=set)
    """The customers and subjects whose logs were looked at."""

    def __call__(self, items: Sequence[Item]) -> list[Outcome]:
        """Bring a batch back, and return what became of each."""
        kept = [item for item in items if item["entry"].startswith((TICKET, LOG))]
        self.logs.update(item["customerSubject"] for item in kept if item["entry"].startswith(LOG))
        return [*self.items(kept), *[Outcome.derived] * (len(items) - len(kept))]

    def finish(self) -> None:
        """Have the logs counted from the beginning, even where nothing is missing any more: a run that was broken off
        may have brought entries back."""
        for customerSubject in sorted(self.logs if self.items.mode.writes else ()):
            item = recount(customerSubject, int((time.time() + AHEAD) * 1000))
            self.items.engine.call("put_item", TableName=self.items.table, Item=self.items.engine.typed(item))
