# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Transcripts that were read to compare their words, kept small until they are indexed. For `adding`.

Reading a transcript takes twenty times as long as packing and unpacking it. Used by one worker at a time.
"""

from __future__ import annotations

import pickle
import zlib
from pathlib import Path

from earmark.domain.transcript import Transcript
from earmark.formats.registry import read_file
from earmark.store.library.index import Stamp

_MOST_BYTES = 64 << 20  # two thousand hours of talk; what is beyond is read again


class Readings:
    """What was read once and is wanted once more."""

    def __init__(self) -> None:
        self._packed: dict[Path, tuple[Stamp, bytes]] = {}
        self._room = _MOST_BYTES

    def read(self, path: Path) -> Transcript:
        """Read a transcript and keep it; raises UserError and OSError."""
        stamp = Stamp.of(path)
        transcript = read_file(path)
        packed = zlib.compress(pickle.dumps(transcript, pickle.HIGHEST_PROTOCOL), 1)
        if len(packed) <= self._room and path not in self._packed:
            self._room -= len(packed)
            self._packed[path] = stamp, packed
        return transcript

    def take(self, path: Path) -> Transcript | None:
        """Return a transcript that was read and let go of it; None where there is none, or it was changed."""
        if path not in self._packed:
            return None
        stamp, packed = self._packed.pop(path)
        self._room += len(packed)
        try:
            unchanged = Stamp.of(path) == stamp
        except OSError:
            return None
        return pickle.loads(zlib.decompress(packed)) if unchanged else None  # noqa: S301 - packed above
