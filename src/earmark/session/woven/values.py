# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Plain values of the woven transcript: its doubts, and how it is to be shown. Any thread.

Loads no aligner: this is read while the program starts.
"""

from __future__ import annotations

from typing import NamedTuple

from earmark.domain.items import Anchor, Correction
from earmark.session.tracks import Track


class Doubt(NamedTuple):
    """A place where the two wordings differ.

    `anchor` is the place in the kept words as a correction would hold it, `other` the machine's wording;
    `kept` says that the listener has put that one there. `span` is (paragraph, start, end) on the page and
    may be empty. Times are when to listen.
    """

    anchor: Anchor
    other: str
    span: tuple[int, int, int]
    start_ms: int
    end_ms: int
    kept: bool = False

    @property
    def place(self) -> tuple[Anchor, str]:
        """What stays the same when the transcript is dressed anew."""
        return self.anchor, self.other


class Dress(NamedTuple):
    """How the listener wants a weave shown.

    `voices` is "", "two" (two voices alternate) or "flipped"; `skipped` shows what only the machine has.
    """

    corrections: tuple[Correction, ...] = ()
    voices: str = ""
    skipped: bool = True


class Dressed(NamedTuple):
    """A woven track ready for the page."""

    track: Track
    doubts: tuple[Doubt, ...]
    named: bool  # whether the files say who speaks
    telling: str = ""  # a sentence worth saying once
