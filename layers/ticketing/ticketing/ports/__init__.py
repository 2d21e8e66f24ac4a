"""What the use cases need of the world, only as wide as they need it."""
