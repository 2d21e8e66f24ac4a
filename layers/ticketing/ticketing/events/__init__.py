"""Events: they tell others of each change of a ticket."""
