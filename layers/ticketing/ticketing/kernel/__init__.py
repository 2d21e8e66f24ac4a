"""Foundations that know nothing of tickets: text, time, strict JSON, deadlines, idempotency, DynamoDB."""
