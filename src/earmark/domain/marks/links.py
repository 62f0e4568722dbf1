# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark://` links: a recording by its id, and a moment of it; and names of transcripts. Pure.

`earmark://recording/3f2a…?t=646.250`; the time is in seconds, as in media fragments.
"""

from __future__ import annotations

import re
from pathlib import Path

from earmark.base.errors import UserError

SCHEME = "earmark:"
_WOVEN = "woven:"
_LINK = re.compile(r"earmark:/{0,2}recording/([0-9a-f]{32})/?(?:\?t=(\d{1,7})(?:\.(\d{1,3})\d*)?)?", re.ASCII)


def link_to(recording: str, ms: int | None) -> str:
    """Return the link to a moment of a recording; to its whole without one."""
    link = f"earmark://recording/{recording}"
    if ms is None:
        return link
    seconds, milli = divmod(max(0, ms), 1000)
    return f"{link}?t={seconds}.{milli:03}" if milli else f"{link}?t={seconds}"


def woven_of(words: Path) -> str:
    """Return what stands for the woven transcript whose words come from a file."""
    return f"{_WOVEN}{words}"


def words_of_woven(transcript: str) -> str | None:
    """Return the file the words of a woven transcript come from; None for any other transcript."""
    return transcript.removeprefix(_WOVEN) if transcript.startswith(_WOVEN) else None


def is_link(text: str) -> bool:
    """Tell whether a text is meant as a link of Earmark."""
    return text.lower().startswith(SCHEME)


def read_link(text: str) -> tuple[str, int | None]:
    """Return (recording, ms) of a link; UserError "bad-link" where it is none."""
    match = _LINK.fullmatch(text.strip().lower())
    if match is None:
        raise UserError("bad-link", f"“{text[:200]}” is not a link that Earmark wrote.")
    recording, seconds, fraction = match.groups()
    if seconds is None:
        return recording, None
    return recording, int(seconds) * 1000 + int((fraction or "0").ljust(3, "0"))
