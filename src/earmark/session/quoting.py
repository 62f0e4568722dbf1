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
    lines: list[str] = []
    at = sentences.start
    while at < sentences.stop:
        turn = outline.turn_of(at)
        later = outline.turns[turn + 1 : turn + 2]
        end = outline.paragraphs[later[0]].first_sentence if later else len(outline.sentences)
        lines.append(_block(outline, at, min(end, sentences.stop)))
        at = end
    if title:
        lines.append(title)
    return "\n".join(lines)


def _block(outline: Outline, first: int, end: int) -> str:
    words = " ".join(_parts(outline, first, end))
    start = outline.sentences[first].start_ms
    source = [outline.speaker(first) or "", clock(start) if start is not None else ""]
    said_by = ", ".join(part for part in source if part)
    return f"“{words}”" + (f" — {said_by}" if said_by else "")


def _parts(outline: Outline, first: int, end: int) -> Iterator[str]:
    """Yield what each paragraph holds of a run of sentences."""
    while first < end:
        opening = outline.sentences[first]
        paragraph = outline.paragraphs[opening.paragraph]
        stop = min(end, paragraph.end_sentence)
        yield paragraph.text[opening.start : outline.sentences[stop - 1].end]
        first = stop
