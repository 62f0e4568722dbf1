# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""JSON of the Whisper family: openai, whisper.cpp, WhisperX, faster-whisper's scripts, pipelines.

They differ in names and gaps, so one tolerant reader: words may lack times (numbers, in WhisperX by
design), tokens of whisper.cpp may lack offsets and are pieces of words, times may run backwards.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.machine import jsontext
from earmark.formats.machine.wordlist import Given, place
from earmark.formats.source import Source

_KEYS = re.compile(r'"(?:segments|transcription|chunks|word_segments)"\s*:\s*\[|"(?:start|timestamp)"\s*:')
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_SPECIAL = re.compile(r"\[_[A-Z]+_[^\]]{0,12}\]|<\|[^|]{0,20}\|>")


def sniff(head: str) -> bool:
    """Tell JSON with one of the family's lists."""
    return jsontext.looks_like_json(head) and _KEYS.search(head) is not None


def read(source: Source) -> Transcript:
    """Return the segments with their words."""
    data = jsontext.load(source)
    items = _segments(data)
    if not items:
        raise source.refused("unknown-json", "is JSON, but no transcript Earmark knows.")
    source.check_count(len(items))
    cues = [cue for number, item in enumerate(items, 1) if (cue := _cue(source, item, number)).text]
    return Transcript("whisper-json", tuple(cues), language=_language(data))


def _segments(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        for key in ("segments", "transcription", "chunks", "word_segments"):
            if found := jsontext.objects(data.get(key)):
                return found
        return []
    return [item for item in jsontext.objects(data) if "text" in item]


def _language(data: Any) -> str | None:
    if not isinstance(data, dict):
        return None
    result = data.get("result")
    for value in (data.get("language"), result.get("language") if isinstance(result, dict) else None):
        if _LANGUAGE.fullmatch(jsontext.text(value)):
            return jsontext.text(value)
    return None


def _cue(source: Source, item: dict[str, Any], number: int) -> Cue:
    text = _SPECIAL.sub("", jsontext.text(item.get("text")) or jsontext.text(item.get("word"))).strip()
    start, end = _times(item)
    given = _given(item)
    if start is None:
        start = next((word.start_ms for word in given if word.start_ms is not None), None)
    if end is None:
        end = next((word.end_ms for word in reversed(given) if word.end_ms is not None), None)
    words = place(text, given, start, end)
    exact = sum(word.start_ms is not None for word in given)
    if given and exact > sum(word.timing == "exact" for word in words):
        source.notes.add(0, "word-times", f"Segment {number} has word times that run backwards; not used.")
    return Cue(text, start, end, speaker=_speaker(item), words=words)


def _times(item: dict[str, Any]) -> tuple[int | None, int | None]:
    offsets = item.get("offsets")
    if isinstance(offsets, dict):
        return jsontext.whole(offsets.get("from")), jsontext.whole(offsets.get("to"))
    pair = item.get("timestamp")
    if isinstance(pair, list) and len(pair) == 2:
        return jsontext.seconds(pair[0]), jsontext.seconds(pair[1])
    return jsontext.seconds(item.get("start")), jsontext.seconds(item.get("end"))


def _speaker(item: dict[str, Any]) -> str | None:
    named = jsontext.text(item.get("speaker"))
    if named:
        return named
    voices = Counter(jsontext.text(word.get("speaker")) for word in jsontext.objects(item.get("words")))
    voices.pop("", None)
    return voices.most_common(1)[0][0] if voices else None


def _given(item: dict[str, Any]) -> list[Given]:
    words = jsontext.objects(item.get("words"))
    if words:
        return [
            Given(jsontext.text(w.get("word")) or jsontext.text(w.get("text")), *_times(w)) for w in words
        ]
    joined: list[Given] = []
    for token in jsontext.objects(item.get("tokens")):
        piece = jsontext.text(token.get("text"))
        if not piece or _SPECIAL.fullmatch(piece.strip()):
            continue
        start, end = _times(token)
        if joined and not piece[0].isspace():
            before = joined.pop()
            first = before.start_ms if before.start_ms is not None else start
            joined.append(Given(before.text + piece, first, end if end is not None else before.end_ms))
        else:
            joined.append(Given(piece, start, end))
    return joined
