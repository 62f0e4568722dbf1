# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Clock-like spots in a text: where they stand, what surrounds them, and how much they look like a stamp.

All patterns are anchored at the first digit of a run, so the search is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from itertools import islice
from typing import NamedTuple

# The seconds may be followed by frames (00:00:10:12), which are passed over.
_SPOT = re.compile(
    r"(?<![:0-9])([0-9]{1,6}):([0-9]{2})(?::([0-9]{2})(?:[:;][0-9]{2})?)?(?:[.,]([0-9]{1,3}))?(?!:?[0-9])"
)
_BLANKS = " \t\u00a0\u202f\u3000"
_HARD = "\u00a0\u202f"
_STOPS = ".!?…。！？\"'”’»›)]}」』*♪"
_DASHES = "-–—"
_NO_GLUE = "([{\"'“‘«/\\=@+$€£#&_%<~^|:;"
_BULLETS = "->*_#•·"
# What is said with a time of day; such a spot is prose however well its time would fit.
# The words count only in lower case: "0:05 Tonight we go." is a stamp before a sentence.
_PROSE_AFTER = re.compile(
    r"\s{0,2}(?:(?i:[ap]\.? ?m\b|o['’]?\s?clock|uhr\b|hours?\b|hrs?\b"
    r"|(?:utc|gmt|[ecmp][sd]?t|cest)\b)"
    r"|(?:in the|on (?i:mon|tues|wednes|thurs|fri|satur|sun)day) ?(?:morning|afternoon|evening)?\b"
    r"|at night|tonight|today|tomorrow|yesterday|[-–—]\s?[0-9])"
)
_PROSE_BEFORE = re.compile(
    r"\b(?:at|around|about|until|till|by|before|after|since|from|between|past|nearly|almost|um|gegen|bis|ab|"
    r"vers|verse|chapter|ratio|score)\s{1,2}\Z",
    re.IGNORECASE,
)
_LAST_HOUR_OF_DAY = 24


class Look(IntEnum):
    """How much a spot looks like a stamp."""

    WEAK = 1  # between blanks in mid sentence, or glued to a number: must fit its neighbours
    SPACED = 2  # between blanks after the end of a sentence
    SURE = 3  # at the start of a line, glued to a word, or beside a no-break space


class Spot(NamedTuple):
    """A clock-like spot; `start` to `end` covers its brackets too, and `end_ms` where it is a range."""

    start: int
    end: int
    ms: int
    look: Look
    opens_turn: bool
    end_ms: int | None = None


def spots(text: str) -> Iterator[list[Spot]]:
    """Yield for each clock-like run of a text its readings: the whole, then those without first digits.

    "Python 335:49" may be 335:49, or 35:49 behind "Python 3".
    """
    text = _western(text)
    ranges = _Ranges(text)
    done = 0
    for match in _SPOT.finditer(text):
        if match.start() < done:
            continue
        if spot := ranges.at(match):
            done = spot.end
            yield [spot]
            continue
        readings: dict[int, Spot] = {}
        for skip in range(len(match[1])):
            if spot := _reading(text, match, skip):
                readings.setdefault(spot.ms, spot)  # 0:49 is no other reading of 00:49
        if readings:
            yield list(readings.values())


def _western(text: str) -> str:
    """Return a text with the digits of all scripts as 0 to 9, every character where it was."""
    if text.isascii():
        return text
    digits = {ord(char): str(int(char)) for char in set(text) if char > "\x7f" and char.isdecimal()}
    return text.translate({**digits, ord("："): ":"}) if digits else text


