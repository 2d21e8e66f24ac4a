"""The local run with each function in a container of Docker's, by `sam local`."""
