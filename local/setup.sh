#!/bin/sh
# Sets up what is missing, and again only when its requirements changed: the project's environment in .venv, and in
# .local/tools the emulator's and SAM's (their pins clash with the functions') and the tables' engine. With `checks` it
# adds the tools of the checks, with `typical` what the yardstick of cold starts imports.
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
        python=$PYTHON
        return
    fi
    for python in "python$version" python3 python "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python; do
        ! fits "$python" || return 0
    done
    find_uv python3 && "$uv" python install --quiet "$version" && python=$("$uv" python find "$version") ||
        fail "There is no Python $version on PATH or in pyenv, and uv could not fetch it:" \
            "install it, or name one with PYTHON=/path/to/python$version."
}

# find_uv PYTHON: uv, which installs many times faster than pip; fetched with that interpreter where it is missing
find_uv() {
    uv=$(command -v uv || echo "$tools/uv/bin/uv")
    [ ! -x "$uv" ] || return 0
    echo "Fetching uv …"
    "$1" -m pip install -qq --disable-pip-version-check --target "$tools/uv" -r local/requirements-uv.txt && [ -x "$uv" ]
}

# make FOLDER: an empty environment with pip, which the build calls
make() {
    if [ -n "$uv" ]; then
        rm -rf "$1" && "$uv" venv --quiet --seed --python "$python" "$1"
    else
        "$python" -m venv --clear "$1"
    fi
}

# install FOLDER FILE: adds to an environment what the file requires
install() {
    if [ -n "$uv" ]; then
        installer=uv
        "$uv" pip install --quiet --python "$1/bin/python" -r "$2"
    else
        installer=pip
        "$1/bin/python" -m pip install -qq --disable-pip-version-check -r "$2"
    fi || fail "$2 could not be installed: $installer says above why; run the same again when that is put right."
}

# is_new FOLDER STAMP FILE…: whether a folder is not made of these files; notes in made_of what they are
is_new() {
    stamp=$1/$2
    shift 2
    made_of=$(cat "$@" | cksum)
    [ "$(cat "$stamp" 2>/dev/null)" != "$made_of" ]
}

find_installer() {
    [ -n "${python:-}" ] || find_python
    [ -n "${uv+known}" ] || find_uv "$python" || { uv= && echo "There is no uv: pip takes its place, and longer."; }
}

# environment FOLDER FILE…: a virtual environment of what the first file requires; the others are those it includes
environment() {
    folder=$1
    shift
    if is_new "$folder" made-of "$@" || ! fits "$folder/bin/python"; then
        find_installer
        echo "Setting up $folder …"
        make "$folder" || fail "$python cannot make an environment: install its venv module."
        install "$folder" "$1"
        echo "$made_of" >"$folder/made-of"
    fi
}

# tests_too: what the checks need on top, in the same environment
tests_too() {
    if is_new .venv made-of-tests requirements.txt; then
        find_installer
        echo "Adding to .venv what the tests need …"
        install .venv requirements.txt
        echo "$made_of" >.venv/made-of-tests
    fi
}

# engine: the DynamoDB of npm, where npm has one for this machine
engine() {
    if [ "$(uname -sm)" = "Linux x86_64" ] && is_new "$tools/engine" made-of local/engine/package-lock.json; then
        if ! command -v npm >/dev/null; then
            echo "There is no npm: the emulator keeps the tables itself."
            return
        fi
        echo "Setting up $tools/engine …"
        mkdir -p "$tools/engine"
        cp local/engine/package*.json "$tools/engine"
        npm ci --no-audit --no-fund --loglevel=error --prefix "$tools/engine" >/dev/null ||
            fail "local/engine could not be installed: npm says above why; run the same again when that is put right."
        echo "$made_of" >"$tools/engine/made-of"
    fi
}

# web STAMP [OPTION]: builds the console and the widget, where there is npm; what the checks installed stays
web() {
    command -v npm >/dev/null || return 0
    [ ! -d web/node_modules/typescript ] || set -- made-of-checks
    if is_new web/node_modules "$1" web/package-lock.json; then
        echo "Setting up web/node_modules …"
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix web ${2:-} >/dev/null ||
            fail "web/ could not be installed: npm says above why; run the same again when that is put right."
        echo "$made_of" >web/node_modules/made-of
        echo "$made_of" >"web/node_modules/$1"
    fi
    node web/build.mjs || fail "web/ could not be built: see above."
}

environment .venv local/requirements-run.txt layers/dependencies/requirements.txt
echo ../../../../layers/ticketing >.venv/lib/python$version/site-packages/ticketing.pth
environment "$tools/emulator" local/requirements-emulator.txt
environment "$tools/sam" local/requirements-sam.txt
engine
if [ "${1:-}" = checks ]; then
    tests_too
    web made-of-checks
    environment "$tools/checkov" local/requirements-checkov.txt
fi
if [ "${1:-}" = typical ]; then
    tests_too
    environment "$tools/typical" bench/typical/requirements.txt layers/dependencies/requirements.txt
fi
[ -n "${1:-}" ] || web made-of --omit=dev
