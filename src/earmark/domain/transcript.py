# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a transcript file holds: cues, their words, marks, and notes on what was mended.

Times are whole milliseconds from the start of the recording, or None where nothing is known.
All values are frozen; readers build them, everyone else looks at them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Timing(StrEnum):
    """How the time of a word is known."""

    EXACT = "exact"  # written in the file
    ALIGNED = "aligned"  # taken from the matched word of another transcript
    INTERPOLATED = "interpolated"  # placed between known neighbours
    NONE = "none"


class Word(NamedTuple):
    """One word of a cue; `offset` counts characters in the cue's text.

    `soft` marks an aligned word whose source word was itself only placed inside its cue: it is known
    to about 0.3 s, and moves without an underline.
    """

    text: str
    offset: int
    start_ms: int | None
    end_ms: int | None
    timing: Timing
    soft: bool = False

    @property
    def end(self) -> int:
        """Offset just past the word."""
        return self.offset + len(self.text)


# Cues of a woven transcript that hold the machine's words say so by their id: where the other text has a
# hole, and where it leaves out what was said.
FILLED = "filled"
SKIPPED = "skipped"


class Cue(NamedTuple):
    """What a caption file times. `text` is plain: entities decoded, tags gone, line breaks kept.

    `words` is filled only where a file or a weave gives times for words; elsewhere
    `earmark.domain.words.place_words` puts them between the cue's ends when they are asked for.
    `opens_turn` says that the file itself starts a turn here (a turn stamp, a speaker dash).
    """

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    speaker: str | None = None
    id: str = ""
    words: tuple[Word, ...] = ()
    opens_turn: bool = False


class Mark(NamedTuple):
    """A stamp in mid sentence, where the typist heard nothing (kind "unheard")."""

    ms: int
    cue: int
    offset: int
    kind: str = "unheard"


class Note(NamedTuple):
    """What a reader mended or skipped. `line` counts from 1 in the file; 0 means the whole file."""

    line: int
    code: str
    message: str


class Transcript(NamedTuple):
    """One transcript, whatever format it came from."""

    format: str
    cues: tuple[Cue, ...]
    language: str | None = None
    title: str | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def timed(self) -> bool:
        """Whether any cue has a time."""
        return any(cue.start_ms is not None for cue in self.cues)
