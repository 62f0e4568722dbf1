# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""SBV, YouTube's old caption form; webvtt-py reads it."""

from __future__ import annotations

import re
from itertools import pairwise

import webvtt
from webvtt.errors import MalformedFileError

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.source import Source
from earmark.formats.speakers import take_name_prefixes

_TIMES = re.compile(
    r"\s*[0-9]{1,4}:[0-9]{1,2}:[0-9]{1,2}\.[0-9]{3},[0-9]{1,4}:[0-9]{1,2}:[0-9]{1,2}\.[0-9]{3}\s*\Z"
)


def sniff(head: str) -> bool:
    """Tell by the first line: two times with a comma between."""
    first = next((line for line in head.split("\n", 20) if line.strip()), "")
    return _TIMES.match(first) is not None


def read(source: Source) -> Transcript:
    """Return the cues; what webvtt-py passes over (no times, or no text) is noted."""
    lines = source.lines()
    times = [i for i, line in enumerate(lines, 1) if _TIMES.match(line)]
    source.check_count(len(times))
    try:
        captions = webvtt.WebVTT.from_buffer(lines, format="sbv").captions
    except MalformedFileError as error:
        raise source.refused("not-sbv", "begins like SBV captions but holds no cue.") from error
    for number, (before, line) in enumerate(pairwise(["", *lines]), 1):
        if line.strip() and not before.strip() and not _TIMES.match(line):
            source.notes.add(number, "bad-times", "These words have no times that can be read; left out.")
    if len(captions) < len(times):
        lost = len(times) - len(captions)
        source.notes.add(0, "cue-lost", f"{lost} cues have no text and were left out.")
    cues = [
        Cue(caption.raw_text, caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds())
        for caption in captions
    ]
    return Transcript("sbv", tuple(cues if source.strict else take_name_prefixes(cues, source.notes)))
