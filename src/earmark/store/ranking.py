# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which hits come first. Pure; inside `store`.

Of one phrase: the transcripts that say it most, a few hits of each before more of any. Of several: the hits
whose words are closest, in the order asked for before others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from operator import attrgetter
from typing import NamedTuple

HITS_A_TRANSCRIPT = 5  # before others have had their turn

Words = tuple[tuple[int, int], ...]  # (number of the term, how many terms) for each phrase


class Candidate(NamedTuple):
    """A hit not yet looked up: in which transcript, and where its phrases are."""

    transcript: int
    words: Words


@dataclass(slots=True)
class Document:
    """A transcript with hits: for each phrase the numbers of the terms it begins with."""

    transcript: int
    places: list[list[int]]
    count: int


def most_said(documents: Iterable[Document], count: int) -> list[Document]:
    """Return the transcripts with the most hits."""
    return nlargest(count, documents, key=attrgetter("count"))


def fairly(documents: Sequence[Document], length: int, limit: int) -> list[Candidate]:
    """Return hits of one phrase, `length` terms long, grouped by transcript in the order given."""
    share = min(limit, HITS_A_TRANSCRIPT)
    taken = [min(document.count, share) for document in documents]
    room = limit - sum(taken)
    for index, document in enumerate(documents):
        more = max(0, min(room, document.count - taken[index]))
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
    """Return hits of several phrases, the closest first."""

    def far(hit: tuple[int, Candidate]) -> tuple[int, int, int, Words]:
        slack, candidate = hit
        return slack, -counts.get(candidate.transcript, 0), candidate.transcript, candidate.words

    found = (hit for document in documents for hit in hits_of(document, lengths))
    return [candidate for _, candidate in nsmallest(limit, found, key=far)]


def hits_of(document: Document, lengths: Sequence[int]) -> Iterator[tuple[int, Candidate]]:
    """Yield (how far apart, hit) around each occurrence of the phrase that is rarest there.

    How far is twice the number of terms between, and one more when the phrases are not in their order.
    """
    rarest = min(range(len(lengths)), key=lambda i: len(document.places[i]))
    for at in document.places[rarest]:
        words = tuple(
            (at if i == rarest else _nearest(document.places[i], at), length)
            for i, length in enumerate(lengths)
        )
        begins = [number for number, _ in words]
        span = max(number + length for number, length in words) - min(begins)
        slack = max(0, span - sum(lengths))
        yield 2 * slack + (begins != sorted(begins)), Candidate(document.transcript, words)


def _nearest(places: Sequence[int], at: int) -> int:
    index = bisect_left(places, at)
    around = places[max(0, index - 1) : index + 1]
    return min(around, key=lambda place: (abs(place - at), -place))
