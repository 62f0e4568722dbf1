# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The two ways in: a file and bytes.

To add a format: write a module with `sniff(head)` and `read(source)` (see `earmark.formats.source.Reader`)
in `captions`, `texts` or `machine`, put it into `table` before any reader that would take its files too,
and give it tests with files of your own. Formats are told apart by content; endings only pair sidecars.

Everyone above may call this; reading takes a moment, so the window calls it on a worker thread.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from earmark.base.errors import UserError
from earmark.domain.transcript import Transcript
from earmark.formats.decode import decode, decode_as_webvtt
from earmark.formats.source import Reader, Source
from earmark.formats.table import FORMATS, PROSE_FORMATS, readers_for

MAX_BYTES = 64 * 1024 * 1024
MAX_LINE_CHARS = 4 * 1024 * 1024
TRANSCRIPT_SUFFIXES = frozenset(
    ".vtt .srt .sbv .txt .json .md .html .htm .tsv .lrc .ass .ssa .ttml .dfxp .xml".split()
)

_WEBVTT = FORMATS[0]
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|head|body|rss|feed)\b", re.IGNORECASE)
_PIECE = 65_536
_HEAD = 262_144
_LINE = re.compile(r"[^\r\n]+")


def read_file(path: Path, strict: bool = False) -> Transcript:
    """Return the transcript in a file; UserError with one plain sentence for anything that is none.

    Lenient reading mends what it can and says so in the notes. `strict` yields exactly what the format's
    specification says; a format without one is refused if it would need mending.
    """
    return read_bytes(read_bounded(path), path.name, strict)


def read_bytes(data: bytes, name: str, strict: bool = False) -> Transcript:
    """Return the transcript in `data`; `name` is for messages, and with `strict` for a `.vtt` ending."""
    if not data:
        raise UserError("empty", f"{name} is empty.", name=name)
    if strict and name.lower().endswith(".vtt"):
        return _WEBVTT.load().read(Source(decode_as_webvtt(data), name, strict))
    source = Source("", name, strict)
    source = source.with_text(decode(data, name, source.notes))
    reader = _reader(source)
    if strict and reader is _WEBVTT.load():
        return reader.read(source.with_text(decode_as_webvtt(data)))
    transcript = reader.read(source)
    if not transcript.cues and not strict:
        source.notes.add(0, "no-cues", "The file holds no words.")
    transcript = transcript._replace(notes=transcript.notes + source.notes.listed())
    if strict and transcript.notes:
        first = transcript.notes[0]
        where = f" (line {first.line})" if first.line else ""
        raise source.refused("strict", f"would need mending{where}: {first.message}")
    return transcript


def _reader(source: Source) -> Reader:
    head = source.text[:_HEAD]
    if not head.strip(" \t\r\n\f\v\ufeff\u00a0"):
        raise source.refused("empty", "is empty.")
    structured = head.lstrip()[:1] in ("{", "[", "<")
    if not structured and _has_long_line(source.text):
        raise source.refused("long-line", "has a line of more than four million characters.")
    for reader in readers_for(FORMATS, head):
        if reader.sniff(head):
            return reader
    if structured:
        _refuse_unknown(source, head)
    for reader in readers_for(PROSE_FORMATS, head):
        if reader.sniff(head):
            return reader
    raise source.refused("unknown-format", "is in no transcript format Earmark knows.")


def _refuse_unknown(source: Source, head: str) -> None:
    from earmark.formats.machine import jsontext  # only for what may be JSON

    if jsontext.looks_like_json(head):
        raise source.refused("unknown-json", "is JSON, but no transcript Earmark knows.")
    if _MARKUP.match(head):
        raise source.refused("unknown-markup", "is markup, but no transcript Earmark knows.")


def _has_long_line(text: str) -> bool:
    if len(text) <= MAX_LINE_CHARS:
        return False
    return any(line.end() - line.start() > MAX_LINE_CHARS for line in _LINE.finditer(text))


def read_bounded(path: Path) -> bytes:
    """Return the bytes of a regular file, read in pieces and never more than the limit."""
    name = path.name or str(path)
    try:
        # Without O_NONBLOCK, opening a FIFO that nobody writes to would wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _unreadable(path, name, error) from error
    try:
        facts = os.fstat(handle)
        if stat.S_ISDIR(facts.st_mode):
            raise UserError("directory", f"{name} is a folder, not a transcript.", name=name)
        if not stat.S_ISREG(facts.st_mode):
            raise UserError("not-a-file", f"{name} is not a regular file.", name=name)
        pieces: list[bytes] = []
        size = facts.st_size  # a file of 1 GB is refused unread; one that grows meanwhile, soon after
        seen = 0
        while max(size, seen) <= MAX_BYTES and (piece := os.read(handle, _PIECE)):
            pieces.append(piece)
            seen += len(piece)
    except OSError as error:
        raise _unreadable(path, name, error) from error
    finally:
        os.close(handle)
    if max(size, seen) > MAX_BYTES:
        raise UserError("too-large", f"{name} is larger than 64 MB, too large for a transcript.", name=name)
    return b"".join(pieces)


def _unreadable(path: Path, name: str, error: OSError | ValueError) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError("missing", f"{name} does not exist.", name=name)
    # Windows has no permission to open a folder.
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
        return UserError("directory", f"{name} is a folder, not a transcript.", name=name)
    if isinstance(error, PermissionError):
        return UserError("no-permission", f"{name} may not be read: permission denied.", name=name)
    reason = getattr(error, "strerror", None) or str(error)
    return UserError("unreadable", f"{name} cannot be read: {reason}.", name=name)
