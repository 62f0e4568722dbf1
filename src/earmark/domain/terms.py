# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The terms of a text: folded words, and unspaced scripts by the character. Pure; any thread.

By terms the library is searched and anchors are found again. `terms` and `term_spans` count alike, so a
term's number leads back to its characters.
"""

from __future__ import annotations

import re

from earmark.domain.folding import fold, fold_with_map

# Scripts without spaces between words: a query for two characters must find them inside a longer run.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
# In ASCII the same without folding each character: what `fold` drops (apostrophes) may stand inside a term.
_ASCII_TERM = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9'`]*[A-Za-z0-9])?")
_TERM = re.compile(f"[{_UNSPACED}]|[^ {_UNSPACED}]+")


def terms(text: str) -> list[str]:
    """Return the terms of a text."""
    folded = fold(text)
    if folded.isascii() or not _HAS_UNSPACED.search(folded):
        return folded.split(" ") if folded else []
    return _TERM.findall(folded)


def term_spans(text: str) -> list[tuple[int, int]]:
    """Return for each term the characters (start, end) of the text it came from."""
    if text.isascii():
        return [match.span() for match in _ASCII_TERM.finditer(text)]
    folded, origin = fold_with_map(text)
    return [(origin[match.start()], origin[match.end() - 1] + 1) for match in _TERM.finditer(folded)]
