# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Earmark's own JSON: what `earmark read --json` prints, written and read back.

`words` are those the file gave, else placed between the cue's ends; each says how its time is known.
`opens_turn` is written only where it is not as expected: in written texts, whose cues have no end, each
cue is a turn; in captions none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from earmark.domain.transcript import Cue, Mark, Note, Timing, Transcript, Word
from earmark.domain.words import end_hints, place_words
from earmark.formats.machine import jsontext
from earmark.formats.machine.wordlist import REACH_CHARS
from earmark.formats.source import Source


def to_json(transcript: Transcript) -> dict[str, Any]:
    """Return the normalised form of a transcript, ready for `json.dumps`."""
    return {
        "format": transcript.format,
        "language": transcript.language,
        "title": transcript.title,
        "cues": cues_to_json(transcript.cues),
        "marks": [
            {"ms": mark.ms, "cue": mark.cue, "offset": mark.offset, "kind": mark.kind}
            for mark in transcript.marks
        ],
        "notes": [{"line": n.line, "code": n.code, "message": n.message} for n in transcript.notes],
    }


def cues_to_json(cues: Sequence[Cue]) -> list[dict[str, Any]]:
    """Return the cues of `to_json`."""
    endless = sum(cue.end_ms is None for cue in cues)
    items = [_cue_to_json(cue, hint) for cue, hint in zip(cues, end_hints(cues), strict=True)]
    for item, cue in zip(items, cues, strict=True):
        if cue.opens_turn != _opens(cue.end_ms, endless, len(cues)):
            item["opens_turn"] = cue.opens_turn
    return items


def _opens(end_ms: int | None, endless: int, cues: int) -> bool:
    """Tell whether a cue that does not say so opens a turn; `endless` of the `cues` have no end."""
    return end_ms is None and 2 * endless > cues


def _cue_to_json(cue: Cue, hint: int | None) -> dict[str, Any]:
    return {
        "id": cue.id,
        "start_ms": cue.start_ms,
        "end_ms": cue.end_ms,
        "speaker": cue.speaker,
        "text": cue.text,
        "words": [
            {"text": w.text, "start_ms": w.start_ms, "end_ms": w.end_ms, "timing": str(w.timing)}
            for w in place_words(cue, hint)
        ],
    }


def sniff(head: str) -> bool:
    """Tell our own form: an object with cues that have `start_ms`."""
    return jsontext.looks_like_json(head) and '"cues"' in head and '"format"' in head


def read(source: Source) -> Transcript:
    """Return the transcript a file of this form holds."""
    data = jsontext.load(source)
    if not isinstance(data, dict) or not isinstance(data.get("cues"), list):
        raise source.refused("unknown-json", "is JSON, but no transcript.")
    source.check_count(len(data["cues"]))
    found = from_json(data)
    _note_lost(source, data, found)
    return found


def _note_lost(source: Source, data: dict[str, Any], found: Transcript) -> None:
    for number, item in jsontext.segments(source, data["cues"]):
        times = (item.get("start_ms"), item.get("end_ms"))
        bad = sum(ms is not None and jsontext.whole(ms) is None for ms in times)
        jsontext.note_unread(source, number, bad)
        if not isinstance(item.get("text"), str):
            source.notes.add(0, "not-read", f"The words of cue {number} are no text; it was left empty.")
    marks = data.get("marks")
    lost = len(marks) - len(found.marks) if isinstance(marks, list) else 0
    if lost:
        source.notes.add(0, "not-read", f"{lost} of {len(marks or [])} marks could not be read.")


def from_json(data: dict[str, Any]) -> Transcript:
    """Return the transcript of a `to_json` object; what does not fit the form is passed over."""
    items = jsontext.objects(data.get("cues"))
    cues = [_cue(item) for item in items]
    endless = sum(cue.end_ms is None for cue in cues)
    for index, (cue, item) in enumerate(zip(cues, items, strict=True)):
        said = item.get("opens_turn")
        opens = said if isinstance(said, bool) else _opens(cue.end_ms, endless, len(cues))
        cues[index] = cue._replace(opens_turn=opens)
    hints = end_hints(cues)
    # Words that lie just where they would be placed anyway were placed, not given.
    cues = [
        cue._replace(words=()) if cue.words == place_words(cue._replace(words=()), hint) else cue
        for cue, hint in zip(cues, hints, strict=True)
    ]
    return Transcript(
        jsontext.text(data.get("format")) or "earmark-json",
        tuple(cues),
        language=jsontext.text(data.get("language")) or None,
        title=jsontext.text(data.get("title")) or None,
        marks=tuple(_marks(data, len(cues))),
        notes=tuple(
            Note(
                jsontext.whole(n.get("line")) or 0,
                jsontext.text(n.get("code")),
                jsontext.text(n.get("message")),
            )
            for n in jsontext.objects(data.get("notes"))
        ),
    )


def _cue(item: dict[str, Any]) -> Cue:
    text = jsontext.text(item.get("text"))
    return Cue(
        text,
        jsontext.whole(item.get("start_ms")),
        jsontext.whole(item.get("end_ms")),
        speaker=jsontext.text(item.get("speaker")) or None,
        id=jsontext.text(item.get("id")),
        words=_words(text, jsontext.objects(item.get("words"))),
    )


def _words(text: str, items: list[dict[str, Any]]) -> tuple[Word, ...]:
    words: list[Word] = []
    at = 0
    for item in items:
        word = jsontext.text(item.get("text"))
        offset = text.find(word, at, at + len(word) + REACH_CHARS)
        if not word or offset < 0:
            continue
        at = offset + len(word)
        start_ms, end_ms = jsontext.whole(item.get("start_ms")), jsontext.whole(item.get("end_ms"))
        words.append(Word(word, offset, start_ms, end_ms, _timing(item.get("timing"), start_ms)))
    return tuple(words)


def _timing(value: object, start_ms: int | None) -> Timing:
    if start_ms is None:
        return Timing.NONE
    return Timing(value) if isinstance(value, str) and value in set(Timing) else Timing.INTERPOLATED


def _marks(data: dict[str, Any], cues: int) -> list[Mark]:
    found = []
    for item in jsontext.objects(data.get("marks")):
        ms, cue, offset = (jsontext.whole(item.get(key)) for key in ("ms", "cue", "offset"))
        if ms is not None and cue is not None and offset is not None and 0 <= cue < cues:
            found.append(Mark(ms, cue, max(0, offset), jsontext.text(item.get("kind")) or "unheard"))
    return found
