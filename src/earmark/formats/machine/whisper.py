# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""JSON of the Whisper family: openai, whisper.cpp, WhisperX, faster-whisper's scripts, pipelines.

They differ in names and gaps, so one tolerant reader: words may lack times (numbers, in WhisperX by
design), tokens of whisper.cpp may lack offsets and are pieces of words, times may run backwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from earmark.domain.transcript import Cue, Transcript
from earmark.domain.words import time_at
from earmark.formats.machine import jsontext
from earmark.formats.machine.wordlist import REACH_CHARS, Given, place
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
    found = _segments(data)
    if not jsontext.objects(found):
        raise source.refused("unknown-json", "is JSON, but no transcript Earmark knows.")
    items = jsontext.segments(source, found)
    source.check_count(len(items))
    cues = [cue for number, item in items for cue in _by_voice(_cue(source, item, number), item) if cue.text]
    return Transcript("whisper-json", tuple(cues), language=_language(data))


def _segments(data: Any) -> object:
    if isinstance(data, dict):
        keys = ("segments", "transcription", "chunks", "word_segments")
        return next((data[key] for key in keys if jsontext.objects(data.get(key))), None)
    return data if any("text" in item for item in jsontext.objects(data)) else None


def _language(data: Any) -> str | None:
    if not isinstance(data, dict):
        return None
    result = data.get("result")
    for value in (data.get("language"), result.get("language") if isinstance(result, dict) else None):
        if _LANGUAGE.fullmatch(jsontext.text(value)):
            return jsontext.text(value)
    return None


def _cue(source: Source, item: dict[str, Any], number: int) -> Cue:
    start, end = _times(item)
    given = _given(item)
    text = _SPECIAL.sub("", _text(item, given)).strip()
    if start is None:
        start = next((word.start_ms for word in given if word.start_ms is not None), None)
    if end is None:
        end = next((word.end_ms for word in reversed(given) if word.end_ms is not None), None)
    words = place(text, given, start, end)
    exact = sum(word.start_ms is not None for word in given)
    if given and exact > sum(word.timing == "exact" for word in words):
        source.notes.add(0, "word-times", f"Segment {number} has word times that run backwards; not used.")
    _note_unread(source, item, number, text)
    return Cue(text, start, end, speaker=_speaker(item), words=words)


def _text(item: dict[str, Any], given: list[Given]) -> str:
    """Return a segment's words, put together from its list of words where nothing else has them."""
    if text := jsontext.text(item.get("text")) or jsontext.text(item.get("word")):
        return text
    return ("" if any(word.text[:1].isspace() for word in given[1:]) else " ").join(
        word.text for word in given
    )


def _note_unread(source: Source, item: dict[str, Any], number: int, text: str) -> None:
    bad = sum(
        value is not None and ms is None
        for part in (item, *jsontext.objects(item.get("words")), *jsontext.objects(item.get("tokens")))
        for value, ms in zip(_written_times(part)[1], _times(part), strict=True)
    )
    written = item.get("text", item.get("word", ""))
    jsontext.note_unread(source, number, bad, words=bool(text) or isinstance(written, str))


def _times(item: dict[str, Any]) -> tuple[int | None, int | None]:
    read, (start, end) = _written_times(item)
    return read(start), read(end)


def _written_times(item: dict[str, Any]) -> tuple[Callable[[object], int | None], tuple[object, object]]:
    offsets = item.get("offsets")
    if isinstance(offsets, dict):
        return jsontext.whole, (offsets.get("from"), offsets.get("to"))
    pair = item.get("timestamp")
    if isinstance(pair, list) and len(pair) == 2:
        return jsontext.seconds, (pair[0], pair[1])
    return jsontext.seconds, (item.get("start"), item.get("end"))


def _by_voice(cue: Cue, item: dict[str, Any]) -> Iterator[Cue]:
    """Yield a cue for each voice that its words name, one after the other."""
    cuts: list[tuple[int, str]] = []
    at = 0
    for word in jsontext.objects(item.get("words")):
        plain = (jsontext.text(word.get("word")) or jsontext.text(word.get("text"))).strip()
        voice, offset = (
            jsontext.text(word.get("speaker")),
            cue.text.find(plain, at, at + len(plain) + REACH_CHARS),
        )
        if voice and offset >= 0 and (not cuts or cuts[-1][1] != voice):
            cuts.append((offset if cuts else 0, voice))
        at = max(at, offset + len(plain))
    if len(cuts) < 2:
        yield cue
        return
    for (start, voice), end in zip(cuts, [*(offset for offset, _ in cuts[1:]), len(cue.text)], strict=True):
        text = cue.text[start:end].rstrip()
        yield Cue(
            text,
            time_at(cue, start) if start else cue.start_ms,
            time_at(cue, start + len(text)) if end < len(cue.text) else cue.end_ms,
            speaker=voice,
            words=tuple(w._replace(offset=w.offset - start) for w in cue.words if start <= w.offset < end),
        )


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
