"""What knows no ticket: text, time, strict JSON, deadlines, idempotency, DynamoDB."""
