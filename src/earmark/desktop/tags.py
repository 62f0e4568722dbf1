# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a recording's own tags say: title, show, date, length, chapters, cover. For a worker.

The only importer of mutagen, which is loaded when the first file is looked at. Tags are decoration: a file
whose tags are broken, foreign or absurd has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from earmark.domain.chapters import Chapter
from earmark.domain.times import parse_clock

_MOST_CHARS = 300
_MOST_CHAPTERS = 2_000
_MOST_COVER_BYTES = 8 * 1024 * 1024
_TITLE = ("title", "TIT2", "\xa9nam", "Title", "INAM")
_SHOW = ("podcast", "album", "TALB", "\xa9alb", "WM/AlbumTitle", "IPRD")
_DATE = ("date", "TDRC", "TDRL", "\xa9day", "WM/Year", "ICRD")
_VORBIS_CHAPTER = re.compile(r"chapter(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tags:
    """What a file says of itself; empty where it says nothing. `date` is as written, the day at most."""

    title: str = ""
    show: str = ""
    date: str = ""
    duration_ms: int = 0
    chapters: tuple[Chapter, ...] = ()
    cover: bytes = b""


def read_tags(path: Path) -> Tags:
    """Return the tags of a media file; empty ones for anything that has none."""
    import mutagen  # 40 ms to load, and only wanted on a worker

    try:
        file = mutagen.File(path)
        return Tags() if file is None else _tags(file)
    except Exception:  # noqa: BLE001  a broken file makes mutagen raise whatever it meets
        return Tags()


def _tags(file: Any) -> Tags:
    held = file.tags if file.tags is not None else {}
    length_s = float(getattr(file.info, "length", 0) or 0)
    return Tags(
        _first_text(held, _TITLE),
        _first_text(held, _SHOW),
        _first_text(held, _DATE)[:10],
        round(length_s * 1000) if 0 < length_s < 1_000_000 else 0,
        _chapters(file, held),
        _cover(file, held),
    )


def _first_text(held: Any, names: Iterable[str]) -> str:
    for name in names:
        try:
            value = held[name]
        except (KeyError, ValueError):
            continue
        text = " ".join(_plain(value).split())
        if text:
            return text[:_MOST_CHARS]
    return ""


def _plain(value: Any) -> str:
    value = getattr(value, "text", value)
    while isinstance(value, list | tuple):
        value = value[0] if value else ""
    return str(value)


def _chapters(file: Any, held: Any) -> tuple[Chapter, ...]:
    found = [*_id3_chapters(held), *_mp4_chapters(file), *_vorbis_chapters(held)]
    there = [
        Chapter(ms, " ".join(title.split())[:_MOST_CHARS])
        for ms, title in found[:_MOST_CHAPTERS]
        if ms is not None and ms >= 0
    ]
    return tuple(sorted(there, key=lambda chapter: chapter.start_ms))


def _id3_chapters(held: Any) -> list[tuple[int | None, str]]:
    frames = held.getall("CHAP") if hasattr(held, "getall") else []
    return [(frame.start_time, _first_text(frame.sub_frames, ("TIT2",))) for frame in frames]


def _mp4_chapters(file: Any) -> list[tuple[int | None, str]]:
    return [(round(one.start * 1000), one.title) for one in getattr(file, "chapters", None) or ()]


def _vorbis_chapters(held: Any) -> list[tuple[int | None, str]]:
    """Return chapters written as CHAPTER001=00:00:00.000 and CHAPTER001NAME=title."""
    keys = [key for key in held if isinstance(key, str) and _VORBIS_CHAPTER.fullmatch(key)]
    return [(parse_clock(_plain(held[key])), _first_text(held, (f"{key}name", f"{key}NAME"))) for key in keys]


def _cover(file: Any, held: Any) -> bytes:
    pictures: list[Any] = []
    if hasattr(held, "getall"):
        pictures = [frame.data for frame in held.getall("APIC")]
    elif getattr(file, "pictures", None):
        pictures = [picture.data for picture in file.pictures]
    elif "covr" in held:
        pictures = list(held["covr"])
    elif "metadata_block_picture" in held:
        pictures = [_vorbis_picture(text) for text in held["metadata_block_picture"]]
    first = bytes(pictures[0]) if pictures else b""
    return first if len(first) <= _MOST_COVER_BYTES else b""


def _vorbis_picture(text: str) -> bytes:
    import base64  # wanted for Ogg covers only

    from mutagen.flac import Picture  # with the rest of mutagen

    picture: Any = Picture
    return bytes(picture(base64.b64decode(text)).data)
