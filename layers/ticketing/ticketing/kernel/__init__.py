"""Foundations: text, time, strict JSON, deadlines, idempotency, DynamoDB. Of tickets they know ids, in receipts."""
