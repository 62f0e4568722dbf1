# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""SubRip, as it is met: missing numbers, missing blank lines, points for commas, coordinates, font tags.

Also reads the log that whisper prints, `[00:00.000 --> 00:04.000]  text`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.captions.voices import opens_with_dash
from earmark.formats.source import Source
from earmark.formats.speakers import take_name_prefixes

_TIME = r"(?:([0-9]{1,4})[ ]?:[ ]?)?([0-9]{1,4})[ ]?:[ ]?([0-9]{1,2})(?:[ ]?[.,][ ]?([0-9]{1,9}))?"
_TIMING = re.compile(rf"[ \t\u00a0]*(\[?){_TIME}[ \t]*-{{1,3}}>[ \t]*{_TIME}\]?(?![0-9:])(.*)")
_EXACT = re.compile(
    r"[0-9]{2,}:[0-5][0-9]:[0-5][0-9],[0-9]{3} --> [0-9]{2,}:[0-5][0-9]:[0-5][0-9],[0-9]{3}(?![0-9])"
)
_SNIFF = re.compile(rf"^[ \t\u00a0]*\[?{_TIME}[ \t]*-->[ \t]*[0-9]", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:i|b|u|s|c|v|em|strong|font|ruby|rt|lang|span)(?:[ .\t][^<>]*)?>|\{\\[^{}]*\}|<br ?/?>",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Entry:
    line: int
    id: str
    start_ms: int
    end_ms: int
    text: list[str]


def sniff(head: str) -> bool:
    """Tell by a line of two times with an arrow between."""
    return _SNIFF.search(head) is not None


def read(source: Source) -> Transcript:
    """Return the cues; text with blank lines in it is kept whole."""
    entries = _entries(source)
    cues = [
        Cue(_plain(entry.text, source.strict), entry.start_ms, entry.end_ms, id=entry.id) for entry in entries
    ]
    for entry in entries:
        if entry.end_ms < entry.start_ms:
            source.notes.add(entry.line, "ends-early", "This cue ends before it starts; it is kept as it is.")
    if not source.strict:
        cues = take_name_prefixes(cues, source.notes)
    return Transcript("srt", tuple(_with_dash(cue) for cue in cues))


def _with_dash(cue: Cue) -> Cue:
    return Cue(cue.text, cue.start_ms, cue.end_ms, cue.speaker, cue.id, opens_turn=opens_with_dash(cue.text))


def _entries(source: Source) -> list[_Entry]:
    lines = source.lines()
    source.check_count(sum("->" in line for line in lines))
    entries: list[_Entry] = []
    lost = False
    for index, line in enumerate(lines):
        match = _TIMING.match(line) if "->" in line else None
        if match:
            number = _take_number(entries, lines, index)
            entries.append(_entry(match, index + 1, number))
            _note_form(source, match, index + 1)
            lost = False
        elif "-->" in line and re.match(r"\s*[0-9]", line):
            _take_number(entries, lines, index)
            source.notes.add(index + 1, "bad-times", "The times of this cue cannot be read; it was left out.")
            lost = True
        elif entries and not lost:
            entries[-1].text.append(line.strip())
        elif line.strip() and not lost and not line.strip().isdecimal():
            source.notes.add(index + 1, "text-without-time", "Text before the first times was left out.")
    for entry in entries:
        _trim(entry, source)
    return entries


def _entry(match: re.Match[str], line: int, number: str) -> _Entry:
    text = [match[10].strip()] if match[1] else []  # behind bare times stand coordinates, not words
    return _Entry(line, number, _ms(match, 2), _ms(match, 6), text)


def _ms(match: re.Match[str], group: int) -> int:
    hour, minute, second = (int(match[group + i] or 0) for i in range(3))
    return ((hour * 60 + minute) * 60 + second) * 1000 + int((match[group + 3] or "0")[:3].ljust(3, "0"))


def _take_number(entries: list[_Entry], lines: list[str], index: int) -> str:
    """Return the number in the line above the times, and take it out of the text before."""
    above = lines[index - 1].strip() if index else ""
    if not (above.isascii() and above.isdigit()) or len(above) > 9:
        return ""
    if entries and entries[-1].text:
        after_blank = index >= 2 and not lines[index - 2].strip()
        before = int(entries[-1].id or 0)
        expected = int(above) in (before + 1, len(entries) + 1)
        if not after_blank and not expected:
            return ""
        entries[-1].text.pop()
    return above


def _trim(entry: _Entry, source: Source) -> None:
    while entry.text and not entry.text[-1]:
        entry.text.pop()
    while entry.text and not entry.text[0]:
        entry.text.pop(0)
    if "" in entry.text:
        source.notes.add(entry.line, "blank-in-text", "A blank line inside this cue's text was left out.")
        entry.text = [line for line in entry.text if line]


def _note_form(source: Source, match: re.Match[str], line: int) -> None:
    if match[1] or _EXACT.match(match[0]):
        return
    if "." in match[0][: match.start(10)]:
        source.notes.add(line, "point-decimal", "The times have a point where SubRip wants a comma.")
    else:
        source.notes.add(
            line, "loose-times", "The times are not written as SubRip wants them (hh:mm:ss,mmm)."
        )


def _plain(lines: list[str], strict: bool) -> str:
    text = _TAG.sub(lambda m: "\n" if m[0].lower().startswith("<br") else "", "\n".join(lines))
    return text if strict or "&" not in text else html.unescape(text)
