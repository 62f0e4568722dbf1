# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What can be said about a recording's file before a back end sees it.

A pipe hangs QMediaPlayer for good, a device never ends, a playlist may name any file, and "Could not open
file" is all it says of the rest. So a file is looked at first. Any thread; reads at most 4 KB.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from earmark.base.errors import UserError

HEAD_BYTES = 4096
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r\x1b")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MARKS = (
    *(b"OggS", b"RIFF", b"RF64", b"fLaC", b"\x1aE\xdf\xa3", b"ID3", b"FORM", b"FLV", b"0&\xb2u", b".snd"),
    *(b"\0\0\x01\xba", b"\0\0\x01\xb3", b"\x0bw", b"\x7f\xfe\x80\x01", b"#!AMR", b"wvpk", b"TTA1"),
    *(b"caff", b"MAC ", b"MPCK", b"MP+", b"ADIF"),
)
_ATOMS = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip", b"pnot"})


def media_fault(path: Path) -> UserError | None:
    """Return why a file cannot be a recording, or None where a back end has to find out."""
    name = path.name or str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return UserError("directory", f"{name} is a folder, not a recording.", path=path)
        if not stat.S_ISREG(status.st_mode):
            return UserError("special", f"{name} is a pipe or a device, not a recording.", path=path)
        head = _head(path)
    except (OSError, ValueError) as error:
        return _unreadable(path, error)
    if not head:
        return UserError("empty", f"{name} is empty.", path=path)
    if _is_text(head):
        return UserError("text", f"{name} is a text file, not a recording.", path=path)
    return None


def bears_mark(path: Path) -> bool:
    """Tell whether a file begins as recordings do; bare MPEG audio has no mark to tell it by."""
    try:
        head = _head(path)
    except (OSError, ValueError):
        return False
    in_packets = any(head[at : at + 2 * size + 1 : size] == b"GGG" for at, size in ((0, 188), (4, 192)))
    return in_packets or head.startswith(_MARKS) or head[4:8] in _ATOMS


def unplayable(path: Path) -> UserError:
    """Return what is said of a file that the back end could not make sense of."""
    return UserError(
        "unplayable",
        f"{path.name} cannot be played: it is damaged, cut off, or not a recording.",
        path=path,
    )


def _unreadable(path: Path, error: OSError | ValueError) -> UserError:
    code, why = _obstacle(error)
    return UserError(code, f"{path.name or path} {why}", path=path)


def _obstacle(error: OSError | ValueError) -> tuple[str, str]:
    """Return the code for what stands in the way, and the end of the sentence about it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "missing", "is not there; it may have been moved or renamed."
    if isinstance(error, PermissionError):
        return "forbidden", "may not be read by you."
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "loop", "is a link that leads back to itself."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return "unreadable", f"cannot be read ({reason})."


def _head(path: Path) -> bytes:
    # Not blocking: between the look and the opening a pipe may have taken the file's place.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, HEAD_BYTES)
    finally:
        os.close(descriptor)


def _is_text(head: bytes) -> bool:
    """Tell whether bytes are text: no recording does without control characters for long."""
    if head.startswith(_UTF16_MARKS):
        text = head[: len(head) & ~1].decode("utf-16", errors="replace")
        return sum(c.isprintable() or c.isspace() for c in text) > 0.9 * len(text)
    return _CONTROLS.isdisjoint(head)
