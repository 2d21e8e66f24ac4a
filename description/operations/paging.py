"""Query parameters that every list has."""

from description.operation import Query


def page_number(limit: str) -> Query:
    """The page's number."""
    return Query("pageNumber", f"Which page; below 1 it is 1. {limit}", 1, schema={"minimum": 1})


def page_size(largest: int) -> Query:
    """The page's size."""
    text = f"How many stand on a page; below 1 it is 1, above {largest} it is {largest}."
    return Query("pageSize", text, 10, schema={"minimum": 1, "maximum": largest})
