"""The error that stops a command."""


class CannotContinue(Exception):
    """Something the reader can put right; the message is one line that says how."""
