# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which hits come first. Pure; inside `store`.

Of one phrase: the transcripts that say it most, a few hits of each before more of any. Of several: the hits
whose words are closest, in the order asked for before others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest, nsmallest
from operator import add, attrgetter
from typing import NamedTuple

HITS_A_TRANSCRIPT = 5  # before others have had their turn

Words = tuple[tuple[int, int], ...]  # (number of the term, how many terms) for each phrase


class Candidate(NamedTuple):
    """A hit not yet looked up: in which transcript, and where its phrases are."""

    transcript: int
    words: Words


class Document(NamedTuple):
    """A transcript with hits: for each phrase the numbers of the terms it begins with.

    Its hits are the places of the phrase `rarest`. Where they only had to be counted there are no places.
    """

    transcript: int
    places: Sequence[Sequence[int]]
    hits: int
    rarest: int = 0

    @classmethod
    def of(cls, transcript: int, places: Sequence[Sequence[int]]) -> Document:
        """Return a transcript with the hits of all its places."""
        counts = list(map(len, places))
        hits = min(counts)
        return cls(transcript, places, hits, counts.index(hits))


def most_said(documents: Iterable[Document], count: int) -> list[Document]:
    """Return the transcripts with the most hits."""
    return nlargest(count, documents, key=attrgetter("hits"))


def fairly(documents: Sequence[Document], length: int, limit: int) -> list[Candidate]:
    """Return hits of one phrase, `length` terms long, grouped by transcript in the order given."""
    share = min(limit, HITS_A_TRANSCRIPT)
    taken = [min(document.hits, share) for document in documents]
    room = limit - sum(taken)
    for index, document in enumerate(documents):
        more = max(0, min(room, document.hits - taken[index]))
        taken[index] += more
        room -= more
    candidates = [
        Candidate(document.transcript, ((at, length),))
        for document, count in zip(documents, taken, strict=True)
        for at in document.places[0][:count]
    ]
    return candidates[:limit]


def closest(
    documents: Iterable[Document], lengths: Sequence[int], counts: Mapping[int, int], limit: int
) -> list[Candidate]:
    """Return hits of several phrases, the closest first; of equal ones those of the transcript with most."""
    found = (
        (far, -counts.get(document.transcript, 0), document.transcript, words)
        for document in documents
        for far, words in hits_of(document, lengths)
    )
    return [Candidate(transcript, words) for _, _, transcript, words in nsmallest(limit, found)]


def hits_of(document: Document, lengths: Sequence[int]) -> Iterator[tuple[int, Words]]:
    """Yield (how far apart, where) around each occurrence of the phrase that is rarest there.

    How far is twice the number of terms between, and one more when the phrases are not in their order.
    """
    rarest, whole = document.rarest, sum(lengths)
    for at in document.places[rarest]:
        begins = [at if i == rarest else _nearest(places, at) for i, places in enumerate(document.places)]
        ends = map(add, begins, lengths)
        between = max(0, max(ends) - min(begins) - whole)
        yield 2 * between + (begins != sorted(begins)), tuple(zip(begins, lengths, strict=True))


def _nearest(places: Sequence[int], at: int) -> int:
    index = bisect_left(places, at)
    if index == len(places):
        return places[-1]
    if index and at - places[index - 1] < places[index] - at:
        return places[index - 1]
    return places[index]
