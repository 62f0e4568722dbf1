# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Transcripts to files: WebVTT, SubRip, Earmark's JSON, Markdown, stamped text; told apart by the ending.

A file is written whole beside its target and then takes its place, so a full disk leaves the old one.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from earmark.base.errors import UserError
from earmark.base.files import check_place, write_fault
from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.times import clock, stamp
from earmark.domain.transcript import Cue, Timing, Transcript, Word
from earmark.formats.captioned import captioned, made_up
from earmark.formats.jsonform import to_json
from earmark.formats.speakers import name_prefix, some_names, sure_names

_LINE_ENDS = re.compile(r"[\r\n]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SHORT_TALK_CUES = 40
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


def write_transcript(transcript: Transcript, path: Path) -> str:
    """Write a transcript in the form its ending names; UserError if it cannot be written.

    Returns one sentence on what that form made up for it, or "".
    """
    ending = path.suffix.lower()
    writer = _WRITERS.get(ending)
    if writer is None:
        raise _unknown(path)
    write_atomically(path, writer(transcript).encode("utf-8", "replace"))
    remarks = [made_up(transcript) if ending in (".vtt", ".srt") else ""]
    if ending == ".srt" and (unsure := _srt_names(transcript)[1]):
        names = some_names(unsure)
        remarks.append(f"SRT has no place for speakers; read again, these names are words: {names}.")
    return " ".join(filter(None, remarks))


def check_target(target: Path, source: Path) -> None:
    """Refuse a target of no known form, or one that is the very file that is read."""
    if target.suffix.lower() not in _WRITERS:
        raise _unknown(target)
    if target.exists() and source.exists() and target.samefile(source):
        raise UserError("same-file", f"{target.name} is the file to be read; it is not written over.")


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, bring it to the disk, and put it in place."""
    check_place(path)
    path = path.resolve()  # a link keeps pointing where it did
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise write_fault(path, error) from error


def _unknown(path: Path) -> UserError:
    known = ", ".join(_WRITERS)
    return UserError("unknown-target", f"{path.name} ends in no form Earmark writes ({known}).")


def to_webvtt(transcript: Transcript) -> str:
    """Return WebVTT: voices, ids, and a time before each word whose time is known."""
    out = ["WEBVTT"]
    if transcript.language and _LANGUAGE.fullmatch(transcript.language):
        out.append(f"Language: {transcript.language}")
    out.append("")
    if invented := made_up(transcript):
        out += [f"NOTE {invented}", ""]
    for cue, start, end in captioned(transcript):
        if cue.id and "-->" not in cue.id and not _LINE_ENDS.search(cue.id):
            out.append(cue.id)
        out.append(f"{stamp(start)} --> {stamp(end)}")
        voice = f"<v {_escaped(_one_line(cue.speaker))}>" if cue.speaker else ""
        if payload := voice + _payload(cue, start, end):
            out.append(payload)
        out.append("")
    return "\n".join(out)


def _payload(cue: Cue, start: int, end: int) -> str:
    out: list[str] = []
    at, last = 0, start
    for word in cue.words:
        if _worth_writing(word, last, end, first=word is cue.words[0], start=start):
            assert word.start_ms is not None
            out += [_escaped(cue.text[at : word.offset]), f"<{stamp(word.start_ms)}>"]
            at, last = word.offset, word.start_ms
    out.append(_escaped(cue.text[at:]))
    return _LINE_ENDS.sub("\n", "".join(out)).strip("\n")


def _worth_writing(word: Word, last: int, end: int, *, first: bool, start: int) -> bool:
    if word.timing not in (Timing.EXACT, Timing.ALIGNED) or word.start_ms is None:
        return False
    if first and word.start_ms == start:
        return False  # the cue's own start says it
    return last <= word.start_ms <= end


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def to_srt(transcript: Transcript) -> str:
    """Return SubRip; a speaker is named where the speaker changes, or in each cue of a short talk."""
    out: list[str] = []
    names, _ = _srt_names(transcript)
    for number, ((cue, start, end), name) in enumerate(zip(captioned(transcript), names, strict=True), 1):
        prefix = f"{name}: " if name else ""
        text = _LINE_ENDS.sub("\n", cue.text.replace("-->", "->")).strip("\n")
        times = f"{stamp(start)} --> {stamp(end)}".replace(".", ",")
        out += [str(number), times, prefix + text, ""]
    return "\n".join(out)


def _srt_names(transcript: Transcript) -> tuple[list[str | None], set[str]]:
    """Return which name to write before each cue, and which of them a reader cannot tell for names.

    A name counts only if it comes back; where it does not at the changes alone, a short talk has it in each
    cue.
    """
    speakers = [_one_line(cue.speaker or "") or None for cue in transcript.cues]
    changes = [who if who != before else None for before, who in pairwise([None, *speakers])]
    unsure = _unsure(changes)
    if unsure and len(speakers) <= _SHORT_TALK_CUES and not _unsure(speakers):
        return speakers, set()
    return changes, unsure


def _unsure(named: list[str | None]) -> set[str]:
    heads = [head[0] if who and (head := name_prefix(f"{who}: ")) else None for who in named]
    return {who for who in named if who} - sure_names(heads)


def to_json_text(transcript: Transcript) -> str:
    """Return the normalised form as JSON text."""
    return json.dumps(to_json(transcript), ensure_ascii=False, indent=1) + "\n"


def to_markdown(transcript: Transcript) -> str:
    """Return Markdown: the title, and a paragraph for each turn with its speaker and time."""
    out = [f"# {_marked_down(transcript.title)}"] if transcript.title else []
    for turn in _turns(build_outline(_with_own_times(transcript))):
        name = f"**{_marked_down(turn.speaker)}:** " if turn.speaker else ""
        time = f"\\[{clock(turn.start_ms)}\\] " if turn.start_ms is not None else ""
        out.append(name + time + "\n\n".join(_marked_down(text) for text in turn.paragraphs))
    return "\n\n".join(out) + "\n"


def _marked_down(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _one_line(text))


def to_stamped_text(transcript: Transcript) -> str:
    """Return text as people type it: a stamp, a name and the words, a line for each turn."""
    out: list[str] = []
    for turn in _turns(build_outline(_with_own_times(transcript)), with_marks=True):
        time = f"{clock(turn.start_ms)} " if turn.start_ms is not None else ""
        name = f"{_one_line(turn.speaker)}: " if turn.speaker else ""
        out.append(time + name + "\n".join(_one_line(text) for text in turn.paragraphs))
    return "\n\n".join(out) + "\n"


def _with_own_times(transcript: Transcript) -> Transcript:
    """Let each stamp of a written text begin a line of its own, or the time of one inside a turn is lost."""
    cues = transcript.cues
    if 2 * sum(cue.end_ms is None for cue in cues) <= len(cues):
        return transcript
    opened = (
        c._replace(opens_turn=c.opens_turn or (c.start_ms is not None and c.end_ms is None)) for c in cues
    )
    return transcript._replace(cues=tuple(opened))


class _Turn:
    """One turn as it is written out."""

    def __init__(self, speaker: str | None, start_ms: int | None) -> None:
        self.speaker = speaker
        self.start_ms = start_ms
        self.paragraphs: list[str] = []


def _turns(outline: Outline, *, with_marks: bool = False) -> list[_Turn]:
    turns: list[_Turn] = []
    marks = _marks_by_paragraph(outline) if with_marks else {}
    for index, paragraph in enumerate(outline.paragraphs):
        if paragraph.opens_turn or not turns:
            turns.append(_Turn(paragraph.speaker, paragraph.start_ms))
        text = paragraph.text
        for offset, ms in reversed(marks.get(index, [])):
            text = f"{text[:offset]} {clock(ms)} {text[offset:]}"
        turns[-1].paragraphs.append(text)
    return turns


def _marks_by_paragraph(outline: Outline) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for mark in outline.transcript.marks:
        place = outline.position_of(mark.cue, mark.offset)
        if place is not None:
            found.setdefault(place[0], []).append((place[1], mark.ms))
    return found


_WRITERS: dict[str, Callable[[Transcript], str]] = {
    ".vtt": to_webvtt,
    ".srt": to_srt,
    ".json": to_json_text,
    ".md": to_markdown,
    ".txt": to_stamped_text,
}
