# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Everything about bookmarks that the window works with, built in one place. Main thread."""

from __future__ import annotations

from collections.abc import Callable

from earmark.session.hearing import Hearing
from earmark.session.marks.capture import Capture
from earmark.session.marks.carrying import Carrying
from earmark.session.marks.colours import ColourNames
from earmark.session.marks.notebook import Notebook
from earmark.session.marks.places import Places
from earmark.session.marks.travel import Travel
from earmark.session.steering.parts import SessionParts
from earmark.session.undo import UndoHistory
from earmark.settings.values import Values
from earmark.store.user import Store
from earmark.tasks.runner import Runner


class Marks:
    """Notebook, colours, places, capture, travel and carrying of one window."""

    def __init__(
        self,
        parts: SessionParts,
        store: Store,
        runner: Runner,
        undo: UndoHistory,
        hearing: Hearing,
        values: Values,
        now_s: Callable[[], float],
    ) -> None:
        session, memory = parts.session, parts.memory
        self.notebook = Notebook(store, runner, undo)
        self.colours = ColourNames(values, undo)
        self.places = Places(session, memory, self.notebook, runner)
        self.capture = Capture(session, parts.player, memory, self.notebook, now_s)
        self.travel = Travel(parts, self.notebook, self.places, store, runner)
        self.hearing = hearing
        self.carrying = Carrying(store, runner, self.notebook, self.colours, session, memory, hearing, undo)
