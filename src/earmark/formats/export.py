# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bookmarks to text: Markdown, CSV, JSON, WebVTT chapters; and that JSON back. Pure, any thread.

`Entry` is a bookmark together with what a reader elsewhere needs to know of its recording.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from earmark.base.errors import UserError
from earmark.domain.items import Anchor, Bookmark
from earmark.domain.marks.colours import COLOURS
from earmark.domain.marks.links import link_to, words_of_woven, woven_of
from earmark.domain.times import clock, stamp

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHORTEST_MS = 1_000  # a chapter that begins where the recording seems to end
_TITLE_CHARS = 80
MOST_BYTES = 64 * 1024 * 1024
_COLUMNS = (
    "title recording start end start_ms end_ms speaker quote note tags colour created transcript link id"
).split()


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark to be exported, or one that was read; `bookmark.recording` is an id of one store only."""

    bookmark: Bookmark
    recording: str | None  # path of the recording, or of the transcript where there is none
    title: str
    colour: str = ""  # what the bookmark's colour is called
    end_ms: int = 0  # of the recording; 0 where it is not known
    is_media: bool = True


def write_entries(entries: Sequence[Entry], form: str) -> str:
    """Return bookmarks as `md`, `csv`, `json` or `vtt`; UserError where that cannot hold them."""
    return _WRITERS[form](entries)


FORMS = ("md", "csv", "json", "vtt")


def form_of(path: Path) -> str:
    """Return the form a file's ending names; UserError "unknown-form" where it names none."""
    form = path.suffix.lower().removeprefix(".").replace("markdown", "md")
    if form not in FORMS:
        raise UserError("unknown-form", f"{path.name}: bookmarks are written as .md, .csv, .json or .vtt.")
    return form


def as_listed(entry: Entry) -> dict[str, Any]:
    """Return a bookmark as `earmark bookmarks list --json` tells it."""
    bookmark, anchor = entry.bookmark, entry.bookmark.anchor
    read = words_of_woven(bookmark.transcript) or bookmark.transcript
    return {
        "id": bookmark.id,
        "recording": entry.recording if entry.is_media else None,
        "transcript": read or (None if entry.is_media else entry.recording),
        "start_ms": anchor.start_ms,
        "end_ms": anchor.end_ms,
        "quote": anchor.quote,
        "note": bookmark.note,
        "tags": list(bookmark.tags),
        "created": _moment(bookmark.created_ms),
    }


def time_range(anchor: Anchor) -> str:
    """Return `10:46`, or `21:30 – 22:05` for a stretch; nothing where the time is not known."""
    if anchor.start_ms is None:
        return ""
    begins = clock(anchor.start_ms)
    ends = clock(anchor.end_ms) if anchor.end_ms is not None else begins
    return begins if ends == begins else f"{begins} – {ends}"


