"""The ticket and its life: reading, changing, messages, permissions."""
