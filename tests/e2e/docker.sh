#!/bin/sh
# Installs Docker, and what gives it a network, where that can be done without asking: as root on Debian. Elsewhere, and
# where nothing can be fetched, says that the tests of containers are left out without it.
set -u
docker version >/dev/null 2>&1 && exit 0
command -v docker >/dev/null && command -v dockerd >/dev/null && command -v ip >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Docker …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 >/dev/null
    apt-get install -qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 docker.io iproute2 >/dev/null && exit 0
fi
echo "There is no Docker: install it to have the functions tested in containers."
