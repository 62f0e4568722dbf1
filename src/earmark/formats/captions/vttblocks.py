# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""WebVTT text to blocks of (id, times, payload), with the line each came from; the border to webvtt-py.

webvtt-py finds the blocks. It says nothing of lines and drops in silence what it does not understand, so
each line with an arrow is written anew before it gets there: a sound one in canonical form with its line
number as a cue setting (settings are kept as written), any other as a bare arrow, which ends a block just
as the specification says. That also settles the eight cases of the conformance suite in which webvtt-py
reads times or blanks more generously than the specification (short and glued stamps, NUL, vertical tab).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import webvtt

from earmark.domain.times import stamp
from earmark.formats.source import NoteBook, Source

_TAG = "earmark-line:"
_STRICT = r"(?:([0-9]{1,9}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_STRICT_TIMING = re.compile(rf"[ \t\f]*{_STRICT}[ \t\f]*-->[ \t\f]*{_STRICT}(?![0-9])")
_LOOSE = r"(?:([0-9]{1,9}):)?([0-9]{1,4}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?"
_LOOSE_TIMING = re.compile(rf"\s*{_LOOSE}\s*-->\s*{_LOOSE}(?![0-9:])")
_OTHER_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_CLOCKLIKE = re.compile(r"[0-9]:[0-9]")
_PIECE_LINES = 1_000


class Block(NamedTuple):
    """One cue as it stands in the file; `line` is that of its times."""

    line: int
    id: str
    start_ms: int
    end_ms: int
    payload: str


def is_signature(line: str) -> bool:
    """Tell whether a line is what a WebVTT file must begin with."""
    return line == "WEBVTT" or line.startswith(("WEBVTT ", "WEBVTT\t"))


def read_blocks(source: Source, lines: list[str], first_line: int = 1) -> list[Block]:
    """Return the cues of `lines` (the first is the signature and stands in line `first_line` of the file)."""
    source.check_count(sum("-->" in line for line in lines))
    if source.strict:
        written = [_strictly(line, first_line + i) for i, line in enumerate(lines)]
    else:
        written = _Mending(lines, first_line, source.notes).run()
    blocks: list[Block] = []
    for piece in _pieces(written):
        blocks += map(_block, webvtt.WebVTT.from_string("\n".join(piece)).captions)
    if not source.strict:
        _note_lost(written, {block.line for block in blocks}, source.notes)
    return blocks


def _pieces(written: list[str]) -> Iterator[list[str]]:
    """Cut the lines into short files: a blank line ends a block, and no block needs another one.

    A file of 100,000 cues in one go would hold up every other thread for a tenth of a second several times.
    """
    begin = 1  # the first line counts as the signature only, whatever follows it there
    while begin < len(written):
        end = begin + _PIECE_LINES
        while end < len(written) and written[end]:
            end += 1
        yield ["WEBVTT", *written[begin:end]]  # later pieces go on with the blank line
        begin = end


def _block(caption: webvtt.Caption) -> Block:
    return Block(
        int(str(caption.settings).rpartition(_TAG)[2]),
        caption.identifier or "",
        caption.start_time.in_milliseconds(),
        caption.end_time.in_milliseconds(),
        caption.raw_text,
    )


def _note_lost(written: list[str], kept: set[int], notes: NoteBook) -> None:
    for line in written:
        number = line.rpartition(_TAG)[2]
        if number != line and int(number) not in kept:
            notes.add(int(number), "cue-lost", "This cue stands where no cue can be and was left out.")


def _strictly(line: str, number: int) -> str:
    if "-->" not in line:
        return line
    match = _STRICT_TIMING.match(line)
    return _canonical(match, number) if match else "-->"


def _canonical(match: re.Match[str], number: int) -> str:
    parts = match.groups()
    return f"{stamp(_ms(*parts[:4]))} --> {stamp(_ms(*parts[4:]))} {_TAG}{number}"


def _ms(hour: str | None, minute: str, second: str, fraction: str | None) -> int:
    whole = (int(hour or 0) * 60 + int(minute)) * 60 + int(second)
    return whole * 1000 + int((fraction or "0")[:3].ljust(3, "0"))


class _Mending:
    """The lenient walk over the lines: what most players accept is accepted, each time with a note."""

    def __init__(self, lines: list[str], first_line: int, notes: NoteBook) -> None:
        self._lines = lines
        self._first = first_line
        self._notes = notes
        self._out: list[str] = []
        self._in_header = True
        self._in_cue = False  # a sound cue has begun, and what follows may still be its text

    def run(self) -> list[str]:
        for index, line in enumerate(self._lines):
            if index == 0:
                self._out.append(line)
            elif "-->" in line:
                self._arrow(index, line)
            elif not line:
                self._blank(index)
            else:
                self._out.append(line)
        return self._out

    def _note(self, index: int, code: str, message: str) -> None:
        self._notes.add(self._first + index, code, message)

    def _arrow(self, index: int, line: str) -> None:
        number = self._first + index
        match = _STRICT_TIMING.match(line)
        if match is None:
            match = _LOOSE_TIMING.match(line)
            if match:
                self._note(index, *_looseness(match))
        if match:
            self._out.append(_canonical(match, number))
            self._in_cue, self._in_header = True, False
        elif self._in_cue and self._lines[index - 1] and not _CLOCKLIKE.search(line):
            self._note(index, "arrow-in-text", "An arrow inside a cue's text was kept as text.")
            self._out.append(line.replace("-->", "--&gt;"))
        else:
            self._note(index, "bad-times", "The times of this cue cannot be read; the cue was left out.")
            self._out.append("-->")
            self._in_cue = self._in_header = False

    def _blank(self, index: int) -> None:
        """Keep a blank line, unless it stands in the middle of a cue's text and would cut it off."""
        following = self._line(index + 1)
        stray = bool(following) and "-->" not in following and "-->" not in self._line(index + 2)
        if stray and not _OTHER_BLOCK.match(following):
            if self._in_cue:
                self._note(index, "blank-in-text", "A blank line inside a cue's text was left out.")
                return
            if not self._in_header:
                self._note(index + 1, "text-without-time", "Text without a time was left out.")
        elif following and _OTHER_BLOCK.match(following) and "-->" not in following:
            self._in_cue = False
        self._out.append("")

    def _line(self, index: int) -> str:
        return self._lines[index] if index < len(self._lines) else ""


def _looseness(match: re.Match[str]) -> tuple[str, str]:
    if "," in match[0]:
        return "comma-decimal", "The times have a comma where WebVTT wants a point."
    return "loose-times", "The times are not written as WebVTT wants them (hh:mm:ss.mmm)."
