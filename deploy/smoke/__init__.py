"""Tries a deployed API from outside: what only the gateway in front of it can get wrong."""
