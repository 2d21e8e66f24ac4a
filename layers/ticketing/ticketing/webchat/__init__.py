"""Webchat: tickets that visitors of a customer's site begin."""
