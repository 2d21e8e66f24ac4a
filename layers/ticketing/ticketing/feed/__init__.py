"""The feed: all that changes in a customer's tickets, told without a gap."""
