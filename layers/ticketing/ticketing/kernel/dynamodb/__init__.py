"""The tables of kernel."""
