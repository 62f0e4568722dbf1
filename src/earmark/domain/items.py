# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the store keeps, as plain values: a recording and where the listener was in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple


class Fingerprint(NamedTuple):
    """By what a file is known wherever it lies: its size and the digest of three slices of it."""

    size: int
    slices: str


class Recording(NamedTuple):
    """A recording the listener has opened or added.

    `path` is where its file was last seen: the media, or the transcript where there is no media. Paths are
    hints; `id` is what stays. `track` names the transcript that was shown, `view` is the page's own state.
    """

    id: str
    path: Path
    fingerprint: Fingerprint
    older_paths: tuple[Path, ...] = ()
    transcripts: tuple[Path, ...] = ()
    title: str = ""
    show: str = ""
    duration_ms: int = 0
    position_ms: int = 0
    rate: float = 1.0
    track: str = ""
    view: Mapping[str, Any] = MappingProxyType({})
    added_ms: int = 0  # wall clock, for telling only
    opened_ms: int = 0  # wall clock, for telling only; 0 if never opened
    opened_seq: int = 0  # by this "last opened" is ordered: clocks jump
    removed: bool = False


class Anchor(NamedTuple):
    """Where a bookmark holds: a time, the words there, and some words before and after.

    Times are of the recording; None where the transcript had none. The words are as the transcript showed
    them then; by them the place is found again in another transcript.
    """

    quote: str
    before: str = ""
    after: str = ""
    start_ms: int | None = None
    end_ms: int | None = None


class Bookmark(NamedTuple):
    """A moment or stretch the listener marked.

    `transcript` is the path of the transcript it was made on ("" without one), `certainty` how surely its
    words were found in the one shown last (1 where it was made).
    """

    id: str
    recording: str
    anchor: Anchor
    transcript: str = ""
    speaker: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: str = ""
    certainty: float = 1.0
    created_ms: int = 0  # wall clock, for telling only
    number: int = 0  # by this "made last" is ordered: clocks jump


class Correction(NamedTuple):
    """A place of a woven transcript where the listener keeps the other wording.

    `anchor` holds the words that are replaced, as the hand-made transcript has them (they may be none), with
    what stands around them and when they are said; `other` are the words kept instead. It lies over the
    transcript and never changes a file.
    """

    id: str
    recording: str
    anchor: Anchor
    other: str
    created_ms: int = 0  # wall clock, for telling only
