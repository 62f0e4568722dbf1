# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the store keeps, as plain values: a recording and where the listener was in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """By what a file is known wherever it lies: its size and the digest of three slices of it."""

    size: int
    slices: str


@dataclass(frozen=True, slots=True)
class Recording:
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
    view: Mapping[str, Any] = field(default_factory=dict)
    added_ms: int = 0  # wall clock, for telling only
    opened_ms: int = 0  # wall clock, for telling only; 0 if never opened
    opened_seq: int = 0  # by this "last opened" is ordered: clocks jump
    removed: bool = False
