# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A paragraph's text as it is shown, the way between its offsets and Qt's, its marks. Pure; any thread.

Qt counts UTF-16 units, Python counts characters: they part at the first character beyond U+FFFF. What
must not be shown (overrides of direction, control characters, halves of surrogate pairs, characters that
would break the line) is replaced by one character each, so no offset moves.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

from earmark.domain.outline import Outline
from earmark.domain.transcript import FILLED, SKIPPED, Mark

_INVISIBLE = "\u2060"
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffc]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_RTL = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")


class ShownText:
    """The text handed to Qt; `to_qt` and `from_qt` convert offsets."""

    __slots__ = ("_beyond", "rtl", "text", "two_way")

    def __init__(self, text: str) -> None:
        self.text = plain(text)
        self.two_way = _RTL.search(self.text) is not None
        self.rtl = self.two_way and _starts_rtl(self.text)
        wide = not self.text.isascii() and max(self.text) > "\uffff"
        self._beyond = [i for i, char in enumerate(self.text) if char > "\uffff"] if wide else []

    def to_qt(self, offset: int) -> int:
        """Return the UTF-16 offset of a character offset."""
        return offset + bisect_left(self._beyond, offset)

    def from_qt(self, offset: int) -> int:
        """Return the character that holds a UTF-16 offset."""
        low, high = 0, len(self._beyond)
        while low < high:
            middle = (low + high) // 2
            if self._beyond[middle] + middle < offset:
                low = middle + 1
            else:
                high = middle
        return offset - low


def plain(text: str) -> str:
    """Return `text` with what must not be shown replaced, character for character."""
    text = _HIDDEN.sub(_INVISIBLE, text)
    text = _CONTROL.sub(" ", text)
    return _LONE_SURROGATE.sub("\ufffd", text)


def _starts_rtl(text: str) -> bool:
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def borrowed(outline: Outline, paragraph: int) -> list[tuple[int, int, str]]:
    """Return (start, end, FILLED or SKIPPED) of what a woven paragraph has from the machine's text."""
    transcript = outline.transcript
    if transcript.format != "woven":
        return []
    return [
        (piece.offset, piece.offset + piece.length, transcript.cues[piece.cue].id)
        for piece in outline.paragraphs[paragraph].pieces
        if transcript.cues[piece.cue].id in (FILLED, SKIPPED)
    ]


class MarkIndex:
    """Marks by cue; a paragraph asks for the cues it shows (the same answer as `Outline.marks_in`).

    A mark whose hole is filled needs no sign.
    """

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._by_cue: dict[int, list[Mark]] = {}
        for mark in outline.transcript.marks:
            if mark.kind == FILLED:
                continue
            self._by_cue.setdefault(mark.cue, []).append(mark)

    def of(self, paragraph: int) -> list[tuple[int, Mark]]:
        """Return (offset in the paragraph, mark) in reading order."""
        if not self._by_cue:
            return []
        pieces = self._outline.paragraphs[paragraph].pieces
        found: list[tuple[int, Mark]] = []
        for index, piece in enumerate(pieces):
            marks = self._by_cue.get(piece.cue)
            if not marks:
                continue
            after = self._end_before(paragraph, index)
            end = piece.cue_offset + piece.length
            last = self._is_last(paragraph, index)
            found += [
                (piece.offset + min(piece.length, max(0, mark.offset - piece.cue_offset)), mark)
                for mark in marks
                if mark.offset > after and (last or mark.offset <= end)
            ]
        return sorted(found, key=lambda pair: pair[0])

    def _end_before(self, paragraph: int, index: int) -> int:
        """Return where the piece before ends in the same cue; -1 where another cue comes before."""
        paragraphs = self._outline.paragraphs
        piece = paragraphs[paragraph].pieces[index]
        if index:
            before = paragraphs[paragraph].pieces[index - 1]
        elif paragraph:
            before = paragraphs[paragraph - 1].pieces[-1]
        else:
            return -1
        return before.cue_offset + before.length if before.cue == piece.cue else -1

    def _is_last(self, paragraph: int, index: int) -> bool:
        paragraphs = self._outline.paragraphs
        pieces = paragraphs[paragraph].pieces
        if index + 1 < len(pieces):
            return pieces[index + 1].cue != pieces[index].cue
        if paragraph + 1 < len(paragraphs):
            return paragraphs[paragraph + 1].pieces[0].cue != pieces[index].cue
        return True
