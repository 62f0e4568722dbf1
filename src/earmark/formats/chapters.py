# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Chapter files: Podcasting 2.0 JSON, Podlove simple chapters (XML), and WebVTT used for chapters.

Session and command line call this; safe on any thread.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from earmark.base.errors import UserError
from earmark.domain.chapters import Chapter
from earmark.domain.times import parse_clock
from earmark.formats.decode import decode
from earmark.formats.machine import jsontext
from earmark.formats.registry import read_bounded
from earmark.formats.source import NoteBook, Source

_MOST = 10_000
_PODLOVE = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?chapters?[\s>]")


def read_chapters(path: Path) -> tuple[Chapter, ...]:
    """Return the chapters in a file, in order of time; UserError if it holds none."""
    notes = NoteBook()
    source = Source(decode(read_bounded(path), path.name, notes), path.name, notes=notes)
    head = source.text[:8192]
    if "WEBVTT" in head:
        found = _from_webvtt(source)
    elif jsontext.looks_like_json(head):
        found = _from_json(source)
    elif head.lstrip()[:1] == "<" and _PODLOVE.search(head):
        found = _from_podlove(source)
    else:
        found = []
    chapters = [Chapter(ms, " ".join(title.split())) for ms, title in found if ms is not None and ms >= 0]
    if not chapters:
        raise UserError("no-chapters", f"{path.name} holds no chapters.", name=path.name)
    if len(chapters) > _MOST:
        raise UserError("too-many-chapters", f"{path.name} has more than {_MOST:,} chapters.", name=path.name)
    return tuple(sorted(chapters, key=lambda chapter: chapter.start_ms))


# What only one of the three forms needs is loaded with it: most recordings have no chapters of their own.


def _from_webvtt(source: Source) -> list[tuple[int | None, str]]:
    from earmark.formats.captions import webvtt

    if not webvtt.sniff(source.text):
        return []
    return [(cue.start_ms, cue.text) for cue in webvtt.read(source).cues]


def _from_json(source: Source) -> list[tuple[int | None, str]]:
    data: Any = jsontext.load(source)
    items = jsontext.objects(data.get("chapters") if isinstance(data, dict) else data)
    shown = [item for item in items if item.get("toc") is not False]  # toc: false is a picture change only
    return [(jsontext.seconds(item.get("startTime")), jsontext.text(item.get("title"))) for item in shown]


def _from_podlove(source: Source) -> list[tuple[int | None, str]]:
    import defusedxml.ElementTree as ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(source.text, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise source.refused("bad-xml", "is broken or unsafe XML.") from error
    return [
        (parse_clock(str(element.get("start", ""))), str(element.get("title", "")))
        for element in root.iter()
        if str(element.tag).rpartition("}")[2] == "chapter"
    ]
