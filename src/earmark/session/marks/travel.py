# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""From bookmark to bookmark, and to a moment of any recording: by its id, or by a link. Main thread."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError, expected
from earmark.domain.items import Recording
from earmark.domain.marks.links import read_link
from earmark.session.marks.notebook import Notebook
from earmark.session.marks.places import Places
from earmark.session.steering.parts import SessionParts
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner

_RESTART_MS = 2_000  # "previous" goes to the one before when this one has just begun


class Travel(QObject):
    """Goes to bookmarks and links.

    Signals:
        reached: id of the bookmark that was gone to.
    """

    reached = Signal(str)

    def __init__(
        self, parts: SessionParts, notebook: Notebook, places: Places, store: Store, runner: Runner
    ) -> None:
        super().__init__()
        self._session = parts.session
        self._player = parts.player
        self._listening = parts.listening
        self._memory = parts.memory
        self._notebook = notebook
        self._places = places
        self._store = store
        self._runner = runner
        self._ahead: tuple[str, int | None, bool] | None = None  # recording, moment, whether to play
        self._session.settled.connect(self._on_settled)

    def next(self) -> None:
        """Go to the next bookmark of this recording."""
        self._step(+1)

    def previous(self) -> None:
        """Go to the bookmark before; from just behind one, to the one before that."""
        self._step(-1)

    def _step(self, direction: int) -> None:
        timed = [(s.start_ms, one) for one, s in self._places.bookmarks() if s.start_ms is not None]
        if not timed:
            raise UserError("no-bookmark", "There is no bookmark in this recording yet.")
        position = self._player.position_ms()
        starts = [start for start, _ in timed]
        index = bisect_right(starts, position)
        if direction < 0:
            index -= 1
            while index >= 0 and position - starts[index] <= _RESTART_MS:
                index -= 1
        if not 0 <= index < len(timed):
            way = "later" if direction > 0 else "earlier"
            raise UserError("no-bookmark", f"There is no {way} bookmark in this recording.")
        self._listening.seek(starts[index], step=True)
        self.reached.emit(timed[index][1].id)

    def play(self, bookmark: str) -> None:
        """Play from a bookmark, opening its recording when another one is open."""
        held = self._notebook.get(bookmark)
        if held is not None:
            self.visit(held.recording, self._places.spot(held).start_ms, play=True)

    def follow_link(self, link: str) -> None:
        """Go to where an `earmark://` link leads; raises UserError when it is none."""
        recording, ms = read_link(link)
        self.visit(recording, ms)

    def visit(self, recording: str, ms: int | None, *, play: bool = False) -> None:
        """Go to a moment of a recording, opening it first when it is not open; `ms` None: where it was."""
        self._ahead = None
        now = self._memory.recording
        if now is not None and now.id == recording:
            self._arrive(ms, play)
            return
        self._runner.run(
            partial(self._store.recordings.get, recording),
            partial(self._on_recording, recording, ms, play),
            self._on_failed,
            Lane.STORE,
            self,
        )

    def _on_recording(self, wanted: str, ms: int | None, play: bool, recording: Recording | None) -> None:
        path = _present(recording) if recording is not None else None
        if recording is None:
            error = UserError("unknown-recording", "The recording of this link is not in your library.")
            self._session.problem.emit(error)
        elif path is None:
            sentence = f"{recording.path.name} is not where it was: {recording.path}."
            self._session.problem.emit(UserError("missing", sentence))
        else:
            self._ahead = (wanted, ms, play)
            self._session.open([path], ms, apart=True)

    def _on_failed(self, error: Exception) -> None:
        self._session.problem.emit(expected(error))

    @Slot()
    def _on_settled(self) -> None:
        ahead, self._ahead = self._ahead, None
        now = self._memory.recording
        if ahead is not None and now is not None and now.id == ahead[0] and ahead[2]:
            self._listening.play()  # it was opened at the moment

    def _arrive(self, ms: int | None, play: bool) -> None:
        if ms is not None:
            self._listening.seek(ms)
        if play:
            self._listening.play()


def _present(recording: Recording) -> Path | None:
    return next((p for p in (recording.path, *recording.older_paths) if p.exists()), None)
