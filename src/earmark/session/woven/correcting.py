# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The corrections that lie over the woven transcript of what is open: made, taken back, kept. Main thread.

A correction never changes a file. Where the store cannot be written it holds until something else is opened.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import expected
from earmark.domain.items import Correction
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.session.undo import UndoHistory
from earmark.session.woven.values import Doubt
from earmark.store.user import Store
from earmark.tasks.runner import Job, Lane, Runner


class Correcting(QObject):
    """Where the listener keeps the other wording.

    Signals:
        changed: look at `laid` again.
    """

    changed = Signal()

    def __init__(
        self, session: Session, memory: Memory, store: Store, runner: Runner, undo: UndoHistory
    ) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
        self._store = store
        self._runner = runner
        self._undo = undo
        self.laid: tuple[Correction, ...] = ()
        session.opened.connect(self._on_opened)

    @property
    def _recording(self) -> str:
        recording = self._memory.recording
        return recording.id if recording else ""

    def recall(self, done: Callable[[], None], failed: Callable[[Exception], None]) -> Job | None:
        """Look up the corrections of what is open, then call `done`; at once where they are known."""
        if self.laid or not self._recording:
            done()
            return None
        look_up = partial(self._store.corrections.of_recording, self._recording)
        return self._runner.run(look_up, partial(self._on_recalled, done), failed, Lane.STORE, self)

    def _on_recalled(self, done: Callable[[], None], corrections: list[Correction]) -> None:
        self.laid = tuple(corrections)
        done()

    def toggle(self, doubt: Doubt) -> Future[Any] | None:
        """Put the other wording in, or the first one back; done when it is stored. Can be undone."""
        held = self._of(doubt)
        correction = held or Correction(os.urandom(16).hex(), self._recording, doubt.anchor, doubt.other)
        remove, add = partial(self._remove, correction), partial(self._add, correction)
        if held is not None:
            self._undo.record("put the first wording back", add, remove)
            return remove()
        kept = f"keep “{doubt.other}”" if doubt.other else f"leave out “{doubt.anchor.quote}”"
        self._undo.record(kept, remove, add)
        return add()

    def _of(self, doubt: Doubt) -> Correction | None:
        """Return the correction that settled a doubt (or is about to, while the text is dressed anew)."""
        for correction in self.laid:
            if (correction.anchor, correction.other) == doubt.place:
                return correction
        if not doubt.kept:
            return None
        same = [c for c in self.laid if (c.anchor.quote, c.other) == (doubt.anchor.quote, doubt.other)]
        at_ms = doubt.anchor.start_ms or 0
        return min(same, key=lambda c: abs((c.anchor.start_ms or 0) - at_ms), default=None)

    def _add(self, correction: Correction) -> Future[Any] | None:
        self._lay(correction, (*self.laid, correction))
        return self._write(partial(self._store.corrections.add, correction), correction)

    def _remove(self, correction: Correction) -> Future[Any] | None:
        self._lay(correction, tuple(c for c in self.laid if c.id != correction.id))
        return self._write(partial(self._store.corrections.remove, correction.id), correction)

    def _lay(self, correction: Correction, corrections: tuple[Correction, ...]) -> None:
        """Lay other corrections over it, if it is still their recording that is open."""
        if correction.recording == self._recording:
            self.laid = corrections
            self.changed.emit()

    def _write(self, write: Callable[[], Any], correction: Correction) -> Future[Any] | None:
        if not correction.recording or self._store.read_only:
            return None
        return self._runner.promise(write, Lane.STORE, None, self._on_failed, self)

    def _on_failed(self, error: Exception) -> None:
        self._session.problem.emit(expected(error))

    @Slot()
    def _on_opened(self) -> None:
        self.laid = ()
