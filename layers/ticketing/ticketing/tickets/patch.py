"""Patches of a flat document: JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396).

The document is the ticket's editable fields, all of which exist, so an operation's path is one field. To remove a field
is to null it, and a nulled field becomes what a POST without it would give.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ticketing.errors import Fault, PatchTestFailed, PayloadTooLarge
from ticketing.kernel.strict_json import Unusable, pointer
from ticketing.tickets.model import TicketDraft

MAX_OPERATIONS = 100
UNKNOWN = object()
"""Stands for a value that only the ticket knows."""

type Document = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One operation of a JSON Patch: `field` is its target, `source` the field that `move` and `copy` take from."""

    op: str
    field: str
    source: str = ""
    value: Any = None

    def applied(self, document: Document) -> Document:
        """The document after this operation."""
        match self.op:
            case "test":
                return self._tested(document)
            case "remove":
                return document | {self.field: None}
            case "copy":
                return document | {self.field: document[self.source]}
            case "move":
                return document | {self.source: None, self.field: document[self.source]}
        return document | {self.field: self.value}

    def _tested(self, document: Document) -> Document:
        found = document[self.field]
        # in JSON true is not 1, in Python it is
        if found != self.value or isinstance(found, bool) != isinstance(self.value, bool):
            raise PatchTestFailed(f"The test of /{self.field} did not hold.")
        return document


@dataclass(frozen=True)
class Patch:
    """Operations, one after the other; those that are not taken are left out, and told of in `faults`."""

    operations: Sequence[Operation]
    faults: Sequence[Fault] = ()

    def __call__(self, document: Document) -> Document:
        """The patched document; raises PatchTestFailed."""
        return _all_applied(self.operations, document)

    def untested(self, document: Document) -> Document:
        """The patched document as if every test held: what else is wrong with the patch is told before a test."""
        return _all_applied([operation for operation in self.operations if operation.op != "test"], document)

    @property
    def literals(self) -> Document:
        """The fields that the patch sets whatever the ticket, with the values that they get."""
        patched = self.untested(dict.fromkeys(TicketDraft.model_fields, UNKNOWN))
        return {name: value for name, value in patched.items() if value is not UNKNOWN}


def json_patch(document: object) -> Patch:
    """The patch in a JSON array of operations; raises PayloadTooLarge above 100."""
    if not isinstance(document, list):
        return Patch((), [Fault("", "must be an array")])
    if len(document) > MAX_OPERATIONS:
        raise PayloadTooLarge(f"A JSON Patch may hold {MAX_OPERATIONS} operations at most.")
    faults: list[Fault] = []
    operations = [_operation(entry, pointer(index), faults) for index, entry in enumerate(document)]
    return Patch([operation for operation in operations if operation], faults)


def merge_patch(document: object) -> Patch:
    """The patch in a JSON object of fields."""
    if not isinstance(document, dict):
        return Patch((), [Fault("", "must be an object")])
    known = TicketDraft.model_fields
    operations = [_setting(name, value) for name, value in document.items() if name in known]
    return Patch(operations, [_unwritable(name) for name in document if name not in known])


def _all_applied(operations: Sequence[Operation], document: Document) -> Document:
    for operation in operations:
        document = operation.applied(document)
    return document


def _setting(field: str, value: object) -> Operation:
    return Operation("add", field, value=UNKNOWN if isinstance(value, Unusable) else value)


def _unwritable(name: str) -> Fault:
    return Fault(pointer(name), "is no field that can be written")


def _operation(entry: object, at: str, faults: list[Fault]) -> Operation | None:
    """The operation, None for one without a target; of a faulty one nobody knows what it sets its target to."""
    if not isinstance(entry, dict):
        faults.append(Fault(at, "must be an object"))
        return None
    field = _field(entry, "path", at, faults)
    wrong = [*_faults(entry, at)]
    op = entry.get("op")
    source = _field(entry, "from", at, wrong) if op in ("move", "copy") else ""
    faults += wrong
    if wrong or isinstance(entry.get("value"), Unusable):
        return Operation("add", field, value=UNKNOWN) if field else None
    return Operation(str(op), field, source, entry.get("value")) if field else None


def _faults(entry: Mapping[str, object], at: str) -> Iterator[Fault]:
    op = entry.get("op")
    if op not in ("add", "remove", "replace", "move", "copy", "test"):
        yield Fault(f"{at}/op", "must be add, remove, replace, move, copy or test")
    if op in ("add", "replace", "test") and "value" not in entry:
        yield Fault(f"{at}/value", "is required")


def _field(entry: Mapping[str, object], member: str, at: str, faults: list[Fault]) -> str:
    path = entry.get(member)
    if isinstance(path, str) and path.startswith("/") and path[1:] in TicketDraft.model_fields:
        return path[1:]
    faults.append(Fault(f"{at}/{member}", "must point at a field that can be written, such as /subject"))
    return ""
