"""Phone calls: taking them, and their recordings."""
