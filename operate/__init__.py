"""What an operator does with a deployed stack, with their own rights: see docs/operations.md."""
