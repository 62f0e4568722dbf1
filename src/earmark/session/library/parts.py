# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Everything about the library that the window works with, built in one place. Main thread."""

from __future__ import annotations

from earmark.base.paths import Profile
from earmark.session.hearing import Hearing
from earmark.session.library.importer import Importer
from earmark.session.library.joining import Joining
from earmark.session.library.keeper import LibraryKeeper
from earmark.session.library.searching import LibrarySearch
from earmark.session.steering.parts import SessionParts
from earmark.session.steering.visiting import Visits
from earmark.session.undo import UndoHistory
from earmark.settings.values import Values
from earmark.store.user import Store
from earmark.tasks.runner import Runner


class LibraryParts:
    """Keeper, search, visits and joining of one window. Nothing is read before `begin`."""

    def __init__(
        self,
        profile: Profile,
        store: Store,
        runner: Runner,
        values: Values,
        undo: UndoHistory,
        parts: SessionParts,
        hearing: Hearing,
    ) -> None:
        self.runner = runner
        self.importer = Importer(store, profile, runner)
        self.keeper = LibraryKeeper(store, self.importer, runner, values, undo)
        self.search = LibrarySearch(profile, runner)
        self.visits = Visits(parts)
        self.joining = Joining(store, profile, runner, parts.session, parts.memory, self.importer)
        self.search.unfilled.connect(self.importer.index_all)
        self.search.damaged.connect(self._on_damaged)
        self.importer.renewed.connect(self.search.reopen)
        hearing.changed.connect(self.keeper.refresh)

    def _on_damaged(self) -> None:
        self.importer.index_all(anew=True)

    def begin(self) -> None:
        """Read the list; the window is painted by now."""
        self.keeper.load()

    def close(self) -> None:
        """Stop what is under way; the program is about to leave."""
        self.importer.stop()
        self.search.close()
