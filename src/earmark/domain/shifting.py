# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The same transcript with all its times moved."""

from __future__ import annotations

from earmark.domain.transcript import Cue, Transcript


def shift(transcript: Transcript, delta_ms: int) -> Transcript:
    """Return the transcript with every time `delta_ms` later (negative: earlier), never before zero."""
    if not delta_ms:
        return transcript
    return transcript._replace(
        cues=tuple(_shift_cue(cue, delta_ms) for cue in transcript.cues),
        marks=tuple(mark._replace(ms=max(0, mark.ms + delta_ms)) for mark in transcript.marks),
    )


def _shift_cue(cue: Cue, delta_ms: int) -> Cue:
    words = tuple(
        word._replace(start_ms=_moved(word.start_ms, delta_ms), end_ms=_moved(word.end_ms, delta_ms))
        for word in cue.words
    )
    return cue._replace(
        start_ms=_moved(cue.start_ms, delta_ms), end_ms=_moved(cue.end_ms, delta_ms), words=words
    )


def _moved(ms: int | None, delta_ms: int) -> int | None:
    return None if ms is None else max(0, ms + delta_ms)
