#!/bin/sh
# Installs the browser that the tests of pages drive, where that can be done without asking: as root on Debian, whose
# later releases have the one without windows as a package of its own. Elsewhere, and where nothing can be fetched, says
# how to get one; the tests are skipped without it.
set -u
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 >/dev/null
    for name in chromium-headless-shell chromium; do
        apt-get install -qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 --no-install-recommends "$name" \
            >/dev/null && exit 0
    done
fi
echo "There is no Chromium: install your system's package (chromium on Debian) to have the pages tested."
