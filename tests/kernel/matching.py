"""Finds a text by its words."""

from ticketing.kernel.text import indexed, terms


def matches(query: str, text: str) -> bool:
    """Tell whether a text is found: what the index does, in the plainest way."""
    has = sorted(indexed(text))
    return all(term.stands_in(has) for term in terms(query))
