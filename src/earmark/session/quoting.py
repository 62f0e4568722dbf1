# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Words to take along: plain text, or a quote with speaker and time."""

from __future__ import annotations

from collections.abc import Iterator

from earmark.domain.outline import Outline
from earmark.domain.times import clock


def quote(outline: Outline, sentences: range, title: str) -> str:
    """Return the sentences as a quote: one block a turn, `“words” — Speaker, 11:04`, then the title.

    It goes by paragraphs, so that 100,000 lines take no longer than a key may.
    """
    pieces: list[str] = []  # joined once: what is quoted may be millions of characters
    at = sentences.start
    while at < sentences.stop:
        end = outline.end_of_turn(outline.turn_of(at))
        pieces += ("“" if not pieces else "\n“", *_words(outline, at, min(end, sentences.stop)), "”")
        pieces.append(_said_by(outline, at))
        at = end
    if title:
        pieces.append(f"\n{title}" if pieces else title)
    return "".join(pieces)


def _said_by(outline: Outline, sentence: int) -> str:
    start = outline.sentences[sentence].start_ms
    source = [outline.speaker(sentence) or "", clock(start) if start is not None else ""]
    said_by = ", ".join(part for part in source if part)
    return f" — {said_by}" if said_by else ""


def _words(outline: Outline, first: int, end: int) -> Iterator[str]:
    """Yield what each paragraph holds of a run of sentences, and the blanks between."""
    at = first
    while at < end:
        opening = outline.sentences[at]
        paragraph = outline.paragraphs[opening.paragraph]
        stop = min(end, paragraph.end_sentence)
        if at > first:
            yield " "
        yield paragraph.text[opening.start : outline.sentences[stop - 1].end]
        at = stop
