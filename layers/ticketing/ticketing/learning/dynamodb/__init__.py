"""The tables of learning."""
