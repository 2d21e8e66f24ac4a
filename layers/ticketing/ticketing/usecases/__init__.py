"""What can be done: each use case reads, decides and writes through the ports it is given."""
