# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The rest of the program, built when the first page is painted: everything a listener can do with it."""

from __future__ import annotations

from earmark.app.core import Core
from earmark.commands.verbs import bind_listening, bind_marks, bind_reading, bind_undo, bind_weaving
from earmark.session.finding import Finder
from earmark.session.hearing import Hearing
from earmark.session.library.parts import LibraryParts
from earmark.session.marks.marks import Marks
from earmark.session.steering.repeating import Repeating
from earmark.session.steering.stepping import Stepping
from earmark.session.undo import UndoHistory
from earmark.session.upkeep import Upkeep
from earmark.session.woven.correcting import Correcting
from earmark.session.woven.walking import Walking
from earmark.session.woven.weaving import Weaving
from earmark.ui.shell.assembly import Shell


class Furniture:
    """Find, weave, bookmarks, library, undo, and the window's panes and keys for them."""

    def __init__(self, core: Core) -> None:
        store, runner, values, registry = core.store, core.runner, core.values, core.registry
        parts = core.parts
        session, player, memory, listening = parts.session, parts.player, parts.memory, parts.listening
        stepping = Stepping(session, player, listening)
        self.repeating = Repeating(session, player, parts.looper, listening, stepping)
        self.finder = Finder(runner)
        self.undo = UndoHistory()
        correcting = Correcting(session, memory, store, runner, self.undo)
        self.weaving = Weaving(session, memory, correcting, runner, values)
        self.walking = Walking(session, self.weaving, correcting, player, listening)
        self.hearing = Hearing(session, player, memory, store, runner)
        self.marks = Marks(parts, store, runner, self.undo, self.hearing, values, core.now_s)
        self.library = LibraryParts(core.profile, store, runner, values, self.undo, parts, self.hearing)
        bind_listening(registry, session, listening, stepping, self.repeating)
        bind_reading(registry, session, parts.attention, self.finder)
        bind_undo(registry, self.undo)
        bind_marks(registry, session, self.marks)
        bind_weaving(registry, self.weaving, self.walking, values)
        self.shell = Shell(
            core.front,
            core.application,
            core.look,
            values,
            registry,
            parts,
            runner,
            self.repeating,
            self.finder,
            self.undo,
            self.weaving,
            self.walking,
            self.marks,
            self.library,
        )
        self.upkeep = Upkeep(store, runner, player)
        self.upkeep.told.connect(session.problem)
        self.upkeep.restored.connect(self.marks.notebook.load)
        self.upkeep.restored.connect(self.library.keeper.refresh)
        self.marks.carrying.restored.connect(self.library.keeper.refresh)
        self.marks.carrying.restored.connect(self.library.importer.index_all)
        self.marks.notebook.load()
