"""Patches of a flat document: JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396).

The document is the ticket's editable fields, all of which exist, so an operation's path is one field. To remove a field
is to null it, and a nulled field becomes what a POST without it would give.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ticketing.domain.strict_json import pointer
from ticketing.domain.ticket import TicketDraft
from ticketing.errors import Fault, InvalidRequest, PatchTestFailed, PayloadTooLarge

MAX_OPERATIONS = 100
UNKNOWN = object()
"""Stands for a value that only the ticket knows."""

type Document = dict[str, Any]
type Patch = Callable[[Document], Document]
"""Takes a document, gives the patched one; raises PatchTestFailed."""


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
        if found is not UNKNOWN and (found != self.value or isinstance(found, bool) != isinstance(self.value, bool)):
            raise PatchTestFailed(f"The test of /{self.field} did not hold.")
        return document


def json_patch(document: object) -> Patch:
    """The patch in a JSON array of operations; raises InvalidRequest with every fault, PayloadTooLarge above 100."""
    if not isinstance(document, list):
        raise InvalidRequest("A JSON Patch must be an array of operations.", [Fault("", "must be an array")])
    if len(document) > MAX_OPERATIONS:
        raise PayloadTooLarge(f"A JSON Patch may hold {MAX_OPERATIONS} operations at most.")
    faults: list[Fault] = []
    operations = [_operation(entry, pointer(index), faults) for index, entry in enumerate(document)]
    if faults:
        raise InvalidRequest("The patch has operations that are not taken.", faults)
    return lambda target: _all_applied(operations, target)


def merge_patch(document: object) -> Patch:
    """The patch in a JSON object of fields; raises InvalidRequest with a fault for each that is not editable."""
    if not isinstance(document, dict):
        raise InvalidRequest("A merge patch must be an object.", [Fault("", "must be an object")])
    unknown = [name for name in document if name not in TicketDraft.model_fields]
    if unknown:
        faults = [Fault(pointer(name), "is no field that can be written") for name in unknown]
        raise InvalidRequest("The patch has fields that are not taken.", faults)
    return lambda target: target | document


def literals(patch: Patch) -> Document:
    """The fields that the patch sets whatever the ticket, with the values that they get."""
    blank = dict.fromkeys(TicketDraft.model_fields, UNKNOWN)
    try:
        patched = patch(blank)
    except PatchTestFailed:  # it will fail on every ticket too, but a missing ticket is told first
        return {}
    return {name: value for name, value in patched.items() if value is not UNKNOWN}


def _all_applied(operations: Sequence[Operation], document: Document) -> Document:
    for operation in operations:
        document = operation.applied(document)
    return document


def _operation(entry: object, at: str, faults: list[Fault]) -> Operation:
    if not isinstance(entry, dict):
        faults.append(Fault(at, "must be an object"))
        return Operation("", "")
    op = entry.get("op")
    if op not in ("add", "remove", "replace", "move", "copy", "test"):
        faults.append(Fault(f"{at}/op", "must be add, remove, replace, move, copy or test"))
    if op in ("add", "replace", "test") and "value" not in entry:
        faults.append(Fault(f"{at}/value", "is required"))
    source = _field(entry, "from", at, faults) if op in ("move", "copy") else ""
    return Operation(str(op), _field(entry, "path", at, faults), source, entry.get("value"))


def _field(entry: Mapping[str, object], member: str, at: str, faults: list[Fault]) -> str:
    path = entry.get(member)
    if isinstance(path, str) and path.startswith("/") and path[1:] in TicketDraft.model_fields:
        return path[1:]
    faults.append(Fault(f"{at}/{member}", "must point at a field that can be written, such as /subject"))
    return ""
