# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Who speaks in captions: cues with two voices are split, a voice holds until another is named."""

from __future__ import annotations

import re

from earmark.domain.transcript import Cue
from earmark.domain.words import place_words
from earmark.formats.source import NoteBook

_DASH = re.compile(r"\s*(?:[-–—]\s|>>)")
_ONLY_MARKS = re.compile(r"[\s–—-]*")
_OWN_DASH = re.compile(r"\n[ \t]{0,4}[-–—][ \t]{0,4}\Z")


def opens_with_dash(text: str) -> bool:
    """Tell whether a cue begins with the dash (or `>>`) that captions write when the speaker changes."""
    return _DASH.match(text) is not None


def split_voices(cue: Cue, voices: tuple[tuple[int, str], ...], line: int, notes: NoteBook) -> list[Cue]:
    """Return one cue for each voice that speaks in `cue`; all keep its times, and their words are placed."""
    if not voices:
        return [cue]
    cuts: list[tuple[int, str | None]] = [(0, None), *((_with_dash(cue.text, at), who) for at, who in voices)]
    if _ONLY_MARKS.fullmatch(cue.text[: voices[0][0]]):
        cuts[:2] = [(0, voices[0][1])]
    parts = [
        (start, end, name)
        for (start, name), end in zip(cuts, [*(at for at, _ in cuts[1:]), len(cue.text)], strict=True)
        if cue.text[start:end].strip()
    ]
    if len(parts) < 2:
        return [cue._replace(speaker=parts[0][2] if parts else None)]
    notes.add(line, "voices-split", f"{len(parts)} voices speak in this cue; it became {len(parts)} cues.")
    return [_part(cue, start, end, name) for start, end, name in parts]


def _with_dash(text: str, start: int) -> int:
    """Return where a voice's words start if the dash before its tag is counted in."""
    dash = _OWN_DASH.search(text, max(0, start - 10), start)
    return dash.start() if dash else start


def _part(cue: Cue, start: int, end: int, name: str | None) -> Cue:
    text = cue.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    words = tuple(
        word._replace(offset=word.offset - start)
        for word in place_words(cue)
        if start <= word.offset and word.end <= start + len(text)
    )
    return cue._replace(text=text, speaker=name, words=words)


def carry_voices(cues: list[Cue]) -> list[Cue]:
    """Give cues without a voice the voice before: the podcast namespace names it only when it changes."""
    carried: list[Cue] = []
    voice: str | None = None
    for cue in cues:
        voice = cue.speaker or voice
        carried.append(cue if cue.speaker == voice else cue._replace(speaker=voice))
    return carried
