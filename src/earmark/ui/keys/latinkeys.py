# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The Latin letter on a key of a Cyrillic, Greek, Arabic, … keyboard. Pure; for the KeyRouter.

Qt finds shortcuts with Ctrl on such keyboards by itself, but tells a bare key only as the letter it types.
"""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

# Key codes of X11 and Wayland count positions: 24 is the key right of Tab.
_ROWS = {24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
_POSITIONS = {first + i: letter for first, row in _ROWS.items() for i, letter in enumerate(row)}


def latin_letter(event: QKeyEvent, platform: str) -> str:
    """Return the letter A to Z that stands for a key which types a letter of another script, or nothing.

    `platform` is Qt's platform name. Where the system tells neither code nor position, nothing is returned.
    """
    typed = event.text()
    if len(typed) != 1 or not typed.isalpha() or _is_latin(typed):
        return ""
    if platform == "windows":  # the virtual key is the Latin letter
        letter = chr(event.nativeVirtualKey() & 0xFF)
        return letter if "A" <= letter <= "Z" else ""
    if platform in {"xcb", "wayland"}:
        return _POSITIONS.get(event.nativeScanCode(), "")
    return ""


def _is_latin(letter: str) -> bool:
    return ord(letter) < 0x250  # with the accented ones, which sit where a Latin keyboard wants them
