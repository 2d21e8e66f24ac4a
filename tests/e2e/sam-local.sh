#!/bin/sh
# The tests of the whole stack once more, with each function in a container of Docker's, as Lambda would run it.
set -eu
if ! missing=$(.venv/bin/python -m local.containers 2>&1); then
    echo "Left out: $missing"
    exit 0
fi
sh local/lambda-image.sh
.venv/bin/pytest tests/e2e -rs --sam-local
