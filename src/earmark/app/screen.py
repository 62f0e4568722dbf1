# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Whether there is a screen to open a window on. Linux only: other systems always have one."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping

from earmark.base.errors import UserError

_NO_SCREEN = "There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set"


def choose_platform(environment: MutableMapping[str, str], picture_wanted: bool, system: str) -> str | None:
    """Let Qt draw off screen where a picture is wanted and there is no screen; return what to say of it.

    Raises UserError where a window was asked for and nobody could see it.
    """
    seen = any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if seen or not system.startswith("linux"):
        return None
    if not picture_wanted:
        raise UserError("no-screen", f"{_NO_SCREEN}. `--screenshot PNG` draws the window without one.")
    environment["QT_QPA_PLATFORM"] = "offscreen"
    return f"{_NO_SCREEN}; the window is drawn without one."


def prepare_screen(environment: MutableMapping[str, str], picture_wanted: bool) -> None:
    """Do that for this process, and say so."""
    if sentence := choose_platform(environment, picture_wanted, sys.platform):
        sys.stderr.write(f"earmark: {sentence}\n")
