# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The index while it is filled: one connection, used by one job of the importer at a time, on a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from earmark.base.cancelling import Cancelled
from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.items import Recording
from earmark.session.library import adding
from earmark.session.library.readings import Readings
from earmark.store.library.importing import Outcome, Progress
from earmark.store.library.index import Library
from earmark.store.library.scanning import Scan

Report = Callable[[Progress], None]


class Filling:
    """Opens the index when it is first needed, and anew when it is damaged.

    `unfilled`: it lacked what the store knew when it was opened. `renewed`: it is another file than before.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._library: Library | None = None
        self._anew = False
        self.unfilled = False
        self.renewed = False

    @property
    def begun(self) -> bool:
        """Whether there is an index, or is to be one."""
        return self._library is not None or self._anew

    def make_anew(self) -> None:
        """Begin with an empty index; any thread, while no job is under way."""
        self._anew = True

    def find(
        self,
        paths: Sequence[Path],
        among: Sequence[Recording],
        readings: Readings,
        report: Report,
        cancelled: Cancelled,
    ) -> Scan:
        """Look for what is to be added, and what of it the library has (see `adding.find`)."""
        try:
            library = self._opened()
        except UserError:
            library = None  # what is wrong with it is told when it is to be filled
        return adding.find(paths, among, library, readings, report, cancelled)

    def index(
        self,
        recordings: Sequence[Recording],
        report: Report,
        cancelled: Cancelled,
        seen: Iterable[adding.Seen],
    ) -> Outcome:
        """Index recordings (see `adding.index`); raises UserError."""
        return adding.index(self._opened(), recordings, report, cancelled, seen)

    def forget(self, recordings: Iterable[str]) -> None:
        """Take recordings out of the index; raises UserError."""
        library = self._opened()
        with library.database.transaction():
            for recording in recordings:
                library.forget_recording(recording)

    def mark_filled(self) -> None:
        """Note that it holds all there is; raises UserError."""
        self._opened().mark_filled()

    def _opened(self) -> Library:
        if self._anew:
            if self._library is not None:
                self._library.close()
            self._library = None
            self._library = Library.open(self._profile, anew=True)
            self._anew = False
            self.renewed = True
        if self._library is None:
            self._library = Library.open(self._profile)
            self.unfilled = self._library.unfilled
        return self._library
