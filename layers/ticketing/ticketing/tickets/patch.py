"""Patches of a ticket's editable fields: JSON Patch (RFC 6902), and JSON Merge Patch (RFC 7396), read as one.

Every field exists, null when empty, and a path is one field. To remove a field is to null it, and a nulled field
becomes what a POST without it would give. Operations are applied by `jsonpatch`; here is what it does not know.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ticketing.errors import Fault, InvalidRequest, PatchTestFailed, PayloadTooLarge
from ticketing.kernel.strict_json import pointer
from ticketing.kernel.validation import validated
from ticketing.tickets.draft import editable_document, field_faults
from ticketing.tickets.model import Ticket, TicketDraft, reset_to_default

MAX_OPERATIONS = 100
MEMBERS = {
    "add": ("path", "value"),
    "replace": ("path", "value"),
    "test": ("path", "value"),
    "move": ("path", "from"),
    "copy": ("path", "from"),
    "remove": ("path",),
}
"""The members that each operation must have besides `op`."""
_NO_OPERATIONS = "must be an array of operations; an object of fields is sent as application/merge-patch+json"
_FROM_TICKET = ...
"""Stands for a value that only the ticket knows: JSON has no such value, and every copy of it is itself."""

type Document = dict[str, Any]


@dataclass(frozen=True)
class Patch:
    """Operations that are sound whatever the ticket, one after the other."""

    operations: Sequence[Document]

    def applied(self, document: Document) -> Document:
        """Return the patched document; raises PatchTestFailed."""
        from jsonpatch import JsonPatch, JsonPatchTestFailed  # a PATCH alone needs it

        try:
            # a path is one field, so a shallow copy is enough: jsonpatch's own, a deep one, takes longer than the patch
            patched: Document = JsonPatch(self.operations).apply(dict(document), in_place=True)
        except JsonPatchTestFailed as failed:
            path = failed.op.operation["path"]
            raise PatchTestFailed(f"The test of {path} did not hold.", [Fault(path, "is another value")]) from failed
        return patched

    def draft(self, ticket: Ticket) -> TicketDraft:
        """Return the patched draft of a ticket; raises PatchTestFailed, InvalidRequest."""
        return validated(TicketDraft, reset_to_default(self.applied(editable_document(ticket))))

    def asked(self, ticket: Ticket) -> Document:
        """Return the patched document of a ticket, whether or not the patch's tests hold."""
        return self._untested().applied(editable_document(ticket))

    @cached_property
    def literals(self) -> Document:
        """Return the fields that the patch sets whatever the ticket, with the values that they get."""
        patched = self._untested().applied(dict.fromkeys(TicketDraft.model_fields, _FROM_TICKET))
        return {name: value for name, value in patched.items() if value is not _FROM_TICKET}

    def _untested(self) -> "Patch":
        return Patch([operation for operation in self.operations if operation["op"] != "test"])


def json_patch(document: object) -> Patch:
    """Return the patch in a JSON array of operations; raises PayloadTooLarge above 100, and InvalidRequest."""
    if not isinstance(document, list):
        raise _refused([Fault("", _NO_OPERATIONS)])
    if len(document) > MAX_OPERATIONS:
        raise PayloadTooLarge(f"A JSON Patch may hold {MAX_OPERATIONS} operations at most.")
    faults, operations = [], []
    for index, entry in enumerate(document):
        found = list(_faults(entry, pointer(index)))
        faults += found
        operations += _operations(entry) if not found else []
    return _sound_patch(operations, faults)


def merge_patch(document: object) -> Patch:
    """Return the patch in a JSON object of fields; raises InvalidRequest."""
    if not isinstance(document, dict):
        raise _refused([Fault("", "must be an object")])
    known = TicketDraft.model_fields
    operations = [_setting(f"/{name}", value) for name, value in document.items() if name in known]
    faults = [Fault(pointer(name), "is no field that can be written") for name in document if name not in known]
    return _sound_patch(operations, faults)


def _sound_patch(operations: Sequence[Document], faults: Iterable[Fault]) -> Patch:
    patch = Patch(operations)
    found = [*faults, *field_faults(patch.literals)]
    if found:
        raise _refused(found)
    return patch


def _refused(faults: Sequence[Fault]) -> InvalidRequest:
    return InvalidRequest("The patch holds what is not taken.", faults)


def _setting(path: str, value: object) -> Document:
    return {"op": "add", "path": path, "value": value}


def _operations(entry: Document) -> list[Document]:
    """Return an operation as operations that remove no field from the document."""
    op, path = entry["op"], entry["path"]
    if op == "remove":
        return [_setting(path, None)]
    if op == "move":
        copy = {"op": "copy", "path": path, "from": entry["from"]}
        return [copy] if path == entry["from"] else [copy, _setting(entry["from"], None)]
    return [{member: entry[member] for member in ("op", *MEMBERS[op])}]


def _faults(entry: object, at: str) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield Fault(at, "must be an object")
        return
    op = entry.get("op")
    members = MEMBERS.get(op) if isinstance(op, str) else None
    if members is None:
        yield Fault(f"{at}/op", "must be add, remove, replace, move, copy or test")
    for member in members or ("path",):
        if member == "value":
            yield from () if member in entry else (Fault(f"{at}/value", "is required"),)
        elif not _is_field(entry.get(member)):
            yield Fault(f"{at}/{member}", "must point at a field that can be written, such as /subject")


def _is_field(path: object) -> bool:
    return isinstance(path, str) and path.startswith("/") and path[1:] in TicketDraft.model_fields
