"""The import of a directory file, which says all there is to say of the customers that stand in it; others stay as they
are. `local/demo/directory.json` is an example."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bundle.errors import CannotContinue
from deploy import stack
from deploy.directory_file import customers_in, refusal, taken_tokens
from deploy.progress import shown
from ticketing.directory.dynamodb import DynamoChatChannels, DynamoDirectory
from ticketing.directory.model import Customer, Entry
from ticketing.kernel.aws.client import configured_client
from ticketing.kernel.aws.services import DYNAMODB
from ticketing.kernel.dynamodb.engine import Engine


@dataclass(frozen=True)
class EntryChange:
    """One entry of a customer before and after; `after` is None where it goes."""

    customerID: int
    key: str
    before: Entry | None
    after: Entry | None

    def __str__(self) -> str:
        """Return one line: + new, ~ other than it was, - gone."""
        sign = "+" if self.before is None else "-" if self.after is None else "~"
        return f"{sign} customer {self.customerID} {self.key}"

    def make(self, directory: DynamoDirectory) -> None:
        if self.after is None:
            directory.remove(self.customerID, self.key)
        else:
            directory.put(self.customerID, self.key, self.after)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def import_file(client: Callable[[str], Any], arguments: argparse.Namespace) -> None:
    """Show what a file changes in a stack's directory, ask, and write it; raises CannotContinue."""
    customers = customers_in(arguments.file)
    table = stack.output(client("cloudformation"), arguments.stack, "DirectoryTable")
    engine = Engine(configured_client(DYNAMODB))
    if taken := list(taken_tokens(customers, DynamoChatChannels(engine, table).all_with_token)):
        raise refusal(arguments.file, taken)
    kept = DynamoDirectory(engine, table)
    found = [change for customer in customers for change in changes(kept, customer)]
    for change in found:
        print(change)
    print(f"{len(found)} changes in {table}")
    if found and not arguments.yes and input("Make them? [y/N] ").strip().lower() != "y":
        raise CannotContinue("Nothing was changed.")
    for change in shown(found, "Writing"):
        change.make(kept)


def changes(directory: DynamoDirectory, customer: Customer) -> list[EntryChange]:
    """Return what the file changes for a customer: first what comes and differs, then what goes."""
    present, wanted = directory.everything(customer.customerID), dict(customer.entries())
    return [*_puts(customer.customerID, present, wanted), *_removals(customer.customerID, present, wanted)]


def _puts(customerID: int, present: Mapping[str, Entry], wanted: Mapping[str, Entry]) -> Iterator[EntryChange]:
    for key, entry in wanted.items():
        if present.get(key) != entry:
            yield EntryChange(customerID, key, present.get(key), entry)


def _removals(customerID: int, present: Mapping[str, Entry], wanted: Mapping[str, Entry]) -> Iterator[EntryChange]:
    for key, entry in present.items():
        if key not in wanted:
            yield EntryChange(customerID, key, entry, None)
