# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Whisper's .tsv: start and end in milliseconds, then the text, with tabs between."""

from __future__ import annotations

import re

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.source import Source

_HEAD = "start\tend\ttext"
_ROW = re.compile(r"([0-9]{1,12})\t([0-9]{1,12})\t(.*)")


def sniff(head: str) -> bool:
    """Tell by the names of the columns."""
    return head.lstrip("\ufeff").startswith(_HEAD)


def read(source: Source) -> Transcript:
    """Return a cue for each row."""
    rows = source.lines()[1:]
    source.check_count(len(rows))
    cues = []
    for number, row in enumerate(rows, 2):
        match = _ROW.fullmatch(row)
        if match:
            cues.append(Cue(match[3].strip(), int(match[1]), int(match[2])))
        elif row.strip():
            source.notes.add(number, "bad-row", "This row has no start, end and text; it was left out.")
    return Transcript("whisper-tsv", tuple(cues))
