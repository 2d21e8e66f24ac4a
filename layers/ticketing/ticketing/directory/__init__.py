"""A customer's representatives, channels, topics and end users; who is calling."""
