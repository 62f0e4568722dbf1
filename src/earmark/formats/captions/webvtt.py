# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""WebVTT: whole files, and copies of a web page that shows one.

A copy has the page's navigation and line numbers before `WEBVTT` and has lost its blank lines; it is read
from its `WEBVTT` line on. Rolling captions (YouTube) are merged by `rolling`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.captions.cuetext import CueText, read_cue_text
from earmark.formats.captions.cuewords import timed_words
from earmark.formats.captions.rolling import merge_rolling
from earmark.formats.captions.voices import carry_voices, opens_with_dash, split_voices
from earmark.formats.captions.vttblocks import Block, is_signature, read_blocks
from earmark.formats.source import Source
from earmark.formats.speakers import take_name_prefixes

_PAGE = re.compile(r"^WEBVTT(?=[ \t]*$)", re.MULTILINE)
_HEADER_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*")
_PAGE_END = re.compile(r"Footer\s*")
_COUNTED_SHARE = 0.9


def sniff(head: str) -> bool:
    """Tell WebVTT, whole or inside the copy of a page."""
    if is_signature(head[:8].split("\n")[0].split("\r")[0]):
        return True
    page = _PAGE.search(head)
    return page is not None and "-->" in head[page.end() :]


def read(source: Source) -> Transcript:
    """Return the transcript of a WebVTT file; strictly, exactly what the specification's parser yields."""
    lines = source.lines()
    first = 0
    if not is_signature(lines[0]):
        if source.strict:
            raise source.refused("not-webvtt", "does not begin with WEBVTT, so it is no WebVTT file.")
        first = next((i for i, line in enumerate(lines) if line.rstrip(" \t") == "WEBVTT"), -1)
        if first < 0:
            raise source.refused("not-webvtt", "has no WEBVTT line, so it is no WebVTT file.")
        lines = _page_lines(source, lines, first)
    blocks = read_blocks(source, lines, first + 1)
    if source.strict:
        return Transcript("webvtt", tuple(_strict_cue(block) for block in blocks))
    return Transcript("webvtt", _lenient_cues(source, blocks), language=_language(lines))


def _page_lines(source: Source, lines: list[str], first: int) -> list[str]:
    """Cut the page's own text away and give numbered cues back the blank lines before their numbers."""
    message = f"Lines 1 to {first} stand before WEBVTT and were left out (a copied web page)."
    source.notes.add(1, "page-copy", message)
    body = lines[first:]
    for index in range(len(body) - 1):
        if _PAGE_END.fullmatch(body[index]) and body[index + 1].lstrip().startswith("©"):
            source.notes.add(first + index + 1, "page-copy", "The foot of the page was left out.")
            body = body[:index]
            break
    arrows = [i for i, line in enumerate(body) if "-->" in line]
    numbered = [i for i in arrows if body[i - 1].isascii() and body[i - 1].isdigit()]
    if len(numbered) > 1 and "" not in body and len(numbered) >= _COUNTED_SHARE * len(arrows):
        # A line number would move if lines were put in, so the number is cut out of the text instead.
        source.notes.add(first + numbered[0], "page-copy", "Lines that only number the cues were left out.")
        for i in numbered:
            body[i - 1] = ""
    return body


def _language(lines: list[str]) -> str | None:
    for line in lines[1:]:
        if not line or "-->" in line:
            return None
        if match := _HEADER_LANGUAGE.fullmatch(line):
            return match[1]
    return None


def _strict_cue(block: Block) -> Cue:
    text = read_cue_text(block.payload)
    return Cue(
        text.text,
        block.start_ms,
        block.end_ms,
        speaker=text.voices[0][1] if text.voices else None,
        id=block.id,
        words=timed_words(text, block.start_ms, block.end_ms),
    )


def _lenient_cues(source: Source, blocks: list[Block]) -> tuple[Cue, ...]:
    texts = [read_cue_text(block.payload) for block in blocks]
    blocks, texts = merge_rolling(blocks, texts, source.notes)
    voiced = any(text.voices for text in texts)
    cues: list[Cue] = []
    for block, text in zip(blocks, texts, strict=True):
        _note_times(source, block, text)
        words = timed_words(text, block.start_ms, block.end_ms) if text.times else ()
        cue = Cue(text.text, block.start_ms, block.end_ms, id=block.id, words=words)
        cues += split_voices(cue, text.voices, block.line, source.notes)
    cues = carry_voices(cues) if voiced else take_name_prefixes(cues, source.notes)
    return tuple(cue._replace(opens_turn=True) if opens_with_dash(cue.text) else cue for cue in cues)


def _note_times(source: Source, block: Block, text: CueText) -> None:
    if block.end_ms < block.start_ms:
        source.notes.add(block.line, "ends-early", "This cue ends before it starts; it is kept as it is.")
    times = [block.start_ms, *(time for _, time in text.times), max(block.start_ms, block.end_ms)]
    if text.times and any(later < earlier for earlier, later in pairwise(times)):
        source.notes.add(block.line, "word-times", "Some times inside this cue run backwards; not used.")
