# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Text as search sees it: case, accents and punctuation folded away, with the way back.

`fold` and `fold_with_map` give the same folded text; the second also says for each folded character which
character of the original it came from, and is asked only for texts that have a hit.
"""

from __future__ import annotations

import re
import unicodedata

_DROPPED = "'’‘ʼ´`\u00ad\u200b\u200c\u200d\u2060\ufeff"  # it's = its; soft hyphens and joiners are nothing
_ASCII_DROP = {ord(c): None for c in _DROPPED if ord(c) < 128}
_ASCII_FOLD = {i: (" " if not chr(i).isalnum() else chr(i).lower()) for i in range(128)} | _ASCII_DROP
_BLANKS = re.compile(r" +")


def fold(text: str) -> str:
    """Return `text` folded: words of lower-case letters and digits with single blanks between."""
    table = _ASCII_FOLD if text.isascii() else _FOLDS
    return _BLANKS.sub(" ", text.translate(table)).strip(" ")


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the offset it came from."""
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for folded in _FOLDS[ord(char)]:
            if folded == " " and (not out or out[-1] == " "):
                continue
            out.append(folded)
            origin.append(index)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return "".join(out), origin


def _fold_char(char: str) -> str:
    if char in _DROPPED:
        return ""
    decomposed = unicodedata.normalize("NFKD", char.casefold())
    kept = [c for c in decomposed if not unicodedata.combining(c) and c not in _DROPPED]
    return "".join(c.casefold() if c.isalnum() else " " for c in kept)


class _Folds(dict[int, str]):
    """The fold of each character, worked out when it is first met (`str.translate` reads it as a table)."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_FOLDS = _Folds()


def words_of(text: str) -> list[str]:
    """Return the folded words of a text."""
    return fold(text).split()
