"""Search and counts of a stack, made again. The stack's outputs tell what the template tells functions."""

import sys
from collections.abc import Mapping
from typing import Self, TextIO

from bundle.errors import CannotContinue
from deploy.progress import WIDTH
from ticketing.adapters import Adapters
from ticketing.application import Application
from ticketing.errors import Unavailable
from ticketing.kernel.ports import Contended
from ticketing.settings import Settings

_TABLE = "Table"


def rebuild(outputs: Mapping[str, str]) -> None:
    """Make search and counts of the stack with these outputs again, and show progress; raises CannotContinue."""
    rebuilding = Application(Adapters(Settings(**settings_of(outputs)))).rebuilding
    try:
        with Progress(rebuilding.whole_tables.sizes(), sys.stderr) as progress:
            rebuilding.run(progress)
    except (Contended, Unavailable) as error:
        raise CannotContinue("The store is too busy. Run the same again: to begin anew does no harm.") from error


def settings_of(outputs: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that a function of the stack has, as far as its outputs tell: names of tables, and the
    queue; raises CannotContinue."""
    tables = {
        f"{name.removesuffix(_TABLE).upper()}_TABLE": value for name, value in outputs.items() if name.endswith(_TABLE)
    }
    if "JobsQueue" not in outputs:
        raise CannotContinue("The stack has no output JobsQueue: deploy this version first.")
    return tables | {"JOBS_QUEUE": outputs["JobsQueue"]}


class Progress:
    """One bar after the other, of sizes that may be some hours old: a bar that is full goes on counting."""

    def __init__(self, sizes: Mapping[str, int], stream: TextIO) -> None:
        self._sizes = sizes
        self._stream = stream
        self._name = ""

    def __call__(self, name: str, done: int) -> None:
        """Show how many of what has this name are done."""
        begins = "\n" if self._name and name != self._name else "\r"
        self._name = name
        self._stream.write(begins + self.line(name, done))
        self._stream.flush()

    def line(self, name: str, done: int) -> str:
        """Return a line such as `tickets   [##########------------------------------]  25 %  2,500`."""
        share = min(1.0, done / self._sizes[name]) if self._sizes[name] else 1.0
        bar = "#" * int(share * WIDTH)
        return f"{name:9} [{bar:-<{WIDTH}}] {int(share * 100):3} %  {done:,}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.write("\n")
