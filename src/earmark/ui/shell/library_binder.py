# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The library pane and what it asks for: open, play, add, remove, relocate. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices

from earmark.base.errors import UserError
from earmark.commands.registry import Registry
from earmark.domain.items import Recording
from earmark.session.library.importer import Step
from earmark.session.library.parts import LibraryParts
from earmark.session.library.shelf import Entry, Shelf
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.session.steering.visiting import Moment
from earmark.settings import options
from earmark.settings.values import Values
from earmark.ui.dialogs.files import FileAsker
from earmark.ui.frame.covers import small_cover
from earmark.ui.frame.window import MainWindow
from earmark.ui.library.menu import entry_menu, pane_menu
from earmark.ui.library.pane import LibraryPane
from earmark.ui.shell.library_search_binder import LibrarySearchBinder

_STOP, _SHOW, _GO_ON, _BACK = "Stop", "Show", "Go on", "Back"


class LibraryBinder(QObject):
    """Fills the pane and carries out its wishes.

    Signals:
        recent_known: (path, title) of what was opened last, the latest first.
        cover_ready: the small cover of what is open (QImage), None without one.
    """

    recent_known = Signal(object)
    cover_ready = Signal(object)

    def __init__(
        self,
        pane: LibraryPane,
        window: MainWindow,
        library: LibraryParts,
        session: Session,
        memory: Memory,
        values: Values,
        files: FileAsker,
    ) -> None:
        super().__init__()
        keeper, joining = library.keeper, library.joining
        self.search = LibrarySearchBinder(pane, window, library, session, values)
        self._pane = pane
        self._window = window
        self._keeper = keeper
        self._search = library.search
        self._visits = library.visits
        self._session = session
        self._memory = memory
        self._values = values
        self._files = files
        self._registry: Registry | None = None
        self._titles: dict[str, str] = {}  # of what is listed
        self._menu_row: Entry | None = None
        self._connect_pane()
        keeper.listed.connect(self._on_listed)
        keeper.said.connect(window.toast.show_text)
        keeper.removed.connect(self._on_removed)
        keeper.failed.connect(session.problem)
        keeper.importer.progressed.connect(self._on_progressed)
        keeper.importer.finished.connect(self._on_added)
        self._runner = library.runner
        joining.joined.connect(self._on_joined)
        joining.cover_found.connect(self._on_cover_found)
        joining.failed.connect(session.problem)
        session.opened.connect(self._on_opened)

    def _connect_pane(self) -> None:
        pane = self._pane
        pane.entry_opened.connect(self._on_entry_opened)
        pane.entry_played.connect(self._on_entry_played)
        pane.removal_requested.connect(self._on_removal_requested)
        pane.menu_requested.connect(self._on_menu_requested)
        pane.files_dropped.connect(self._keeper.add)
        pane.notice_action.connect(self._on_notice_action)

    def bind(self, registry: Registry) -> None:
        """Register the library's commands."""
        self.search.bind(registry)
        self._registry = registry
        verb = registry.register
        verb("library.add", self.add)
        verb("library.rescan", self._keeper.rescan)
        verb("library.stop", self._keeper.stop, lambda: self._keeper.importer.busy)

    # The list

    @Slot(object)
    def _on_listed(self, shelf: Shelf) -> None:
        self._pane.show_shelf(shelf)
        before, self._titles = self._titles, {entry.id: entry.title for entry in shelf.entries}
        if self._pane.is_searching and self._titles != before:
            self._search.again()
        self.recent_known.emit([(one.paths[0], one.title) for one in shelf.recent])
        if self._values.get(options.LIBRARY_UNFINISHED) and not self._keeper.importer.busy:
            self._pane.notice.show_text("Adding was stopped", _GO_ON)

    @Slot(object)
    def _on_joined(self, recording: Recording) -> None:
        self._pane.set_open(recording.id)
        self._keeper.refresh()

    @Slot(object)
    def _on_cover_found(self, data: bytes) -> None:
        if data:
            self._runner.run(partial(small_cover, data), self.cover_ready.emit, owner=self)

    @Slot()
    def _on_opened(self) -> None:
        self.cover_ready.emit(None)
        recording = self._memory.recording
        self._pane.set_open(recording.id if recording else "")
        self._keeper.refresh()

    @Slot(object)
    def _on_entry_opened(self, entry: Entry) -> None:
        if entry.missing:
            self._ask_where(entry)
        elif entry.paths[:1] == self._session.files[:1]:
            self._window.page.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._visits.end()
            there = [path for path in entry.paths[1:] if path.exists()]
            self._session.open([entry.paths[0], *there], apart=True)

    @Slot(object)
    def _on_entry_played(self, entry: Entry) -> None:
        self._visits.play(Moment(entry.paths, max(0, entry.position_ms - 2_000)))

    # Adding, removing, moving

    def add(self, path: Path | None = None) -> None:
        """Add a file or folder, asking for a folder unless one is given."""
        if path is not None:
            if not path.exists():
                raise UserError("missing", f"There is no file {path}.")
            self._keeper.add([path])
            return
        self._files.ask_folder("Add a folder to the library", self._add_folder)

    def _add_folder(self, path: Path) -> None:
        self._keeper.add([path])

    @Slot(object)
    def _on_removal_requested(self, entries: list[Entry]) -> None:
        self._keeper.remove(entries)

    @Slot(str)
    def _on_removed(self, sentence: str) -> None:
        if self._registry is not None:
            undo = partial(self._registry.attempt, "edit.undo")
            self._window.toast.show_text(sentence, "Undo", undo)

    @Slot(object, QPoint)
    def _on_menu_requested(self, row: object, at: QPoint) -> None:
        self._menu_row = row if isinstance(row, Entry) else None
        if self._menu_row is not None:
            menu = entry_menu(self._pane, self._menu_row.missing, len(self._meant(self._menu_row)))
        else:
            menu = pane_menu(self._pane, self._values.get(options.LIBRARY_SORT))
        menu.triggered.connect(self._on_menu_chosen)
        menu.popup(at)

    def _meant(self, row: Entry) -> list[Entry]:
        """Return what a menu on a row is about: all that are selected, if it is one of them."""
        chosen = self._pane.shelf.chosen_entries() if self._pane.shelf.isVisible() else []
        return chosen if row in chosen else [row]

    @Slot(QAction)
    def _on_menu_chosen(self, action: QAction) -> None:
        wish, row = str(action.data()), self._menu_row
        if wish.startswith("sort:"):
            self._values.set(options.LIBRARY_SORT, wish.removeprefix("sort:"))
        elif row is None:
            self._attempt(self.add if wish == "add" else self._keeper.rescan)
        elif wish == "remove":
            self._keeper.remove(self._meant(row))
        elif wish == "show":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.paths[0].parent)))
        else:
            {"open": self._on_entry_opened, "play": self._on_entry_played}.get(wish, self._ask_where)(row)

    def _attempt(self, wish: Callable[[], object]) -> None:
        try:
            wish()
        except UserError as error:
            self._session.problem.emit(error)

    def _ask_where(self, entry: Entry) -> None:
        relocate = partial(self._keeper.relocate, entry)
        self._files.ask(f"Where is {entry.paths[0].name}?", "All files (*)", relocate)

    @Slot(object)
    def _on_progressed(self, step: Step | None) -> None:
        if step is None:
            self._pane.notice.hide()
        elif step.total:
            doing = "Comparing words," if step.pairing else "Adding"
            self._pane.notice.show_text(f"{doing} {step.done + 1:,} of {step.total:,} · {step.name}", _STOP)
        else:
            self._pane.notice.show_text("Looking around …", _STOP)

    @Slot(object)
    def _on_added(self, _summary: object) -> None:
        self._search.again()
        count = len(self._keeper.failures)
        if count and not self._keeper.importer.busy:
            files = f"{count:,} file{'' if count == 1 else 's'}"
            self._pane.notice.show_text(f"{files} could not be added", _SHOW)

    @Slot(str)
    def _on_notice_action(self, action: str) -> None:
        if action == _STOP:
            self._keeper.stop()
        elif action == _GO_ON:
            self._attempt(self._keeper.rescan)
        elif action == _SHOW:
            self._pane.show_problems(self._keeper.failures)
            self._pane.notice.show_text("Not added", _BACK)
        else:
            self._keeper.failures = []
            self._pane.notice.hide()
            self._pane.show_library()
