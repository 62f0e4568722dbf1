# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
r"""Markdown in the style of the Changelog: `**Name:** \[01:07:06.13\] text`, times only now and then.

Earmark writes this form too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from earmark.domain.transcript import Cue, Mark, Transcript
from earmark.formats.source import Source
from earmark.formats.texts.headed import clock_ms, take_unheard
from earmark.formats.texts.stamps import longest_chain

_NAMED = r"\*\*[^*\n]{1,60}(?::\*\*|\*\*[ ]?:)"
_TIME = r"[0-9]{1,3}(?::[0-9]{2}){1,2}(?:\.[0-9]{1,3})?"
_SPEAKER = re.compile(r"\*\*([^*\n]{1,60}?)[ ]?(?::\*\*|\*\*[ ]?:)[ \t]*")
# Some write the time before the name, and not always in brackets.
_TIME_FIRST = re.compile(rf"(?:[-*][ \t]+)?\\?[\[(]?({_TIME})\\?[\])]?[ \t]*(?={_NAMED})")
_STAMP = re.compile(rf"\\?\[({_TIME})\\?\][ \t]*")
_SNIFF = re.compile(rf"^(?:{_NAMED}|{_TIME_FIRST.pattern}|\\\[{_TIME})", re.MULTILINE)
_TITLE = re.compile(r"#[ \t]+(.+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Emphasis and code; stars and strokes between blanks or inside words are none.
_SIGNS = re.compile(r"(?<![\w\\*_`])([*_`])(?=\S)([^*_`\n]{1,500}?)(?<=[^\s\\])\1(?![\w*_`])")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{1,500}\)")


def sniff(head: str) -> bool:
    """Tell by a bold name with a colon, or an escaped time, at the start of a line."""
    return _SNIFF.search(head) is not None


@dataclass(slots=True)
class _Piece:
    """A turn, or what follows a time inside one."""

    line: int
    speaker: str | None
    opens: bool
    ms: int | None = None
    words: list[str] = field(default_factory=list)


def read(source: Source) -> Transcript:
    """Return a cue for each turn, and one more at each time written inside a turn."""
    title: str | None = None
    pieces: list[_Piece] = []
    for number, line in enumerate(source.lines(), 1):
        line = line.strip()
        if heading := _TITLE.fullmatch(line):
            title = title or _plain(heading[1])
        elif line:
            _take_line(pieces, number, line)
    source.check_count(len(pieces))
    cues: list[Cue] = []
    marks: list[Mark] = []
    for cue in _cues(source, pieces):
        text, found = take_unheard(cue.text)
        marks += [Mark(at, len(cues), offset) for offset, at in found]
        cues.append(cue._replace(text=text))
    return Transcript("markdown", tuple(cues), title=title, marks=tuple(marks))


def _take_line(pieces: list[_Piece], number: int, line: str) -> None:
    first = _TIME_FIRST.match(line)
    named = _SPEAKER.match(line, first.end() if first else 0)
    if named:
        pieces.append(_Piece(number, _plain(named[1]), True, clock_ms(first[1]) if first else None))
        line = line[named.end() :]
    elif not pieces:
        pieces.append(_Piece(number, None, True))
    parts = _STAMP.split(line)
    if parts[0].strip():
        pieces[-1].words.append(_plain(parts[0]))
    for time, words in zip(parts[1::2], parts[2::2], strict=True):
        if pieces[-1].words or pieces[-1].ms is not None:
            # Where nobody is named, a time is all that tells one turn from the next.
            pieces.append(_Piece(number, pieces[-1].speaker, pieces[-1].speaker is None))
        pieces[-1].ms = clock_ms(time)
        if words.strip():
            pieces[-1].words.append(_plain(words))


def _cues(source: Source, pieces: list[_Piece]) -> Iterator[Cue]:
    timed = [piece for piece in pieces if piece.ms is not None]
    kept = set(longest_chain([piece.ms for piece in timed if piece.ms is not None]))
    for index, piece in enumerate(timed):
        if index not in kept:
            piece.ms = None
            message = "This time runs backwards; what follows it has no time."
            source.notes.add(piece.line, "backward-stamp", message)
    for piece in pieces:
        if piece.words or piece.ms is not None:
            text = "\n".join(piece.words)
            yield Cue(text, piece.ms, speaker=piece.speaker, opens_turn=piece.opens)


def _plain(text: str) -> str:
    text = _SIGNS.sub(r"\2", _LINK.sub(r"\1", text).replace("**", ""))
    return html.unescape(_ESCAPE.sub(r"\1", text)).strip()
