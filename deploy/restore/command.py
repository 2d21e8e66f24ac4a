"""The command: its options, the order in which it brings tables back, and its messages."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import batched
from typing import Any

from bundle.errors import CannotContinue
from deploy.rebuild import settings_of
from deploy.restore import beside
from deploy.restore.items import CallRestore, ItemRestore, Mode, Outcome
from deploy.restore.lessons import LessonRestore
from deploy.restore.live import LiveMessages, LiveTickets
from deploy.restore.messages import MessageRestore, TicketPartRestore
from deploy.restore.tickets import TicketRestore
from ticketing.adapters import Adapters
from ticketing.calls.call import Recording
from ticketing.calls.ports import RecordingStore
from ticketing.errors import Unavailable
from ticketing.kernel.dynamodb.engine import READ_BATCH, Item
from ticketing.settings import Settings

type Rule = Callable[[Sequence[Item]], list[Outcome]]
"""Brings a batch of items back."""

ROLES = ("directory", "calls", "tickets", "messages", "history", "lessons")
"""The tables that are brought back, in this order: a ticket takes its call, and messages and histories need their
ticket."""
PARTITION = {"messages": "customerTicket", "history": "customerTicket", "lessons": "customerSubject"}
AT_ONCE = 16
"""Batches that are brought back at the same time."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--stack", required=True)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--at", type=_moment, metavar="MOMENT", help="such as 2026-11-26T14:05:00Z; in the last 35 days"
    )
    source.add_argument("--from-suffix", metavar="SUFFIX", help="use tables that are there: <live name>-SUFFIX")
    parser.add_argument("--customer", type=int, help="bring back what is this customer's alone")
    parser.add_argument("--tables", nargs="+", choices=ROLES, default=ROLES)
    parser.add_argument("--overwrite", action="store_true", help="also set back what differs, not only what is missing")
    parser.add_argument("--dry-run", action="store_true", help="count only; the live tables stay as they are")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def adapters_of(outputs: Mapping[str, str]) -> Adapters:
    """Return the adapters of the stack with these outputs; raises CannotContinue."""
    return Adapters(Settings(**settings_of(outputs), RECORDINGS_BUCKET=outputs["RecordingsBucket"]))


def restore(arguments: argparse.Namespace, adapters: Adapters, dynamodb: Any, executor: Executor) -> None:
    """Restore what the adapters reach; `dynamodb` makes copies. Raises CannotContinue, botocore's ClientError."""
    roles = [role for role in ROLES if role in arguments.tables]
    live = {role: getattr(adapters.settings, f"{role.upper()}_TABLE") for role in roles}
    source = _beside(arguments, dynamodb, live)
    mode = Mode(overwrites=arguments.overwrite, writes=not arguments.dry_run)
    if mode.writes and not arguments.yes:
        _ask(arguments, live)
    rules, engine = _rules(adapters, mode), adapters.dynamodb
    try:
        for role in roles:
            pages = engine.pages("scan", _scan(role, source[role], arguments.customer))
            rule = rules[role]
            _copy(role, pages, rule, executor)
            if isinstance(rule, LessonRestore):
                rule.finish()
    except Unavailable as error:
        raise CannotContinue("The store is too busy. Run the same again: it goes on where it stopped.") from error
    _say_what_is_left(source.values(), mode)


def workers() -> Executor:
    """Return threads for batches; those of the adapters would wait for each other."""
    return ThreadPoolExecutor(AT_ONCE)


def _beside(arguments: argparse.Namespace, dynamodb: Any, live: Mapping[str, str]) -> dict[str, str]:
    if arguments.at:
        return beside.restored(dynamodb, live, arguments.at)
    return beside.existing(dynamodb, live, arguments.from_suffix)


def _ask(arguments: argparse.Namespace, live: Mapping[str, str]) -> None:
    whose = f"customer {arguments.customer}" if arguments.customer else "all customers"
    what = (
        "OVERWRITE what differs and bring back what is missing" if arguments.overwrite else "Bring back what is missing"
    )
    if input(f"{what}, of {whose}, in {', '.join(live.values())}? [y/N] ").strip().lower() != "y":
        raise CannotContinue("Nothing was changed.")


def _rules(adapters: Adapters, mode: Mode) -> dict[str, Rule]:
    names, engine = adapters.settings, adapters.dynamodb
    counts = adapters.ticket_counts
    tickets = LiveTickets(engine, names.TICKETS_TABLE)
    live_messages = LiveMessages(engine, names.MESSAGES_TABLE)
    restore_of = partial(ItemRestore, engine)
    is_stored = partial(_is_stored, adapters.recordings)
    only_missing = Mode(writes=mode.writes)
    calls = restore_of(names.CALLS_TABLE, ("customerID", "callSid"), only_missing)
    messages = restore_of(names.MESSAGES_TABLE, ("customerTicket", "messageID"), mode)
    history = restore_of(names.HISTORY_TABLE, ("customerTicket", "version"), only_missing)
    return {
        "directory": restore_of(names.DIRECTORY_TABLE, ("customerID", "entry"), mode),
        "calls": CallRestore(calls, names.TICKETS_TABLE, is_stored),
        "tickets": TicketRestore(adapters.tickets, tickets, live_messages, counts, mode, int(time.time())),
        "messages": MessageRestore(messages, tickets, counts),
        "history": TicketPartRestore(history, tickets, counts),
        "lessons": LessonRestore(restore_of(names.LESSONS_TABLE, ("customerSubject", "entry"), only_missing)),
    }


def _is_stored(recordings: RecordingStore, name: str) -> bool:
    recording = Recording.named(name)
    return recording is not None and recordings.size(recording) is not None


def _scan(role: str, table: str, customerID: int | None) -> dict[str, Any]:
    """Return the parameters of a scan for what is a customer's, or everybody's."""
    if customerID is None:
        return {"TableName": table}
    partition = PARTITION.get(role)
    condition = "begins_with(#whose, :whose)" if partition else "#whose = :whose"
    value = {"S": f"{customerID}#"} if partition else {"N": str(customerID)}
    return {
        "TableName": table,
        "FilterExpression": condition,
        "ExpressionAttributeNames": {"#whose": partition or "customerID"},
        "ExpressionAttributeValues": {":whose": value},
    }


def _copy(role: str, pages: Iterable[Sequence[Item]], rule: Rule, executor: Executor) -> None:
    counts: Counter[str] = Counter()
    for page in pages:
        batches = [list(batch) for batch in batched(page, READ_BATCH, strict=False)]
        for outcomes in executor.map(rule, batches):
            counts.update(outcomes)
        _tell(f"{role}: {counts.total():,} looked at")
    shown = ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(counts.items()))
    print(f"{role}: {shown or 'nothing'}", flush=True)


def _tell(progress: str) -> None:
    """Show how far it is, a page of a megabyte at a time: in one line of a terminal, in a line each of a log."""
    print(progress, end="\r" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


def _say_what_is_left(tables: Iterable[str], mode: Mode) -> None:
    if not mode.writes:
        print("Nothing was written.")
    print("The tables beside stay, for another run. Once nothing is missing any more:")
    for table in tables:
        print(f"  aws dynamodb delete-table --table-name {table}")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no zone; write it as 2026-11-26T14:05:00Z")
    if moment > datetime.now(UTC):
        raise argparse.ArgumentTypeError(f"{text} has not come yet")
    return moment.astimezone(UTC).replace(microsecond=0)
