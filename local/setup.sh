#!/bin/sh
# Sets up what is missing, and again only when its requirements changed: the project's environment in .venv, the
# emulator's and SAM's in .local/tools (their pins clash with the functions'); with `checks`, checkov too.
set -eu
cd "$(dirname "$0")/.."
version=3.13
tools=.local/tools

fail() {
    echo "error: $*" >&2
    exit 1
}

fits() {
    [ "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$version" ]
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON is no Python $version: name one, or leave PYTHON out."
        echo "$PYTHON"
        return
    fi
    for candidate in "python$version" python3 python "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python; do
        if fits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fetch_python || fail "There is no Python $version on PATH or in pyenv, and uv could not fetch it:" \
        "install it, or name one with PYTHON=/path/to/python$version."
}

fetch_python() {
    uv=$(command -v uv || echo "$tools/uv/bin/uv")
    if [ ! -x "$uv" ]; then
        python3 -m venv "$tools/uv" >&2 && "$tools/uv/bin/pip" install -qq -r local/requirements-uv.txt >&2 || return 1
    fi
    "$uv" python install --quiet "$version" >&2 && "$uv" python find "$version"
}

# environment FOLDER FILE…: a virtual environment of what the first file requires; the others are those it includes
environment() {
    folder=$1
    shift
    made_of=$(cat "$@" | cksum)
    if [ "$(cat "$folder/made-of" 2>/dev/null)" = "$made_of" ] && fits "$folder/bin/python"; then
        return
    fi
    python=${python:-$(find_python)}
    echo "Setting up $folder …"
    "$python" -m venv --clear "$folder" || fail "$python cannot make an environment: install its venv module."
    "$folder/bin/python" -m pip install -qq --disable-pip-version-check -r "$1" ||
        fail "$1 could not be installed: pip says above why; run the same again when that is put right."
    echo "$made_of" >"$folder/made-of"
}

environment .venv requirements.txt layers/dependencies/requirements.txt
echo ../../../../layers/ticketing >.venv/lib/python$version/site-packages/ticketing.pth
environment "$tools/emulator" local/requirements-emulator.txt
environment "$tools/sam" local/requirements-sam.txt
[ "${1:-}" != checks ] || environment "$tools/checkov" local/requirements-checkov.txt
