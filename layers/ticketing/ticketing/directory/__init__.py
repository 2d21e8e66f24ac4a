"""The directory of a customer: representatives, channels, topics, end users; and the authentication of callers."""
