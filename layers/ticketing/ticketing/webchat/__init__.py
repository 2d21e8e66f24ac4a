"""Tickets that visitors of a site begin."""
