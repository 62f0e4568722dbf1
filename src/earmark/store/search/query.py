# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the listener typed, understood: words, phrases, prefixes, `speaker:` and `in:`. Pure; any thread.

Whatever is typed is a query; there is no syntax error. A word with punctuation in it (`well-known`) is the
phrase of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from earmark.domain.terms import terms

NEAR_TERMS = 32  # words of a query are near each other with at most this many other words between
MIN_PREFIX = 2  # of a word that is still being typed; a star says that one letter is meant as one
_MAX_PHRASES = 16
_MAX_CHARS = 1_000
_PART = re.compile(
    r'(?:(?P<field>speaker|in):)?(?:["“„](?P<quoted>[^"”“]*)(?P<closed>["”“]|\Z)(?P<star>\*?)|(?P<plain>\S+))',
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that follow each other; with `prefix` the last is only the beginning of one."""

    terms: tuple[str, ...]
    prefix: bool = False

    @property
    def match(self) -> str:
        """The phrase in the words of FTS5; terms are letters and digits, so quoting them is enough."""
        return f'"{" ".join(self.terms)}"{" *" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class Query:
    """A query: every phrase near the others, said by `speakers`, in recordings known as `titles`."""

    phrases: tuple[Phrase, ...]
    speakers: tuple[tuple[str, ...], ...] = ()
    titles: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing."""
        return not (self.phrases or self.speakers or self.titles)

    def match(self, near: int = NEAR_TERMS) -> str:
        """Return the phrases in the words of FTS5, at most `near` other terms between them."""
        if len(self.phrases) == 1:
            return self.phrases[0].match
        return f"NEAR({' '.join(phrase.match for phrase in self.phrases)}, {near})"

    @property
    def lengths(self) -> list[int]:
        """How many terms each phrase has."""
        return [len(phrase.terms) for phrase in self.phrases]

    def nearer(self, distances: Sequence[int]) -> Iterator[str]:
        """Yield stricter forms of `match`, the strictest first: right after each other, then within."""
        if not any(phrase.prefix for phrase in self.phrases[:-1]):  # only the end of a phrase may be open
            said = tuple(term for phrase in self.phrases for term in phrase.terms)
            yield Phrase(said, self.phrases[-1].prefix).match
        for distance in distances:
            yield self.match(distance)

    def apart(self, places: list[int]) -> list[list[int]]:
        """Return where each phrase is when all of them follow each other from the places given."""
        offsets = accumulate(self.lengths[:-1], initial=0)
        return [[at + offset for at in places] for offset in offsets]


def parse(text: str, *, typing: bool = False) -> Query:
    """Return the query a text is. While it is being typed the last word counts as a prefix."""
    phrases: list[Phrase] = []
    fields: dict[str, list[tuple[str, ...]]] = {"speaker": [], "in": []}
    last_end = -1
    for part in _PART.finditer(text[:_MAX_CHARS]):
        said = part["plain"] if part["quoted"] is None else part["quoted"]
        found = tuple(terms(said))
        if not found:
            continue
        if part["field"]:
            fields[part["field"].lower()].append(found)
            continue
        starred = bool(part["star"]) or said.rstrip().endswith("*")
        phrases.append(Phrase(found, starred))
        last_end = part.end() if not part["closed"] else -1
    if typing and phrases and last_end == len(text) and len(phrases[-1].terms[-1]) >= MIN_PREFIX:
        phrases[-1] = Phrase(phrases[-1].terms, True)
    return Query(tuple(dict.fromkeys(phrases))[:_MAX_PHRASES], tuple(fields["speaker"]), tuple(fields["in"]))
