"""The spam filter and the topic detector."""
