# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a reader is given, and what every reader is: the contract between the registry and the formats.

Qt-free, safe on any thread. Only rooms inside `earmark.formats` import this.
"""

from __future__ import annotations

import re
from typing import Protocol

from earmark.base.errors import UserError
from earmark.domain.transcript import Note, Transcript

MAX_CUES = 250_000
_NOTES_OF_A_KIND = 50
_PIECE_CHARS = 65_536
# CR, LF and CR LF end a line, as in WebVTT; U+2028 and form feed do not (str.splitlines would break there).
_LINE_END = re.compile(r"\r\n|\n|\r")


class NoteBook:
    """Collects what was mended or skipped; of each kind the first fifty one by one, the rest counted."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._counts: dict[str, int] = {}

    def add(self, line: int, code: str, message: str) -> None:
        """Note one mend; `line` counts from 1, 0 means the whole file."""
        count = self._counts.get(code, 0) + 1
        self._counts[code] = count
        if count <= _NOTES_OF_A_KIND:
            self._notes.append(Note(line, code, message))

    def listed(self) -> tuple[Note, ...]:
        """Return all notes, with one line for each kind that had too many to list."""
        more = [
            Note(0, code, f"{count - _NOTES_OF_A_KIND} more notes of this kind ({code}) are not listed.")
            for code, count in self._counts.items()
            if count > _NOTES_OF_A_KIND
        ]
        return (*self._notes, *more)


class Source:
    """One file, decoded: its text as it stands, its name for messages, and the notes taken on the way."""

    def __init__(self, text: str, name: str, strict: bool = False, notes: NoteBook | None = None) -> None:
        self.text = text
        self.name = name
        self.strict = strict
        self.notes = notes or NoteBook()

    def with_text(self, text: str) -> Source:
        """Return the same file with its bytes read another way."""
        return Source(text, self.name, self.strict, self.notes)

    def lines(self) -> list[str]:
        """Return the lines without their ends."""
        # By pieces: one split of eight million characters would hold up every other thread till it is done.
        lines: list[str] = []
        begin = 0
        while (end := self.text.find("\n", begin + _PIECE_CHARS)) >= 0:
            lines += _LINE_END.split(self.text[begin:end].removesuffix("\r"))
            begin = end + 1
        return lines + _LINE_END.split(self.text[begin:])

    def check_count(self, cues: int) -> None:
        """Refuse a file that claims more cues than any recording has."""
        if cues > MAX_CUES:
            raise UserError(
                "too-many-cues", f"{self.name} has more than {MAX_CUES:,} cues, too many for one recording."
            )

    def refused(self, code: str, what: str) -> UserError:
        """Return the error that says what is wrong with this file."""
        return UserError(code, f"{self.name} {what}", name=self.name)


class Reader(Protocol):
    """One format. Modules are readers: a module with these two functions goes into the registry's table."""

    def sniff(self, head: str) -> bool:
        """Tell from the first part of a text whether this reader knows its form."""
        ...

    def read(self, source: Source) -> Transcript:
        """Return the transcript. Mends go to `source.notes`; UserError if the text is not of this form."""
        ...