def _json(entries: Sequence[Entry]) -> str:
    """The listed fields, and those that only an import needs."""
    whole = [
        as_listed(entry)
        | {
            "made_on": entry.recording,
            "title": entry.title,
            "speaker": entry.bookmark.speaker,
            "colour": entry.bookmark.colour,
            "colour_name": entry.colour,
            "woven": words_of_woven(entry.bookmark.transcript) is not None,
            "before": entry.bookmark.anchor.before,
            "after": entry.bookmark.anchor.after,
            "link": _link(entry),
        }
        for entry in entries
    ]
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _csv(entries: Sequence[Entry]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for entry in entries:
        told = as_listed(entry) | {
            "title": entry.title,
            "start": _stamp(entry.bookmark.anchor.start_ms),
            "end": _stamp(entry.bookmark.anchor.end_ms),
            "speaker": entry.bookmark.speaker,
            "tags": ", ".join(entry.bookmark.tags),
            "colour": entry.colour,
            "link": _link(entry),
        }
        writer.writerow([_cell(told[column]) for column in _COLUMNS])
    return out.getvalue()


def _cell(value: object) -> object:
    """A caption that begins as a formula must not become one in a spreadsheet."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value


def _markdown(entries: Sequence[Entry]) -> str:
    blocks: list[str] = []
    for (title, _), held in groupby(entries, key=lambda e: (e.title, e.bookmark.recording)):
        blocks.append(f"# {_plain(title) or 'Bookmarks'}")
        blocks += [_markdown_block(entry) for entry in held]
    return "\n\n".join(blocks) + "\n"


def _markdown_block(entry: Entry) -> str:
    bookmark = entry.bookmark
    when = time_range(bookmark.anchor) or "No time"
    lines = [f"**[{when}]({_link(entry)})**"]
    if bookmark.speaker:
        lines[0] += f" — {_plain(bookmark.speaker)}"
    if bookmark.anchor.quote:
        lines += ["", *(f"> {_plain(line)}" for line in bookmark.anchor.quote.splitlines())]
    if bookmark.note:
        lines += ["", _plain(bookmark.note)]
    if bookmark.tags:
        lines += ["", "Tags: " + ", ".join(_plain(tag) for tag in bookmark.tags)]
    if entry.colour:
        lines += ["", f"Colour: {_plain(entry.colour)}"]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a text so that Markdown shows it as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", text.replace("\r", "").strip())
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if not m[2][0].isdigit() else _numbered(m), escaped)


def _numbered(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2][:-1]}\\{match[2][-1]}"


def _vtt(entries: Sequence[Entry]) -> str:
    if len({entry.bookmark.recording for entry in entries}) > 1:
        raise UserError(
            "several-recordings", "WebVTT chapters are of one recording; choose the bookmarks of one."
        )
    timed = sorted(
        ((e.bookmark.anchor.start_ms, e) for e in entries if e.bookmark.anchor.start_ms is not None),
        key=lambda pair: pair[0],
    )
    if not timed:
        raise UserError("no-times", "WebVTT chapters need times, and none of these bookmarks has one.")
    chapters = {
        start: [e.bookmark for _, e in held] for start, held in groupby(timed, key=lambda pair: pair[0])
    }
    last_ms = max(max(e.end_ms, e.bookmark.anchor.end_ms or 0) for _, e in timed)
    ends = [*list(chapters)[1:], max(last_ms, timed[-1][0] + _SHORTEST_MS)]
    cues = [
        f"{stamp(start)} --> {stamp(end)}\n{_chapter(held)}"
        for (start, held), end in zip(chapters.items(), ends, strict=True)
    ]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _chapter(bookmarks: Sequence[Bookmark]) -> str:
    """Return the title of the chapter that begins with these bookmarks: of each its note, else its words."""
    titles = dict.fromkeys(_title(one) for one in bookmarks)
    text = " · ".join(filter(None, titles)) or "Bookmark"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _title(bookmark: Bookmark) -> str:
    text = " ".join((bookmark.note.strip() or bookmark.anchor.quote).split())
    if len(text) > _TITLE_CHARS:
        text = text[: _TITLE_CHARS - 1].rsplit(" ", 1)[0] + "…"
    return text


def _link(entry: Entry) -> str:
    return link_to(entry.bookmark.recording, entry.bookmark.anchor.start_ms)


def _stamp(ms: int | None) -> str:
    return "" if ms is None else stamp(ms)


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_WRITERS: dict[str, Callable[[Sequence[Entry]], str]] = {
    "md": _markdown,
    "csv": _csv,
    "json": _json,
    "vtt": _vtt,
}


def read_entries(data: bytes, name: str) -> list[Entry]:
    """Return the bookmarks of an exported JSON; UserError "bad-export" saying which entry is none."""
    if len(data) > MOST_BYTES:
        raise UserError("too-large", f"{name} is too large for a list of bookmarks.")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, list):
        raise UserError("bad-export", f"{name} is no list of bookmarks that Earmark exported as JSON.")
    return list(_entries(told, name))


def _entries(told: Iterable[object], name: str) -> Iterable[Entry]:
    for number, one in enumerate(told, 1):
        try:
            yield _entry(one)
        except (KeyError, TypeError, ValueError) as error:
            raise UserError("bad-export", f"{name}: entry {number} is no bookmark.") from error


def _entry(told: Any) -> Entry:
    identity, tags = _text(told["id"]), told.get("tags") or []
    if not re.fullmatch(r"[0-9a-f]{32}", identity):
        raise ValueError(identity)
    anchor = Anchor(
        _text(told["quote"]),
        _text(told.get("before")),
        _text(told.get("after")),
        _time(told["start_ms"]),
        _time(told["end_ms"]),
    )
    colour, transcript = _text(told.get("colour")), _text(told.get("transcript"))
    bookmark = Bookmark(
        identity,
        "",
        anchor,
        woven_of(Path(transcript)) if transcript and told.get("woven") is True else transcript,
        _text(told.get("speaker")),
        _text(told.get("note")),
        tuple(_text(tag) for tag in tags),
        colour if colour in COLOURS else "",
        created_ms=round(datetime.fromisoformat(_text(told["created"])).timestamp() * 1000),
    )
    recording = _text(told["recording"])
    made_on = recording or _text(told.get("made_on")) or None
    return Entry(bookmark, made_on, _text(told.get("title")), is_media=bool(recording))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _time(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise TypeError(value)
    return int(value) if value is not None else None
