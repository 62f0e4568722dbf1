# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
#
# What run.sh, test.sh and smoke.sh share: system libraries and the virtual environment.
# Sourced, never run; $root is the source tree. POSIX sh. Says nothing where nothing is to be done.

# Shared library, and the Debian package it comes in. The wheels of Qt bring all else with them; found by
# running on bare installations of Debian 12 and 13. (The krb5 library comes with Python on 12 only.)
qt_libraries="
libglib-2.0.so.0      libglib2.0-0
libEGL.so.1           libegl1
libGL.so.1            libgl1
libxkbcommon.so.0     libxkbcommon0
libdbus-1.so.3        libdbus-1-3
libfontconfig.so.1    libfontconfig1
libpulse.so.0         libpulse0
libbrotlidec.so.1     libbrotli1
libdrm.so.2           libdrm2
libXrandr.so.2        libxrandr2
libgssapi_krb5.so.2   libgssapi-krb5-2
libxcb-cursor.so.0    libxcb-cursor0
libxcb-icccm.so.4     libxcb-icccm4
libxcb-keysyms.so.1   libxcb-keysyms1
libxcb-shape.so.0     libxcb-shape0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
"
wayland_libraries="
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1    libwayland-egl1
"

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# ensure_packages ["COMMAND PACKAGE" …]: the libraries, Python, and these commands. What is missing of all
# is asked for at once: through apt, after saying so; elsewhere say what is needed and go on.
ensure_packages() {
    missing=$(missing_libraries; missing_python; missing_commands "$@")
    # shellcheck disable=SC2086  # a list of names
    [ -z "$missing" ] || install_packages $missing
}

install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Missing here, by their Debian names: $*"
        say "Install what your system calls these, if Earmark does not start."
        return 0
    fi
    if [ "$(id -u)" -eq 0 ]; then
        sudo=
    elif command -v sudo >/dev/null 2>&1; then
        sudo=sudo
    else
        say "Earmark needs system packages that only root may install. As root (su -), run"
        say "    apt-get update && apt-get install --no-install-recommends $*"
        fail "and then start again."
    fi
    say "Installing through apt: $*"
    # The lists of a fresh machine are empty or old: bring them up to date only if it does not work without.
    apt_install "$@" || { apt_update && apt_install "$@"; } || {
        cat "$log" >&2
        fail "apt-get could not install these packages (see above)."
    }
}

apt_install() {
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1
}

apt_update() {
    $sudo apt-get update -qq >"$log" 2>&1
}

missing_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    known=$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null || true)
    [ -n "$known" ] || return 0 # no ldconfig (musl and others): nothing can be told
    wanted=$qt_libraries
    [ -z "${WAYLAND_DISPLAY:-}" ] || wanted=$wanted$wayland_libraries
    printf '%s' "$wanted" | while read -r library package; do
        case "$known" in
            *"$library "*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

missing_commands() {
    for pair in "$@"; do
        command -v "${pair% *}" >/dev/null 2>&1 || printf '%s ' "${pair#* }"
    done
}

# What makes the virtual environment, unless there is one that works.
missing_python() {
    if "$root/.venv/bin/python" -c '' 2>/dev/null; then
        return 0
    elif ! command -v python3 >/dev/null 2>&1; then
        printf '%s ' python3 python3-venv
    elif ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1; then
        printf '%s ' python3-venv
    fi
}

check_python() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        fail "Earmark needs Python 3.11 or newer; here is $(python3 --version 2>&1 || echo none)."
}

# ensure_environment LOCK: the virtual environment as that lock says; only when something changed.
ensure_environment() {
    lock=$1
    venv=$root/.venv
    stamp=$venv/.$(basename "$lock" .txt)
    wanted=$(cat "$root"/packaging/requirements*.txt "$root/pyproject.toml" | cksum)
    # One that was made elsewhere (the folder was moved or copied) has that place in its programs.
    if ! "$venv/bin/python" -c '' 2>/dev/null || ! grep -Fqs -- "-m venv $venv" "$venv/pyvenv.cfg"; then
        say "Making a virtual environment in $venv"
        check_python
        rm -rf "$venv"
        python3 -m venv "$venv"
    elif [ -x "$venv/bin/earmark" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    say "Installing what Earmark runs on (the first time this fetches some 300 MB)"
    pip install -r "$lock"
    pip install --no-deps -e "$root"
    # Installed packages are compiled by pip; the source tree starts four times faster compiled as well.
    "$venv/bin/python" -m compileall -q "$root/src" >&2 || true
    printf '%s\n' "$wanted" >"$stamp"
}

pip() {
    "$venv/bin/python" -m pip --quiet --disable-pip-version-check "$@" ||
        fail "pip $1 failed (see above)."
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
