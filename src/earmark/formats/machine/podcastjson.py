# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Podcasting 2.0 JSON: segments with speaker, startTime, endTime, body; a segment may be a single word."""

from __future__ import annotations

from typing import Any

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.machine import jsontext
from earmark.formats.machine.wordlist import Given, place
from earmark.formats.source import Source

_WORDY_SHARE = 0.8
_PAUSE_MS = 2_000
_MOST_WORDS = 40
_STOPS = (".", "!", "?", "…", "。", "！", "？")


def sniff(head: str) -> bool:
    """Tell JSON whose segments have `startTime` and `body`."""
    return jsontext.looks_like_json(head) and '"segments"' in head and '"body"' in head


def read(source: Source) -> Transcript:
    """Return the segments; single words are joined to sentences and keep their times as exact."""
    data = jsontext.load(source)
    items = jsontext.segments(source, data.get("segments")) if isinstance(data, dict) else []
    if not items:
        raise source.refused("unknown-json", "is JSON, but no transcript Earmark knows.")
    source.check_count(len(items))
    cues = [cue for number, item in items if (cue := _cue(source, item, number)).text.strip()]
    single = sum(1 for cue in cues if len(cue.text.split()) <= 1)
    if len(cues) > 1 and single >= _WORDY_SHARE * len(cues):
        cues = _joined(cues)
    return Transcript("podcast-json", tuple(cues))


def _cue(source: Source, item: dict[str, Any], number: int) -> Cue:
    given = [item.get("startTime"), item.get("endTime")]
    start, end = (jsontext.seconds(value) for value in given)
    bad = sum(value is not None for value in given) - sum(ms is not None for ms in (start, end))
    jsontext.note_unread(source, number, bad, words=isinstance(item.get("body"), str))
    return Cue(
        jsontext.text(item.get("body")), start, end, speaker=jsontext.text(item.get("speaker")) or None
    )


def _joined(cues: list[Cue]) -> list[Cue]:
    groups: list[list[Cue]] = []
    for cue in cues:
        if not groups or _parts(groups[-1], cue):
            groups.append([])
        groups[-1].append(cue)
    return [_sentence(group) for group in groups]


def _parts(group: list[Cue], cue: Cue) -> bool:
    last = group[-1]
    paused = last.end_ms is not None and cue.start_ms is not None and cue.start_ms - last.end_ms > _PAUSE_MS
    ended = last.text.endswith("\n") or last.text.rstrip().endswith(_STOPS)
    begins = group[0].start_ms is None and cue.start_ms is not None  # its time is not that of those before
    return cue.speaker != last.speaker or paused or ended or begins or len(group) >= _MOST_WORDS


def _sentence(group: list[Cue]) -> Cue:
    text = " ".join(cue.text.strip() for cue in group)
    given = [Given(cue.text, cue.start_ms, cue.end_ms) for cue in group]
    start, end = group[0].start_ms, group[-1].end_ms
    words = place(text, given, start, end)
    if end is None and group[-1].start_ms is None:  # words without any time end no cue
        end = next((cue.end_ms for cue in reversed(group) if cue.start_ms is not None), None)
    return Cue(text, start, end, speaker=group[0].speaker, words=words)
