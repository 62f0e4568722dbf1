#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
#
# Everything a change must pass: format, lint, types, floors, tests. Stops at the first that fails.
#     sh packaging/test.sh [ARGUMENT FOR PYTEST …]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/setup.sh"

ensure_packages "ffmpeg ffmpeg" # makes recordings for the tests of the player
ensure_environment "$root/packaging/requirements-dev.txt"
cd "$root"
bin=$root/.venv/bin
PATH=$bin:$PATH
export PATH

# No screen, and no sound server that would change the timing.
export QT_QPA_PLATFORM=offscreen PULSE_SERVER=/nonexistent

step() {
    say "== $*"
    "$@" || fail "FAILED: $*"
}

step ruff format --check
step ruff check
step mypy
step lint-imports
step python -m pytest -q -n 2 "$@"
say "All passed."
