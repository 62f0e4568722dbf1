#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
#
# Build the wheel, install it where no source tree is near, and see that it works.
#     sh packaging/smoke.sh
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/setup.sh"

ensure_packages
check_python
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$log"' EXIT
venv=$folder/venv
python3 -m venv "$venv"
pip wheel --no-deps -w "$folder" "$root"
pip install -r "$root/packaging/requirements.txt"
pip install --no-deps "$folder"/earmark-*.whl

cd "$folder"
unset DISPLAY WAYLAND_DISPLAY
export QT_QPA_PLATFORM=offscreen PULSE_SERVER=/nonexistent
earmark=$venv/bin/earmark
samples=$("$venv/bin/python" -c 'from earmark.base.paths import resource; print(resource("samples"))')
step() {
    say "== $*"
    "$@" >"$folder/said" || fail "FAILED: $*"
}
case $samples in "$folder"/*) ;; *) fail "The samples are not in the wheel but in $samples" ;; esac
step "$earmark" --version
step "$earmark" commands
step "$earmark" read --json "$samples/keepers-logbook.machine.vtt"
step "$earmark" --profile "$folder/profile" --sample --run player.play \
    --screenshot "$folder/picture.png" --screenshot-after 2
[ -s "$folder/picture.png" ] || fail "FAILED: no picture was left"
say "The wheel works."
