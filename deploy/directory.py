"""A directory file, and what it would change: the file says all there is to say of the customers that stand in it.

The file is JSON, `{"customers": [...]}`, each customer as `ticketing.directory.model.Customer` has it;
`local/demo/directory.json` is an example. Customers that do not stand in it stay as they are.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bundle.errors import CannotContinue
from deploy import stack
from deploy.progress import shown
from ticketing.directory.dynamodb import DynamoDirectory
from ticketing.directory.model import Customer, Entry
from ticketing.kernel.aws.client import configured_client
from ticketing.kernel.aws.services import DYNAMODB
from ticketing.kernel.dynamodb.engine import Engine

_CUSTOMERS = TypeAdapter(list[Customer])


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
    """Declare what the command is told."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def import_file(client: Callable[[str], Any], arguments: argparse.Namespace) -> None:
    """Show what a file changes in a stack's directory, ask, and write it; raises CannotContinue."""
    customers = customers_in(arguments.file)
    table = stack.output(client("cloudformation"), arguments.stack, "DirectoryTable")
    kept = DynamoDirectory(Engine(configured_client(DYNAMODB)), table)
    found = [change for customer in customers for change in changes(kept, customer)]
    for change in found:
        print(change)
    print(f"{len(found)} changes in {table}")
    if found and not arguments.yes and input("Make them? [y/N] ").strip().lower() != "y":
        raise CannotContinue("Nothing was changed.")
    for change in shown(found, "Writing"):
        change.make(kept)


def customers_in(file: Path) -> list[Customer]:
    """Return the customers of a file; raises CannotContinue."""
    try:
        customers = _CUSTOMERS.validate_python(json.loads(file.read_text())["customers"])
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise CannotContinue(f'{file} is no JSON file with {{"customers": [...]}}: {error}') from error
    except ValidationError as error:
        faults = "; ".join(f"customers/{'/'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise CannotContinue(f"{file}: {faults}") from error
    _require_unique(file, customers)
    return customers


def changes(directory: DynamoDirectory, customer: Customer) -> list[EntryChange]:
    """Return what the file changes for a customer: first what comes and differs, then what goes."""
    present, wanted = directory.everything(customer.customerID), dict(customer.entries())
    return [*_set(customer.customerID, present, wanted), *_gone(customer.customerID, present, wanted)]


def _set(customerID: int, present: Mapping[str, Entry], wanted: Mapping[str, Entry]) -> Iterator[EntryChange]:
    for key, entry in wanted.items():
        if present.get(key) != entry:
            yield EntryChange(customerID, key, present.get(key), entry)


def _gone(customerID: int, present: Mapping[str, Entry], wanted: Mapping[str, Entry]) -> Iterator[EntryChange]:
    for key, entry in present.items():
        if key not in wanted:
            yield EntryChange(customerID, key, entry, None)


def _require_unique(file: Path, customers: list[Customer]) -> None:
    # a token that two channels had would be nobody's, and of two entries of one name the last would win
    said = [f"customer {customer.customerID}" for customer in customers]
    said += [f"customer {customer.customerID} {key}" for customer in customers for key, _ in customer.entries()]
    channels = [channel for customer in customers for channel in customer.channels]
    said += [f"token {channel.token}" for channel in channels if channel.token]
    twice = [name for name, times in Counter(said).items() if times > 1]
    if twice:
        raise CannotContinue(f"{file} says more than once: {', '.join(twice)}")
