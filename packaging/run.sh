#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
#
# Set up whatever is missing, then open Earmark:
#     sh packaging/run.sh [FILE …]      without a file, the sample
# Without a screen it plays for a few seconds and leaves earmark.png in this folder.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/setup.sh"

ensure_packages
ensure_environment "$root/packaging/requirements.txt"
rm -f "$log"

earmark=$root/.venv/bin/earmark
[ $# -gt 0 ] || set -- --sample

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    exec "$earmark" "$@"
fi
case $1 in
    --version | --help | -h | read | weave | convert | add | search | bookmarks | do | commands | doctor)
        exec "$earmark" "$@" # no window, so no screen is missed
        ;;
esac

say "No screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): playing for a few seconds without one."
QT_QPA_PLATFORM=offscreen "$earmark" "$@" --run player.play --screenshot earmark.png --screenshot-after 4
say "This is what the window looked like: $(pwd)/earmark.png"
