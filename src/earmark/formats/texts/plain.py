# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Text without any stamp: each paragraph is a cue without a time, with its speaker where names recur."""

from __future__ import annotations

import re

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.source import Source
from earmark.formats.speakers import name_prefix, sure_names

_BLANK_LINES = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W\d_]")


def sniff(head: str) -> bool:
    """Tell whether there are words at all. Asked last."""
    return _WORD.search(head) is not None


def read(source: Source) -> Transcript:
    """Return the paragraphs: parted by blank lines, or by lines where each line is a speaker's."""
    text = "\n".join(line.strip() for line in source.lines())
    blocks = [block.strip() for block in _BLANK_LINES.split(text)]
    lines = [line for line in text.split("\n") if line]
    heads = [name_prefix(line) for line in lines]
    names = sure_names([head[0] if head else None for head in heads])
    if names and len(blocks) * 2 < len(lines):
        blocks = _by_speaker(lines, names)
    blocks = [block for block in blocks if block]
    source.check_count(len(blocks))
    return Transcript("text", tuple(_cue(block, names) for block in blocks))


def _by_speaker(lines: list[str], names: frozenset[str]) -> list[str]:
    blocks: list[list[str]] = []
    for line in lines:
        head = name_prefix(line)
        if not blocks or (head and head[0] in names):
            blocks.append([])
        blocks[-1].append(line)
    return ["\n".join(block) for block in blocks]


def _cue(block: str, names: frozenset[str]) -> Cue:
    head = name_prefix(block)
    if head and head[0] in names:
        return Cue(block[head[1] :], speaker=head[0], opens_turn=True)
    return Cue(block, opens_turn=True)
