"""The rules of the trade: no AWS, no HTTP, no clock of their own, no environment."""
