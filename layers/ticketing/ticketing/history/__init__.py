"""The history of an end user."""
