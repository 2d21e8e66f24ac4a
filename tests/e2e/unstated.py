"""Rules that a JSON Schema cannot say of a request: schemathesis loads this beside the description (schemathesis.toml).

It finds fault when a request that fits its schema is refused with 400, and when one that does not fit is accepted. Both
are right where a rule spans fields, characters or the customer's directory, and where a list is lenient.
"""

import re
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import schemathesis
from schemathesis.core.parameters import ParameterLocation

REJECTED, ACCEPTED = "ST202", "ST201"
RULES = (
    "contradicts the status",
    "is no active representative of the customer",
    "is no channel of the customer",
    "is no topic of the customer",
    "is required for updatetopics",
    "a control character",
    "a lone surrogate",
    "a number must be an integer, without fraction or exponent",
    "must be a real date and time in the years 1970 to 9999",
    "must lie in the years 1970 to 9999",
    "use the nextCursor of a reply to this very list",
    "use the next of a reply to you, now, or nothing",
    "is for a Note alone",
    "is no message of the AI on this ticket",
)
"""Faults of a request that fits its schema."""
CODES = {"PageTooDeep", "KeyReused", "PreconditionFailed"}
"""Refusals of a request that fits its schema."""
FORMS = {"integer": r"-?\d+", "boolean": "true|false"}


LAST_DEMO_TICKET = 300
"""The demo data has that many and more."""
LARGE = 1_000
"""Ids above are made up, those below may be of tickets that the run has made."""


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Let sound requests meet tickets that are there: of 2^53 ids next to none is."""
    if case.meta.generation.mode.is_negative:
        return
    for container in (case.path_parameters, case.query, case.body):
        for name in ("id", "ticketId", "ticketID"):
            if isinstance(container, dict) and str(container.get(name)).isdecimal():
                container[name] = type(container[name])(_near(int(container[name])))


def _near(ticket: int) -> int:
    return ticket if ticket < LARGE else ticket % LAST_DEMO_TICKET + 1


@schemathesis.hook
def filter_failure(_context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Tell whether a failure is one: false where the schemas could not have told."""
    if failure.code == REJECTED:
        return not (_has_unfitting_part(case) or _breaks_an_unstated_rule(response.json()))
    if failure.code == ACCEPTED and case.method == "GET":
        parameters = {p["name"]: p["schema"] for p in case.operation.definition.raw["parameters"] if p["in"] == "query"}
        return not _is_only_out_of_bounds(parameters, response.request.url)
    return True


def _has_unfitting_part(case: Any) -> bool:
    """Tell if a part does not fit though the case is said to: the phase "coverage" sends the number 0 as a header."""
    headers = (case.meta.raw_containers or {}).get(ParameterLocation.HEADER) or {}
    is_marked = any(part.mode.is_negative for part in case.meta.components.values())
    return is_marked or any(not isinstance(value, str) for value in headers.values())


def _breaks_an_unstated_rule(problem: Any) -> bool:
    details = [fault["detail"] for fault in problem["errors"]]
    return problem["code"] in CODES or any(detail.startswith(RULES) for detail in details)


def _is_only_out_of_bounds(parameters: dict[str, Any], url: str) -> bool:
    """Tell if each value has its type: a list clamps its page to bounds, and a filter beyond them matches nothing."""
    sent = defaultdict(set)
    for name, value in parse_qsl(urlsplit(url).query):
        sent[name].add(value)
    return all(_is_of_type(schema, sent[name]) for name, schema in parameters.items())


def _is_of_type(schema: Any, values: set[str]) -> bool:
    if len(values) > schema.get("maxItems", 1):
        return False
    one = schema.get("items", schema)
    if "enum" in one:
        return values <= set(one["enum"])
    form = re.compile(FORMS.get(one["type"], ".*"), re.ASCII | re.DOTALL)
    return all(form.fullmatch(value) for value in values)
