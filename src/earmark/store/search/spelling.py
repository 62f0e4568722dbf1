# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Near spellings from the library's own words, since machines mis-hear. Inside `store`."""

from __future__ import annotations

from earmark.store.disk.database import Database
from earmark.store.search.query import Phrase, Query

_OFFERED = 5
_ALIKE = 70.0  # of 100, by rapidfuzz's ratio


def near_spellings(database: Database, query: Query) -> tuple[str, ...]:
    """Return queries like this one whose words the library has; empty if it has them all."""
    unknown = {
        term: _alike(database, term)
        for phrase in query.phrases
        for term in phrase.terms
        if not _is_known(database, term, prefix=phrase.prefix and term == phrase.terms[-1])
    }
    if not unknown:
        return ()
    offers = []
    for rank in range(_OFFERED):
        if not all(unknown.values()):
            break
        chosen = {term: found[min(rank, len(found) - 1)] for term, found in unknown.items()}
        offers.append(" ".join(_told(phrase, chosen) for phrase in query.phrases))
    return tuple(dict.fromkeys(offers))


def _is_known(database: Database, term: str, *, prefix: bool) -> bool:
    if prefix:
        begins = "SELECT term FROM spelling WHERE term BETWEEN ? AND ? LIMIT 1"
        return bool(database.query(begins, (term, term + "\U0010ffff")))
    return bool(database.query("SELECT term FROM spelling WHERE term = ?", (term,)))


def _alike(database: Database, term: str) -> list[str]:
    from rapidfuzz import fuzz, process  # 20 ms to load, wanted only when nothing was found

    near = (len(term) - 2, len(term) + 3)
    rows = database.query("SELECT term FROM spelling WHERE length(term) BETWEEN ? AND ?", near)
    words = [word for (word,) in rows]
    found = process.extract(term, words, scorer=fuzz.ratio, limit=_OFFERED, score_cutoff=_ALIKE)
    return [word for word, _, _ in found]


def _told(phrase: Phrase, chosen: dict[str, str]) -> str:
    said = " ".join(chosen.get(term, term) for term in phrase.terms)
    return f'"{said}"' if len(phrase.terms) > 1 else said
