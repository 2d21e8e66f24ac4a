"""The history of a ticket: who changed it, when, and what."""
