#!/bin/sh
# The tests of the whole stack once more, with each function in a container of Docker's, as Lambda would run it.
set -eu
.venv/bin/python -m local.containers.image --unless-fetched
.venv/bin/pytest tests/e2e -rs --sam-local
