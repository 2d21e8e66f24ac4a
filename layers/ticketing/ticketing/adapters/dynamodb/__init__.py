"""Tickets, the directory and receipts in DynamoDB tables."""
