"""Telling others what happens to tickets."""
