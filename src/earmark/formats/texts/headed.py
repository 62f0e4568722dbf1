# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Texts whose turns have a line of their own for name and time; `otter` and `rev` use it."""

from __future__ import annotations

import re

from earmark.domain.transcript import Cue, Mark, Transcript
from earmark.formats.source import Source
from earmark.formats.texts.stamps import longest_chain

_UNHEARD = re.compile(r"(\[[^\[\]0-9]{0,30}?)[ ]?([0-9]{1,3}(?::[0-9]{2}){1,2}(?:[.,][0-9]{1,3})?)\]")


def clock_ms(text: str) -> int:
    """Return `m:ss` or `h:mm:ss` (with an optional fraction) as milliseconds."""
    whole, _, fraction = text.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int((fraction[:3] or "0").ljust(3, "0"))


def read_headed(source: Source, name: str, head: re.Pattern[str]) -> Transcript:
    """Return a cue for each head; `head` has the groups `name`, `time` and perhaps `rest`."""
    turns: list[tuple[str | None, int | None, int, list[str]]] = [(None, None, 1, [])]
    for number, line in enumerate(source.lines(), 1):
        match = head.fullmatch(line.strip())
        if match:
            rest = match.groupdict().get("rest") or ""
            turns.append((" ".join(match["name"].split()), clock_ms(match["time"]), number, [rest]))
        else:
            turns[-1][3].append(line.strip())
    source.check_count(len(turns))
    times = [ms for _, ms, _, _ in turns[1:] if ms is not None]
    kept = set(longest_chain(times))
    cues: list[Cue] = []
    marks: list[Mark] = []
    for index, (speaker, ms, number, lines) in enumerate(turns):
        text = "\n".join(line for line in lines if line)
        if index == 0 and not text:
            continue
        if index and index - 1 not in kept:
            source.notes.add(number, "backward-stamp", "This turn's time runs backwards; it has no time.")
            ms = None
        text, found = take_unheard(text)
        marks += [Mark(at, len(cues), offset) for offset, at in found]
        cues.append(Cue(text, ms, speaker=speaker, opens_turn=True))
    return Transcript(name, tuple(cues), marks=tuple(marks))


def take_unheard(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the times out of `[inaudible 00:01:42]`, and return them with where they stood."""
    out: list[str] = []
    found: list[tuple[int, int]] = []
    at = length = 0
    for match in _UNHEARD.finditer(text):
        if not match[1].strip("[ "):
            continue
        piece = text[at : match.start()]
        found.append((length + len(piece), clock_ms(match[2])))
        piece += match[1].rstrip() + "]"
        out.append(piece)
        length += len(piece)
        at = match.end()
    return "".join([*out, text[at:]]), found
