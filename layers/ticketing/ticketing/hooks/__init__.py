"""Actions that customers bind to moments of a ticket."""
