"""Phone calls: forwarding them to whoever takes their ticket, and their recordings."""
