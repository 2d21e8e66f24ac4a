"""The same work done by this bundle and by helpdesks that the registries have: `python -m bench.peers`."""
