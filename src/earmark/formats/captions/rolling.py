# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Rolling captions, as YouTube writes them: each cue shows the line before once more above its own.

Between two of them stands a cue of 10 ms that shows the finished line. Merged, every word is there once,
with the times written for it.
"""

from __future__ import annotations

from earmark.formats.captions.cuetext import CueText
from earmark.formats.captions.vttblocks import Block
from earmark.formats.source import NoteBook

_ROLLING_SHARE = 0.3
_HOLD_MS = 50


def merge_rolling(
    blocks: list[Block], texts: list[CueText], notes: NoteBook
) -> tuple[list[Block], list[CueText]]:
    """Return blocks and texts with repeated lines gone, or as they are if the file does not roll."""
    repeated = _repeated_lines(texts)
    rolling = sum(1 for count in repeated if count)
    marked = any(text.times for text in texts) or _has_holds(blocks)
    if not marked or rolling < max(1, _ROLLING_SHARE * (len(blocks) - 1)):
        return blocks, texts
    kept_blocks: list[Block] = []
    kept_texts: list[CueText] = []
    for block, text, count in zip(blocks, texts, repeated, strict=True):
        own = _without_lines(text, count)
        if own.text:
            kept_blocks.append(block)
            kept_texts.append(own)
    first = next(block.line for block, count in zip(blocks, repeated, strict=True) if count)
    notes.add(first, "rolling", f"Rolling captions: {sum(repeated)} repeated lines were merged.")
    return kept_blocks, kept_texts


def _repeated_lines(texts: list[CueText]) -> list[int]:
    """Return for each cue how many of its first lines the cue before already ended with."""
    counts: list[int] = []
    before: list[str] = []
    for text in texts:
        lines = _shown(text.text)
        most = min(len(lines), len(before))
        counts.append(next((n for n in range(most, 0, -1) if before[-n:] == lines[:n]), 0))
        before = lines or before
    return counts


def _shown(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()][:8]


def _has_holds(blocks: list[Block]) -> bool:
    short = sum(1 for block in blocks if 0 < block.end_ms - block.start_ms <= _HOLD_MS)
    return short >= 3 and short >= _ROLLING_SHARE * len(blocks)


def _without_lines(text: CueText, count: int) -> CueText:
    """Drop blank lines in front, then `count` lines; what is left keeps its times and voices."""
    start = 0
    while start < len(text.text):
        end = text.text.find("\n", start)
        end = len(text.text) if end < 0 else end
        if text.text[start:end].strip():
            if count == 0:
                break
            count -= 1
        start = end + 1
    rest = text.text[start:]
    start += len(rest) - len(rest.lstrip())
    return text._replace(
        text=rest.strip(),
        voices=tuple((max(0, at - start), name) for at, name in text.voices),
        times=tuple((at - start, ms) for at, ms in text.times if at >= start),
    )
