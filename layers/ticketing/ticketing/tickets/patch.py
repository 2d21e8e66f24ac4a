"""Patches of a flat document: JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396).

The document is the ticket's editable fields, all of which exist, so an operation's path is one field. To remove a field
is to null it, and a nulled field becomes what a POST without it would give.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ticketing.errors import Fault, InvalidRequest, PatchTestFailed, PayloadTooLarge
from ticketing.kernel.strict_json import Unusable, pointer
from ticketing.tickets.draft import literal_faults
from ticketing.tickets.model import TicketDraft

MAX_OPERATIONS = 100
_UNKNOWN = Unusable("only the ticket knows it")

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
    """Operations, one after the other."""

    operations: Sequence[Operation]

    def __call__(self, document: Document) -> Document:
        """Return the patched document; raises PatchTestFailed."""
        return _all_applied(self.operations, document)

    def untested(self, document: Document) -> Document:
        """Return the patched document as if every test held: a role is judged by what it asks for."""
        return _all_applied([operation for operation in self.operations if operation.op != "test"], document)

    @property
    def literals(self) -> Document:
        """The fields that the patch sets whatever the ticket, with the values that they get."""
        patched = self.untested(dict.fromkeys(TicketDraft.model_fields, _UNKNOWN))
        return {name: value for name, value in patched.items() if not isinstance(value, Unusable)}


def json_patch(document: object) -> Patch:
    """Return the patch in a JSON array of operations; raises PayloadTooLarge above 100, and InvalidRequest."""
    if not isinstance(document, list):
        raise _refused([Fault("", "must be an array")])
    if len(document) > MAX_OPERATIONS:
        raise PayloadTooLarge(f"A JSON Patch may hold {MAX_OPERATIONS} operations at most.")
    judged = [(entry, list(_faults(entry, pointer(index)))) for index, entry in enumerate(document)]
    operations = [_operation(entry) for entry, faults in judged if not faults]
    return _sound(operations, chain.from_iterable(faults for _, faults in judged))


def merge_patch(document: object) -> Patch:
    """Return the patch in a JSON object of fields; raises InvalidRequest."""
    if not isinstance(document, dict):
        raise _refused([Fault("", "must be an object")])
    known = TicketDraft.model_fields
    operations = [Operation("add", name, value=value) for name, value in document.items() if name in known]
    unknown = [Fault(pointer(name), "is no field that can be written") for name in document if name not in known]
    return _sound(operations, unknown)


def _all_applied(operations: Sequence[Operation], document: Document) -> Document:
    for operation in operations:
        document = operation.applied(document)
    return document


def _sound(operations: Sequence[Operation], faults: Iterable[Fault]) -> Patch:
    """Return the patch of these operations; raises InvalidRequest with the faults and those of what it sets."""
    patch = Patch(operations)
    found = [*faults, *literal_faults(patch.literals)]
    if found:
        raise _refused(found)
    return patch


def _refused(faults: Sequence[Fault]) -> InvalidRequest:
    return InvalidRequest("The patch holds what is not taken.", faults)


def _operation(entry: Document) -> Operation:
    source = entry["from"][1:] if entry["op"] in ("move", "copy") else ""
    return Operation(entry["op"], entry["path"][1:], source, entry.get("value"))


def _faults(entry: object, at: str) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield Fault(at, "must be an object")
        return
    op = entry.get("op")
    if op not in ("add", "remove", "replace", "move", "copy", "test"):
        yield Fault(f"{at}/op", "must be add, remove, replace, move, copy or test")
    if op in ("add", "replace", "test") and "value" not in entry:
        yield Fault(f"{at}/value", "is required")
    for member in ("path", "from") if op in ("move", "copy") else ("path",):
        if not _is_field(entry.get(member)):
            yield Fault(f"{at}/{member}", "must point at a field that can be written, such as /subject")


def _is_field(path: object) -> bool:
    return isinstance(path, str) and path.startswith("/") and path[1:] in TicketDraft.model_fields
