# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Builds the window's parts and binds them to the session; called once by the program. GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QDialog

from earmark.base.paths import sample
from earmark.commands.catalogue import CARD_KEYS
from earmark.commands.keymap import Keymap
from earmark.commands.registry import Registry
from earmark.session.attention import Attention
from earmark.session.finding import Finder
from earmark.session.library.parts import LibraryParts
from earmark.session.marks.marks import Marks
from earmark.session.steering.parts import SessionParts
from earmark.session.steering.repeating import Repeating
from earmark.session.undo import UndoHistory
from earmark.session.woven.walking import Walking
from earmark.session.woven.weaving import Weaving
from earmark.settings import options
from earmark.settings.values import Values
from earmark.tasks.runner import Runner
from earmark.ui.bookmarks.pane import NotesPane
from earmark.ui.common.theme import Look
from earmark.ui.dialogs.files import FileAsker
from earmark.ui.find.panel import FindBar
from earmark.ui.frame.welcome import Welcome
from earmark.ui.keys.keyrouter import KeyRouter
from earmark.ui.library.pane import LibraryPane
from earmark.ui.page.menu import PageMenu
from earmark.ui.page.offer import Offer
from earmark.ui.shell.bindings import WindowCommands
from earmark.ui.shell.carry_commands import CarryCommands
from earmark.ui.shell.find_binder import FindBinder
from earmark.ui.shell.front import Front
from earmark.ui.shell.library_binder import LibraryBinder
from earmark.ui.shell.notes_binder import NotesBinder
from earmark.ui.shell.notes_commands import NotesCommands
from earmark.ui.shell.weave_binder import WeaveBinder

_PAGE_MENU = (  # for the line it is opened at, or the selection
    ("Copy {}", "edit.copy"),
    ("Copy {} with speaker and time", "edit.copy_quote"),
    ("Bookmark {}", "bookmark.capture"),
    ("Bookmark {} with a note", "bookmark.note"),
)


