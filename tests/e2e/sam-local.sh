#!/bin/sh
# The tests of the whole stack once more, with each function in a container of Docker's, as Lambda would run it.
set -eu
within="${IN_NETWORK:-}" # by what a program runs in the network of the containers, where that is not the machine's
if ! missing=$($within .venv/bin/python -m local.containers 2>&1); then
    echo "Left out: $missing"
    exit 0
fi
# both fetch packages, which the containers' network does not reach
sh local/lambda-image.sh
.venv/bin/python -m local build
$within .venv/bin/pytest tests/e2e -rs --sam-local
