#!/bin/sh
# with-docker.sh COMMAND…: runs the command with a Docker engine. Where none answers, it starts one for as long, as root
# on Debian installing Docker first. Where that cannot be, it says why, and the command is left out.
set -u

leave_out() {
    echo "Left out, for there is no Docker: $*"
    exit 0
}

docker version >/dev/null 2>&1 && exec "$@"
[ "$(id -u)" = 0 ] || leave_out "start it, or run this as root."
if ! command -v dockerd >/dev/null; then
    command -v apt-get >/dev/null || leave_out "install it."
    echo "Installing Docker …"
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends docker.io iptables; } >/dev/null ||
        leave_out "it could not be installed."
fi

# apart from an engine of the system's; the folder's path is short, for those of sockets must be
mkdir -p .local/docker
engine=$(mktemp -d /tmp/docker-XXXXXX)
export DOCKER_HOST="unix://$engine/socket"
dockerd --host "$DOCKER_HOST" --data-root "$PWD/.local/docker" --exec-root "$engine/run" --pidfile "$engine/pid" \
    >"$engine/log" 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null; wait "$daemon"; rm -rf "$engine"' EXIT
trap 'exit 143' INT TERM HUP
attempts=0
until docker version >/dev/null 2>&1; do
    attempts=$((attempts + 1))
    if [ "$attempts" -gt 240 ] || ! kill -0 "$daemon" 2>/dev/null; then
        leave_out "it does not start: $(tail -n 1 "$engine/log")"
    fi
    sleep 0.25
done
"$@"