class _Ranges:
    """Ranges such as `00:10 - 00:15` at the start of a line: a stamp that says where its turn ends too."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._usual: bool | None = None

    def at(self, match: re.Match[str]) -> Spot | None:
        """Return the range that begins with a clock-like run, or None."""
        behind = self._text[match.end() : match.end() + 5].lstrip(" \t\u00a0])")
        if not behind.startswith(("-", "–", "—", "→", "to ")):
            return None
        other = _range_end().match(self._text, match.end())
        if other is None:
            return None
        first, last = _value(*match.group(1, 2, 3, 4)), _value(*other.group(1, 2, 3, 4))
        start, end, line_start = _extent(self._text, match.start(), other.end())
        if first is None or last is None or last < first or not line_start:
            return None
        if match[3] is None and not self._are_usual():
            return None  # "9:00-9:45 would suit me": a time of day
        return Spot(start, end, first, Look.SURE, True, last)

    def _are_usual(self) -> bool:
        if self._usual is None:
            self._usual = sum(1 for _ in islice(_line_range().finditer(self._text), 2)) == 2
        return self._usual


@cache
def _range_end() -> re.Pattern[str]:
    return re.compile(r"[\])]?[ \t\u00a0]{0,3}(?:-{1,2}>?|[–—→]|to )[ \t\u00a0]{0,3}[\[(]?" + _SPOT.pattern)


@cache
def _line_range() -> re.Pattern[str]:
    clock = r"[0-9]{1,3}:[0-9]{2}"
    return re.compile(
        rf"^[ \t\u00a0\[(]{{0,4}}{clock}[\])]?[ \t\u00a0]{{0,3}}(?:-|–|—|→|to )[^\n0-9]{{0,5}}{clock}",
        re.MULTILINE,
    )


def _reading(text: str, match: re.Match[str], skip: int) -> Spot | None:
    ms = _value(match[1][skip:], match[2], match[3], match[4])
    if ms is None:
        return None
    start, end, line_start = _extent(text, match.start() + skip, match.end())
    after, next_char, hard_after = _following(text, end)
    before = start
    while before > 0 and text[before - 1] in _BLANKS:
        before -= 1
    last_char = "" if line_start else text[before - 1 : before]
    hard = hard_after or any(char in _HARD for char in text[before:start])
    glued = before == start
    opens = line_start or _opens(last_char, glued, next_char)
    look = _look(text, match, skip, line_start, glued, hard, last_char, opens, after)
    return None if look is None else Spot(start, end, ms, look, opens)


def _value(first: str, second: str, third: str | None, fraction: str | None) -> int | None:
    if third is None:
        if len(first) > 3 or int(second) > 59:
            return None
        seconds = int(first) * 60 + int(second)
    else:
        if len(first) > 2 or int(second) > 59 or int(third) > 59:
            return None
        seconds = (int(first) * 60 + int(second)) * 60 + int(third)
    return seconds * 1000 + int((fraction or "0").ljust(3, "0"))


def _extent(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Return the spot with its brackets and list mark, and whether it stands at the start of a line."""
    for opening, closing in (("[", "]"), ("(", ")"), ("\\[", "\\]"), ("<", ">")):
        if text.endswith(opening, 0, start) and text.startswith(closing, end):
            start, end = start - len(opening), end + len(closing)
            break
    at = start
    while at > 0 and start - at < 8 and (text[at - 1] in _BLANKS or text[at - 1] in _BULLETS):
        at -= 1
    first = at
    while at > 0 and text[at - 1] in _BLANKS:
        at -= 1
    if at == 0 or text[at - 1] in "\r\n":
        return first, end, True
    return start, end, False


def _following(text: str, end: int) -> tuple[int, str, bool]:
    at = end
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    hard = any(char in _HARD for char in text[end:at])
    return at, text[at : at + 1], hard


def _opens(last_char: str, glued: bool, next_char: str) -> bool:
    """Tell whether words after the spot begin something new rather than go on in mid sentence."""
    if last_char in _STOPS or last_char in _DASHES:
        return True
    return glued and not next_char.islower() and next_char not in ",;.:" and next_char != ""


def _look(
    text: str,
    match: re.Match[str],
    skip: int,
    line_start: bool,
    glued: bool,
    hard: bool,
    last_char: str,
    opens: bool,
    after: int,
) -> Look | None:
    start = match.start() + skip
    if not hard and match[3] is None and _PROSE_AFTER.match(text, match.end()):
        return None  # nobody says a time of day to the second
    if skip:
        # Glued to a number: only where a turn may begin, or 16:09 would hide a 6:09.
        return Look.WEAK if hard or text[after : after + 1].isupper() else None
    if hard or line_start:
        return Look.SURE
    bracketed = text[start - 1 : start] in ("[", "(", "<")
    if glued and not bracketed:
        if last_char in _NO_GLUE or (last_char in _DASHES and text[start - 2 : start - 1].isdigit()):
            return None
        return Look.SURE if after > match.end() or opens else Look.WEAK
    if not bracketed and int(match[1]) <= _LAST_HOUR_OF_DAY and _PROSE_BEFORE.search(text, start - 12, start):
        return None
    return Look.SPACED if opens and not text[after : after + 1].islower() else Look.WEAK
