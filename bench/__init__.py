"""What is measured, each by one command; docs/decisions.md and docs/operations.md quote the figures with their date."""
