# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Rev and its kin: `Name (00:00:00):` or `Name: [00:00:00]` at the start of a line, then paragraphs.

What was not understood is marked `[inaudible 00:00:42]` in them.
"""

from __future__ import annotations

import re

from earmark.domain.transcript import Transcript
from earmark.formats.source import Source
from earmark.formats.speakers import NAME
from earmark.formats.texts.headed import read_headed

_TIME = r"[0-9]{1,3}(?::[0-9]{2}){1,2}(?:[.,][0-9]{1,3})?"
_HEAD = re.compile(
    rf"(?P<name>{NAME}):?[ \t\u00a0]{{0,4}}[(\[](?P<time>{_TIME})[)\]]"
    r"(?:[: \t\u00a0][ \t\u00a0]*(?P<rest>.*))?"
)
_LEAST = 2


def sniff(head: str) -> bool:
    """Tell by two lines that begin with a name and a time in brackets."""
    found = 0
    for line in head.split("\n"):
        found += _HEAD.fullmatch(line.strip()) is not None
        if found >= _LEAST:
            return True
    return False


def read(source: Source) -> Transcript:
    """Return the turns."""
    return read_headed(source, "rev", _HEAD)
