# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bytes to text: byte order marks, UTF-8, UTF-16 by its zeros, else Windows-1252; each guess is a note.

Called by the registry only; safe on any thread.
"""

from __future__ import annotations

import codecs
import re

from earmark.base.errors import UserError
from earmark.formats.source import NoteBook

_HEAD = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"fLaC", "a sound recording"),
    (b"RIFF", "a sound recording"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a packed file (as .docx and .zip are)"),
    (b"\x1f\x8b", "a packed file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_NULL_SHARE = 10  # stray NULs are met in text, but not one in ten
_NOT_TEXT_SHARE = 50  # more than one control character in this many is no text


def decode(data: bytes, name: str, notes: NoteBook) -> str:
    """Return the text of a file, without a byte order mark; UserError for what is no text."""
    _refuse_known_kinds(data, name)
    text = _decoded(data, notes)
    head = text[:_HEAD]
    nulls = head.count("\0") * _NULL_SHARE > len(head)
    if not head.startswith("WEBVTT") and (nulls or len(_CONTROL.findall(head)) * _NOT_TEXT_SHARE > len(head)):
        raise UserError("binary", f"{name} is not a text file, so it cannot be a transcript.")
    return _without_nulls(_without_double_ends(text, notes), notes)


def decode_as_webvtt(data: bytes) -> str:
    """Decode as the WebVTT specification says: UTF-8, one mark dropped, what is broken becomes U+FFFD."""
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").replace("\0", "\ufffd")


def _refuse_known_kinds(data: bytes, name: str) -> None:
    for start, kind in _KINDS:
        if data.startswith(start):
            raise UserError("binary", f"{name} is {kind}, not a transcript.")
    if data[4:8] == b"ftyp":
        raise UserError("binary", f"{name} is a sound or video recording, not a transcript.")


def _decoded(data: bytes, notes: NoteBook) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding, notes)
    guess = _utf16_guess(data)
    if guess:
        notes.add(0, "encoding", f"The file does not name its encoding; it was read as {guess.upper()}.")
        return _forgiving(data, guess, notes)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _broken_utf8_or_cp1252(data, notes)


def _forgiving(data: bytes, encoding: str, notes: NoteBook) -> str:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken and data.count("\ufffd".encode(encoding)) < broken:
        notes.add(0, "bad-bytes", f"Some bytes are no {encoding.upper()}; they are shown as \ufffd.")
    return text


def _utf16_guess(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zeros stand: blanks and line ends have one in any script."""
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    least = max(2, len(head) // 100)
    if odd >= least and odd > 10 * even:
        return "utf-16-le"
    if even >= least and even > 10 * odd:
        return "utf-16-be"
    return None


def _broken_utf8_or_cp1252(data: bytes, notes: NoteBook) -> str:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for char in text if char > "\x7f") - broken
    if broken * 10 <= sound or (sound and broken == 1 and text.endswith("\ufffd")):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        notes.add(line, "bad-bytes", "Some bytes from here on are no UTF-8; they are shown as \ufffd.")
        return text
    notes.add(0, "encoding", "The file is not UTF-8; it was read as Windows-1252 (Western European).")
    return data.decode("cp1252", "replace")


def _without_double_ends(text: str, notes: NoteBook) -> str:
    doubled = text.count("\r\r\n") if "\r" in text else 0  # one character is found ten times as fast
    if doubled and doubled * 2 >= text.count("\n"):
        notes.add(0, "line-ends", "Lines end with CR CR LF; each was read as one line end.")
        return text.replace("\r\r\n", "\n")
    return text


def _without_nulls(text: str, notes: NoteBook) -> str:
    if "\0" not in text:
        return text
    line = text.count("\n", 0, text.index("\0")) + 1
    notes.add(line, "null", "The file holds NUL characters from here on; they are shown as \ufffd.")
    return text.replace("\0", "\ufffd")
