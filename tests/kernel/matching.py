"""How a text is found by its words."""

from ticketing.kernel.text import indexed, terms


def matches(query: str, text: str) -> bool:
    """Whether a text is found: what the index does, in the plainest way."""
    has = sorted(indexed(text))
    return all(term.stands_in(has) for term in terms(query))
