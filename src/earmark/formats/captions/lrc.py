# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""LRC lyrics: `[mm:ss.xx]` before a line (several where it is sung again), `<mm:ss.xx>` before a word."""

from __future__ import annotations

import re
from itertools import islice

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.captions.cuetext import CueText
from earmark.formats.captions.cuewords import timed_words
from earmark.formats.source import Source

_STAMP = re.compile(r"\[([0-9]{1,3}):([0-5]?[0-9])(?:[.:]([0-9]{1,3}))?\]")
_WORD_STAMP = re.compile(r"<([0-9]{1,3}):([0-5]?[0-9])(?:[.:]([0-9]{1,3}))?>")
_MOST_WORDS = 1_000  # in one line
_FIELD = re.compile(r"\[([A-Za-z#]{1,12}):([^\]]*)\]\s*\Z")
_SNIFF = re.compile(r"^\[[0-9]{1,3}:[0-5][0-9][.:][0-9]{2,3}\](?!\s*\\)", re.MULTILINE)


def sniff(head: str) -> bool:
    """Tell by lines that nearly all begin with a bracket, one of them a stamp with hundredths."""
    if not _SNIFF.search(head):
        return False
    lines = [line for line in head.split("\n") if line.strip()]
    bracketed = sum(1 for line in lines if line.startswith("["))
    plain = sum(
        1 for line in lines if re.match(r"\[[0-9]+:[0-9]{2}:[0-9]{2}[.\]]", line) and ":" in line[6:9]
    )
    return bracketed * 5 >= len(lines) * 4 and plain * 2 < len(lines)


def read(source: Source) -> Transcript:
    """Return a cue for each time a line is sung, in order of time; each ends where the next begins."""
    fields: dict[str, str] = {}
    sung: list[tuple[int, str]] = []
    for number, line in enumerate(source.lines(), 1):
        rest = line.strip()
        if field := _FIELD.match(rest):
            fields[field[1].lower()] = field[2].strip()
            continue
        times: list[int] = []
        while stamp := _STAMP.match(rest):
            times.append(_ms(stamp))
            rest = rest[stamp.end() :].lstrip() if len(times) < 100 else ""
        sung += [(time, rest) for time in times]
        if rest and not times:
            source.notes.add(number, "text-without-time", "A line without a time was left out.")
    source.check_count(len(sung))
    shift = _whole(fields.get("offset", "0"))
    sung = sorted(((max(0, time - shift), rest) for time, rest in sung), key=lambda pair: pair[0])
    cues = [_cue(*sung[i], sung[i + 1][0] if i + 1 < len(sung) else None, shift) for i in range(len(sung))]
    kept = tuple(cue for cue in cues if cue.text)  # a stamp without words only ends the line before
    return Transcript("lrc", kept, language=fields.get("la") or None, title=fields.get("ti") or None)


def _cue(start: int, raw: str, end: int | None, shift: int) -> Cue:
    text = ""
    times: list[tuple[int, int]] = []
    at = 0
    for stamp in islice(_WORD_STAMP.finditer(raw), _MOST_WORDS):
        text = (text + raw[at : stamp.start()]).lstrip()
        times.append((len(text), max(0, _ms(stamp) - shift)))
        at = stamp.end()
    text = (text + raw[at:]).strip()
    cue = Cue(text, start, end)
    if not times:
        return cue
    until = end if end is not None else max(ms for _, ms in times)
    return cue._replace(words=timed_words(CueText(text, (), tuple(times)), start, until))


def _ms(stamp: re.Match[str]) -> int:
    return (int(stamp[1]) * 60 + int(stamp[2])) * 1000 + int((stamp[3] or "0").ljust(3, "0"))


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,7}", text) else 0
