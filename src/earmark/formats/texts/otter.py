# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Otter: a line `Name  0:03`, then what was said, then a blank line."""

from __future__ import annotations

import re

from earmark.domain.transcript import Transcript
from earmark.formats.source import Source
from earmark.formats.speakers import NAME
from earmark.formats.texts.headed import read_headed

_HEAD = re.compile(rf"(?P<name>{NAME})[ \t\u00a0]{{1,4}}(?P<time>[0-9]{{1,3}}(?::[0-9]{{2}}){{1,2}})")
_LEAST = 2


def sniff(head: str) -> bool:
    """Tell by two lines that are only a name and a time."""
    found = 0
    for line in head.split("\n"):
        found += len(line) < 100 and _HEAD.fullmatch(line.strip()) is not None
        if found >= _LEAST:
            return True
    return False


def read(source: Source) -> Transcript:
    """Return the turns."""
    return read_headed(source, "otter", _HEAD)
