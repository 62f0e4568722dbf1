# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Whether recordings can be played here, and by which FFmpeg; loads QtMultimedia when asked. Main thread."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import PySide6

from earmark.base.errors import UserError

# Debian's package of each library that QtMultimedia or its FFmpeg plugin wants; without the last two the
# import works and no back end is found.
_PACKAGES = {
    "libpulse": "libpulse0",
    "libbrotli": "libbrotli1",
    "libEGL": "libegl1",
    "libGL": "libgl1",
    "libdrm": "libdrm2",
    "libXrandr": "libxrandr2",
    "libgssapi_krb5": "libgssapi-krb5-2",
}
_AV_LOG_QUIET = -8  # libavutil/log.h
_FOR_PLUGIN = "libdrm2 libxrandr2"


def playback_available() -> UserError | None:
    """Return what is missing for playing recordings, or None. Needs an application object."""
    try:
        from PySide6.QtMultimedia import QMediaPlayer  # may be missing, and costs a tenth of a second
    except ImportError as error:
        return _missing(str(error))
    if not QMediaPlayer().isAvailable():
        return UserError(
            "no-backend",
            f"Qt finds no way to play sound; on Debian and Ubuntu the packages {_FOR_PLUGIN} are missing.",
        )
    return None


def ffmpeg_version() -> str | None:
    """Return the version of the FFmpeg that plays, or None where it cannot be told. As above."""
    if playback_available() is not None:
        return None
    folder = Path(PySide6.__file__).parent
    for library in sorted(folder.rglob("*avutil*")):
        try:
            # Already loaded by the back end just asked; alone it would lack the libraries it needs.
            ask = ctypes.CDLL(str(library)).av_version_info
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode("ascii", "replace")
    return None


def quiet_ffmpeg() -> None:
    """Keep FFmpeg's own remarks on damaged files off stderr: the player says what matters in one sentence."""
    for library in sorted(Path(PySide6.__file__).parent.rglob("*avutil*")):
        try:
            ctypes.CDLL(str(library)).av_log_set_level(_AV_LOG_QUIET)
        except (OSError, AttributeError):
            continue


def _missing(why: str) -> UserError:
    library = re.search(r"(lib\w+?)(?:common|dec|-\d.*)?\.so", why)
    package = _PACKAGES.get(library[1]) if library else None
    advice = f"the package {package} is missing" if package else f"something is missing ({why})"
    return UserError("no-multimedia", f"Sound cannot be played; on Debian and Ubuntu {advice}.")
