#!/bin/sh
# with-docker.sh COMMAND…: runs the command with a Docker engine. Where none answers, it starts one for as long, as root
# on Debian installing Docker first. Where that cannot be, it says why, and the command is left out.
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
if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
    command -v apt-get >/dev/null || leave_out "install it."
    echo "Installing Docker …"
    { apt-get update -qq && apt-get install -qq -y docker.io; } >/dev/null || leave_out "it could not be installed."
    answers && exec "$@"
fi

# an engine apart from any of the system's; the folder's path is short, for those of sockets must be
mkdir -p .local/docker
engine=$(mktemp -d /tmp/docker-XXXXXX)
export DOCKER_HOST="unix://$engine/socket"
[ -e /sys/class/net/docker0 ] || bridge=docker0
# without the firewall's rules containers reach this machine and no other, which is enough, and none is left behind
dockerd --host "$DOCKER_HOST" --data-root "$PWD/.local/docker" --exec-root "$engine/run" --pidfile "$engine/pid" \
    --iptables=false >"$engine/log" 2>&1 &
daemon=$!
end() {
    kill "$daemon" 2>/dev/null
    wait "$daemon"
    [ -z "${bridge:-}" ] || ip link delete "$bridge" 2>/dev/null
    rm -rf "$engine"
}
trap end EXIT
trap 'exit 143' INT TERM HUP
attempts=0
until answers; do
    attempts=$((attempts + 1))
    if [ "$attempts" -gt 240 ] || ! kill -0 "$daemon" 2>/dev/null; then
        leave_out "it does not start: $(tail -n 1 "$engine/log")"
    fi
    sleep 0.25
done
"$@"
