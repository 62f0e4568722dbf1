# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Words to take along: plain text, or a quote with speaker and time."""

from __future__ import annotations

from collections.abc import Iterable

from earmark.domain.outline import Outline
from earmark.domain.times import clock


def quote(outline: Outline, sentences: Iterable[int], title: str) -> str:
    """Return the sentences as a quote: one block a turn, `“words” — Speaker, 11:04`, then the title."""
    blocks: list[tuple[int, list[int]]] = []
    for sentence in sentences:
        turn = outline.turn_of(sentence)
        if blocks and blocks[-1][0] == turn:
            blocks[-1][1].append(sentence)
        else:
            blocks.append((turn, [sentence]))
    lines = [_block(outline, held) for _, held in blocks]
    if title:
        lines.append(title)
    return "\n".join(lines)


def _block(outline: Outline, sentences: list[int]) -> str:
    words = " ".join(outline.text(sentence) for sentence in sentences)
    start = outline.sentences[sentences[0]].start_ms
    source = [outline.speaker(sentences[0]) or "", clock(start) if start is not None else ""]
    said_by = ", ".join(part for part in source if part)
    return f"“{words}”" + (f" — {said_by}" if said_by else "")
