#!/bin/sh
# with-docker.sh COMMAND…: runs the command with a Docker engine. Where none answers, it starts one for as long, as root.
# Where that cannot be, it says why, and the command is left out. An engine that runs and does not answer is a failure.
set -u

leave_out() {
    echo "Left out, for there is no Docker: $*"
    exit 0
}

answers() {
    answer=$(docker version 2>&1)
}

answers && exec "$@"
[ "$(id -u)" = 0 ] || leave_out "start it, or run this as root ($(echo "$answer" | tail -n 1))."
command -v dockerd >/dev/null || leave_out "install it."
command -v ip >/dev/null || leave_out "install iproute2, which gives it a network."

# an engine apart from any of the system's; the folder's path is short, for those of sockets must be
mkdir -p .local/docker
engine=$(mktemp -d /tmp/docker-XXXXXX)
export DOCKER_HOST="unix://$engine/socket"
# in a network of its own: a browser drops its requests when the machine's network changes, as with every container
unshare --net sh -c 'ip link set lo up && exec dockerd "$@"' dockerd --host "$DOCKER_HOST" \
    --data-root "$PWD/.local/docker" --exec-root "$engine/run" --pidfile "$engine/pid" --iptables=false \
    >"$engine/log" 2>&1 &
daemon=$!
export IN_NETWORK="nsenter --target $daemon --net"
end() {
    kill "$daemon" 2>/dev/null
    wait "$daemon"
    rm -rf "$engine"
}
trap end EXIT
trap 'exit 143' INT TERM HUP
attempts=0
until answers; do
    attempts=$((attempts + 1))
    kill -0 "$daemon" 2>/dev/null || leave_out "it does not start: $(tail -n 1 "$engine/log")"
    if [ "$attempts" -gt 2400 ]; then
        echo "error: Docker has not answered for ten minutes: $(tail -n 1 "$engine/log")" >&2
        exit 1
    fi
    sleep 0.25
done
"$@"
