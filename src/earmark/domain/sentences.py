# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where a sentence ends.

A sentence ends at . ! ? … or their counterparts in other scripts, with the quotes and brackets that close
behind it; not after an abbreviation, an initial, or inside a number or name (3.5, talk.org), and not where
a quote or bracket goes on in lower case (“Come in!” she said).
"""

from __future__ import annotations

import re
from functools import cache

MAX_WORDS = 40
MAX_MS = 20_000
MAX_CHARS = 2_000

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sr jr st mt vs etc e.g i.e eg ie cf approx dept est fig figs inc ltd co corp no nos
    vol vols pp p ed eds gen col lt sgt capt rev hon pres gov sen rep messrs mme mlle bzw z.b d.h u.a usw
    ca ung nr str bd hr fr u.s u.k a.m p.m ph.d b.sc m.sc ave blvd rd jan feb mar apr jun jul aug sep sept
    oct nov dec""".split()
)
# After these a sentence may well end; only a following capital decides.
_MAY_END = frozenset("etc inc ltd co corp a.m p.m u.s u.k u.s.a ph.d jr sr usw u.a".split())

_SPACED_STOPS = ".!?…؟۔।॥։።፧៕။‼⁇⁈⁉"
_WIDE_STOPS = "。！？｡．"
_CLOSING = "\"'”’»›)]}」』）】〉》"
_LATIN_STOP = re.compile(rf"[.!?…]+[{re.escape(_CLOSING)}]*(?=\s|$)")
_OTHER_STOPS = frozenset(_SPACED_STOPS + _WIDE_STOPS) - frozenset(".!?…")
_BEFORE_TOKEN = re.compile(r"[\s(\[“\"'‘]")
_WINDOW = 24
_MOST_INITIALS = 3


@cache
def _any_stop() -> re.Pattern[str]:
    # Begins with a set of characters, so that the search skips to the next of them.
    return re.compile(
        rf"[{re.escape(_SPACED_STOPS)}{_WIDE_STOPS}](?:"
        rf"(?<=[{re.escape(_SPACED_STOPS)}])[{re.escape(_SPACED_STOPS)}]*[{re.escape(_CLOSING)}]*(?=\s|$)"
        rf"|(?<=[{_WIDE_STOPS}])[{_WIDE_STOPS}]*[{re.escape(_CLOSING)}]*)"
    )


def _stop(text: str) -> re.Pattern[str]:
    # The full pattern takes a while to build: no need in texts without other scripts.
    return _LATIN_STOP if text.isascii() or _OTHER_STOPS.isdisjoint(text) else _any_stop()


def sentence_ends(text: str) -> list[int]:
    """Return the offsets just past each sentence of `text`; the last one is always its length."""
    ends = [m.end() for m in _stop(text).finditer(text) if m.end() < len(text) and _really_ends(text, m)]
    if text:
        ends.append(len(text))
    return ends


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that holds some characters of `text` begins and ends; it may be several."""
    before: list[re.Match[str]] = []
    behind = len(text)
    for stop in _stop(text).finditer(text):
        if stop.end() == len(text):
            break
        if stop.end() <= start:
            before.append(stop)
        elif stop.end() >= end and _really_ends(text, stop):
            behind = stop.end()
            break
    return next((m.end() for m in reversed(before) if _really_ends(text, m)), 0), behind


def has_stop(text: str) -> bool:
    """Tell whether any sentence of `text` ends by a written stop."""
    return _stop(text).search(text) is not None


def _really_ends(text: str, match: re.Match[str]) -> bool:
    stop = match[0]
    first = stop[0]
    if first in _WIDE_STOPS:
        return True
    if stop[-1] in _CLOSING or stop.startswith(("..", "…")):
        return not _following(text, match.end()).islower()  # “Come in!” she said
    if first != "." or len(stop) > 1:
        return True
    word = _BEFORE_TOKEN.split(text[max(0, match.start() - _WINDOW) : match.start()])[-1]
    if len(word) == 1 and word.isalpha() and word.isupper() and word != "I":
        return False  # an initial: J. Percival
    lowered = word.lower()
    letters = word.split(".")
    dotted = len(letters) > 1 and all(len(letter) == 1 and letter.isalpha() for letter in letters)
    if lowered in _MAY_END or (dotted and len(letters) > _MOST_INITIALS):
        return _following(text, match.end()).isupper()
    if dotted:
        return False  # initials: J.R.R. Tolkien
    return lowered not in _ABBREVIATIONS or _is_word_here(lowered, word, _following(text, match.end()))


def _following(text: str, at: int) -> str:
    return text[at : at + _WINDOW].lstrip()[:1]


def _is_word_here(lowered: str, word: str, following: str) -> bool:
    # "no." and "mar." are abbreviations before a number or name, words at the end of a sentence.
    return lowered in {"no", "mar", "jun", "sat", "sun", "est", "fig", "gen", "rep", "ed"} and (
        following.isupper() and word.islower()
    )