class Shell(QObject):
    """The rest of the window: panes, find bar, menus, keys, and what connects them to the session."""

    def __init__(
        self,
        front: Front,
        application: QApplication,
        look: Look,
        values: Values,
        registry: Registry,
        parts: SessionParts,
        runner: Runner,
        repeating: Repeating,
        finder: Finder,
        undo: UndoHistory,
        weaving: Weaving,
        walking: Walking,
        marks: Marks,
        library: LibraryParts,
    ) -> None:
        super().__init__()
        session = parts.session
        self._look = look
        self._values = values
        self._registry = registry
        self._session = session
        self._player = parts.player
        self._listening = parts.listening
        self._front = front
        self.window, self.page, self.header = front.window, front.page, front.header
        self.views, self.actions, self.transport = front.views, front.actions, front.transport
        known = {spec.id: self.actions.action(spec.id) for spec in registry.specs() if spec.in_menu}
        self.find_bar = FindBar(look)
        self.find_bar.hide()
        self.welcome = Welcome(look, known["file.open"], known["file.sample"])
        self.notes = NotesPane(look, known, CARD_KEYS)
        self.library = LibraryPane(look)
        self.offer = Offer(look, self.page, known["file.open"], "Add a transcript…")
        PageMenu(self.page, [(title, known[name]) for title, name in _PAGE_MENU])
        self.window.furnish(self.find_bar, self.welcome, self.library, self.notes)
        if not session.something_open:
            self.welcome.setFocus()  # the bar below was there first, and with it the focus
        self.weave = WeaveBinder(look, self.page, session, weaving, walking, registry)
        weaving.told.connect(self.window.toast.show_text)
        self._files = FileAsker(self.window, values, session.problem.emit)
        session.opened.connect(self._on_opened)
        self.find = FindBinder(self.find_bar, finder, self.page, self.transport.seekbar, parts, runner)
        self._notes_binder = NotesBinder(self.window, self.notes, parts, marks, registry, values)
        self._notes_commands = NotesCommands(
            look, self.window, self.notes, session, marks, registry, runner, self._files
        )
        self._notes_commands.bind()
        CarryCommands(self.window, self.notes, session, marks.carrying, self._files).bind(registry)
        self.library_binder = LibraryBinder(
            self.library, self.window, library, session, parts.memory, values, self._files
        )
        self.library_binder.bind(registry)
        self.library_binder.recent_known.connect(self.welcome.show_recent)
        self.library_binder.cover_ready.connect(front.header.show_cover)
        WindowCommands(
            self.window,
            self.views,
            self.find,
            parts,
            values,
            self.show_keys,
            self.show_about,
            self.ask_time,
            self._files,
        ).bind(registry)
        self._keymap = Keymap.from_settings(values.get(options.CUSTOM_KEYS), values.get(options.BARE_KEYS))
        self._keys = KeyRouter(registry, self._keymap, self.window, application)
        self._bind_keys(parts.attention)
        self._bind_messages(repeating)
        undo.went.connect(self.window.toast.show_text)
        self.window.show_page(session.something_open)
        self.window.set_tab_order()

    def _bind_keys(self, attention: Attention) -> None:
        self._keys.add_escape(self.weave.leave, self.weave.card)
        self._keys.add_escape(self.weave.leave, self.page)
        self._keys.add_escape(self.notes.leave, self.notes)
        self._keys.add_escape(self.library_binder.search.leave, self.library)
        self._keys.add_escape(self._leave_find, self.find_bar)
        self._keys.add_escape(self._leave_find, self.page)
        self._keys.add_escape(self._leave_selection, self.page)
        self._keys.add_escape(self._focus_page)
        self.actions.fill(self._keymap)
        self._show_hints()
        attention.changed.connect(self.actions.refresh)
        self._values.subscribe(options.CUSTOM_KEYS, self._on_keys_changed)
        self._values.subscribe(options.BARE_KEYS, self._on_keys_changed)

    def _bind_messages(self, repeating: Repeating) -> None:
        repeating.said.connect(self.window.toast.show_text)
        repeating.begun.connect(self.transport.seekbar.set_loop_start)
        self._registry.ran.connect(self.transport.seekbar.hide_preview)
        self._registry.ran.connect(self._on_ran)
        self._registry.refused.connect(self.window.toast.show_text)
        self._front.page_binder.refused.connect(self.window.toast.show_text)
        self.window.files_dropped.connect(self._session.open)
        self.welcome.recent_chosen.connect(self._on_recent_chosen)
        self.header.notes_requested.connect(self._on_notes_requested)

    @Slot(str)
    def _on_ran(self, command: str) -> None:
        """Say how far the transcript was moved: its words may stand still."""
        if command in {"transcript.earlier", "transcript.later"}:
            moved = self._session.shift_text
            said = f"Transcript {moved}." if moved else "Transcript as its file times it."
            self.window.toast.show_text(said)

    def _leave_find(self) -> bool:
        if not self.find.is_open:
            return False
        self.find.close()
        return True

    def _leave_selection(self) -> bool:
        there = self.page.selected_span() is not None
        self.page.clear_selection()
        return there

    def _focus_page(self) -> bool:
        self.page.enter()
        return True

    def show_keys(self) -> None:
        """Show the key sheet."""
        from earmark.ui.dialogs.keyhelp import KeySheet  # seldom needed, never at start

        _show(KeySheet(self._look, self._keymap, self._registry.specs(), self.window))

    def show_about(self) -> None:
        """Say what this program is."""
        from earmark.ui.dialogs.about import About  # seldom needed, never at start

        _show(About(self._look, self.window))

    def ask_time(self) -> None:
        """Ask for a time and go there."""
        from earmark.ui.dialogs.gototime import GoToTime  # seldom needed, never at start

        dialog = GoToTime(self._look, self._player.duration_ms(), self.window)
        dialog.time_chosen.connect(self._listening.seek)
        _show(dialog)

    @Slot()
    def _on_opened(self) -> None:
        first = next(iter(self._session.files), None)
        if first is not None and first != sample():
            self._files.opened_from(first.parent)

    @Slot(object)
    def _on_recent_chosen(self, path: Path) -> None:
        self._session.open([path])

    @Slot()
    def _on_notes_requested(self) -> None:
        track = self._session.track
        from earmark.ui.dialogs.notes import NotesDialog  # seldom needed, never at start

        if track is not None:
            _show(NotesDialog(self._look, track.transcript.notes, self.window))

    def _on_keys_changed(self, _value: object) -> None:
        self._keymap = Keymap.from_settings(
            self._values.get(options.CUSTOM_KEYS), self._values.get(options.BARE_KEYS)
        )
        self.actions.set_keymap(self._keymap)
        self._keys.set_keymap(self._keymap)
        self._show_hints()

    def _show_hints(self) -> None:
        self.window.show_hint(f"{self._keymap.handiest('help.keys')} keys")
        self._front.page_binder.name_key(self._keymap.handiest("view.follow"))
        self._notes_binder.name_keys(
            self._keymap.handiest("bookmark.capture"), self._keymap.handiest("bookmark.note")
        )


def _show(dialog: QDialog) -> None:
    """Open a dialog over its window without waiting for it: a script's command must be answered."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
