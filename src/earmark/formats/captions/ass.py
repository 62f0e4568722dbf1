# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""ASS and SSA: the dialogue lines of `[Events]`, with the Name field as speaker and karaoke as word times."""

from __future__ import annotations

import re

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.captions.cuetext import CueText
from earmark.formats.captions.cuewords import timed_words
from earmark.formats.source import Source

_TIME = re.compile(r"\s*([0-9]{1,4}):([0-9]{1,2}):([0-9]{1,2})(?:[.:]([0-9]{1,3}))?\s*\Z")
_TOKEN = re.compile(r"\{([^{}]*)\}|\\([Nnh])")
_KARAOKE = re.compile(r"\\[kK][fot]?([0-9]{1,6})")
_SECTION = re.compile(r"^[ \t]*\[(?:Script Info|Events|V4\+? Styles)\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_DRAWING = re.compile(r"\\p[1-9]")
_FORMAT = "layer start end style name marginl marginr marginv effect text".split()
_BREAKS = {"N": "\n", "n": " ", "h": "\u00a0"}


def sniff(head: str) -> bool:
    """Tell by the section names."""
    return _SECTION.search(head) is not None


def read(source: Source) -> Transcript:
    """Return the dialogue in order of time (the file may keep any order); drawings are no words."""
    fields = _FORMAT
    found: list[Cue] = []
    title = None
    for number, line in enumerate(source.lines(), 1):
        key, _, value = line.partition(":")
        key = key.strip().lower()
        if key == "title" and title is None:
            title = value.strip() or None
        elif key == "format":
            names = [name.strip().lower() for name in value.split(",")]
            fields = names if "text" in names else fields
        elif key == "dialogue":
            cue = _dialogue(value, fields)
            if cue is None:
                source.notes.add(number, "bad-times", "The times of this line cannot be read; left out.")
            elif cue.text:
                found.append(cue)
    source.check_count(len(found))
    return Transcript("ass", tuple(sorted(found, key=lambda cue: cue.start_ms or 0)), title=title)


def _dialogue(value: str, fields: list[str]) -> Cue | None:
    held = dict(zip(fields, value.split(",", len(fields) - 1), strict=False))
    start, end = _ms(held.get("start", "")), _ms(held.get("end", ""))
    if start is None or end is None:
        return None
    text = _text(held.get("text", ""), start)
    words = timed_words(text, start, end)
    return Cue(
        text.text.rstrip(),
        start,
        end,
        (held.get("name") or held.get("actor") or "").strip() or None,
        words=words,
    )


def _text(raw: str, start_ms: int) -> CueText:
    out: list[str] = []
    times: list[tuple[int, int]] = []
    at = length = 0
    clock = start_ms
    drawing = False
    for token in _TOKEN.finditer(raw):
        piece = ("" if drawing else raw[at : token.start()]) + _BREAKS.get(token[2] or "", "")
        out.append(piece)
        length += len(piece)
        at = token.end()
        for tag in _KARAOKE.finditer(token[1] or ""):
            times.append((length, clock))
            clock += int(tag[1]) * 10
        if token[1] and "\\p" in token[1]:
            drawing = _DRAWING.search(token[1]) is not None
    out.append("" if drawing else raw[at:])
    text = "".join(out)
    if times:
        times.append((len(text), clock))  # where the last syllable ends
    return CueText(text, (), tuple(times))


def _ms(text: str) -> int | None:
    match = _TIME.match(text)
    if match is None:
        return None
    hour, minute, second = (int(match[i]) for i in (1, 2, 3))
    return ((hour * 60 + minute) * 60 + second) * 1000 + int((match[4] or "0").ljust(3, "0"))
