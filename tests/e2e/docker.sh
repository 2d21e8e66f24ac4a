#!/bin/sh
# Installs Docker, and what gives it a network, where that can be done without asking: as root on Debian. If that fails,
# so do the checks. Elsewhere the tests of containers are left out without it.
set -u
command -v docker >/dev/null && command -v dockerd >/dev/null && command -v ip >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Docker …"
    apt-get update -qq -o Acquire::Retries=3 >/dev/null
    apt-get install -qq -y -o Acquire::Retries=3 docker.io iproute2 >/dev/null && exit 0
    echo "error: Docker could not be installed: see above." >&2
    exit 1
fi
echo "There is no Docker: install it to have the functions tested in containers."
