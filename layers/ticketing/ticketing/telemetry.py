"""What is logged: ids, codes, counts and times. Never bodies, tokens, subjects, phone numbers or signed URLs."""

from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """The process's structured logger; its service name and level come from POWERTOOLS_* settings."""
    return Logger()
