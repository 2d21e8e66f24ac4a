"""Bulk updates: one action over many tickets."""
