#!/bin/sh
# Makes a stand-in for Lambda's image from this machine's Python, where no registry of images can be reached, under the
# names that `sam local` looks for and with a label. It is no Amazon Linux: it shows the bundle at work under Lambda's own
# runtime client and emulator, not that compiled packages fit the real one.
set -eu
cd "$(dirname "$0")/.."
name=public.ecr.aws/lambda/python:3.13
python=$(.venv/bin/python -c 'import os, sys; print(os.path.realpath(sys.executable))')
library=$("$python" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
architecture=$(.venv/bin/python -c 'from bundle.building import machine_architecture; print(machine_architecture())')
certificates=/etc/ssl/certs/ca-certificates.crt

! docker image inspect "$name-$architecture" >/dev/null 2>&1 || exit 0
! docker pull --quiet "$name-$architecture" || exit 0
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cd "$root"
mkdir -p bin etc opt tmp var/task var/lang/bin var/lang/lib var/runtime
cp -L "$python" var/lang/bin/python3
tar --create --directory "$(dirname "$library")" --exclude test --exclude idlelib --exclude site-packages \
    --exclude __pycache__ --exclude 'config-*' "$(basename "$library")" | tar --extract --directory var/lang/lib
for program in sh mv chmod cp rm; do # by which `sam local` adds its emulator and the layers
    cp -L "$(command -v $program)" bin
done
echo 'root:x:0:0:root:/root:/bin/sh' >etc/passwd
"$OLDPWD/.venv/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check --target var/runtime \
    --requirement "$OLDPWD/local/requirements-image.txt"
cat >var/runtime/bootstrap <<'EOF'
#!/bin/sh
export PYTHONPATH="/opt/python:/var/runtime${PYTHONPATH:+:$PYTHONPATH}"
cd /var/task
exec /var/lang/bin/python3 -m awslambdaric "$_HANDLER"
EOF
chmod +x var/runtime/bootstrap
"$python" -m compileall -qq -s "$root" var/lang var/runtime || true # a container forgets what it compiles
# the libraries that the programs load, and the packages here, which are those of the layer and more
find bin var/lang/bin "$root" "$OLDPWD/.venv" -type f '(' -path '*/bin/*' -o -name '*.so' ')' -exec ldd {} + 2>/dev/null |
    sed -n 's|^[^/]*\(/[^ ]*\) (0x.*|\1|p' | sort -u | grep -v -e "^$root" -e "^$OLDPWD" | xargs cp -L --parents -t .
[ ! -e "$certificates" ] || cp --parents "$certificates" .
tar --create . | docker import --change 'WORKDIR /var/task' --change "ENV SSL_CERT_FILE=$certificates" \
    --change 'LABEL tickets.stand-in=yes' - "$name-$architecture"
docker tag "$name-$architecture" "$name"
