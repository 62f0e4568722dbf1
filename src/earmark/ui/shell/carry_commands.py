# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Binds the commands that take things along: bookmarks to files and back, everything in one. GUI thread."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from earmark.base.errors import UserError
from earmark.commands.registry import Registry
from earmark.session.marks.carrying import Carrying
from earmark.session.session import Session
from earmark.ui.bookmarks.pane import NotesPane
from earmark.ui.dialogs.files import FileAsker
from earmark.ui.frame.window import MainWindow

_FORMS = "Markdown (*.md);;Table (*.csv);;Earmark's JSON (*.json);;WebVTT chapters (*.vtt)"
_JSON = "Earmark's JSON (*.json)"
_BACKUP = "Backups of Earmark (*.earmark);;All files (*)"


class CarryCommands:
    """Exports, imports, backs up and restores; asks for the file where none is told."""

    def __init__(
        self, window: MainWindow, pane: NotesPane, session: Session, carrying: Carrying, files: FileAsker
    ) -> None:
        self._window = window
        self._pane = pane
        self._session = session
        self._carrying = carrying
        self._files = files
        carrying.said.connect(window.toast.show_text)
        carrying.failed.connect(session.problem)

    def bind(self, registry: Registry) -> None:
        """Register every command."""
        registry.register("bookmark.export", self.export, self._has_shown)
        registry.register("bookmark.import", self.take_in)
        registry.register("file.backup", self.back_up)
        registry.register("file.restore", self.restore)

    def _has_shown(self) -> bool:
        if self._pane.shown():
            return True
        if self._pane.filtering:
            raise UserError(
                "nothing-listed", "No bookmark holds the words of the filter, so there is none to export."
            )
        raise UserError("nothing-listed", "There are no bookmarks here to export.")

    def export(self, path: Path | None = None) -> Future[Any] | None:
        """Export the chosen bookmarks when there are several, else those that are shown."""
        chosen = self._pane.list.chosen()
        write = partial(self._carrying.export, ids=chosen if len(chosen) > 1 else self._pane.shown())
        if path is not None:
            return write(path)
        self._files.ask_where("Export bookmarks", _FORMS, f"{self._session.title or 'Bookmarks'}.md", write)
        return None

    def take_in(self, path: Path | None = None) -> Future[Any] | None:
        """Import bookmarks of an exported JSON."""
        if path is not None:
            return self._carrying.take_in(path)
        self._files.ask("Import bookmarks", _JSON, self._carrying.take_in)
        return None

    def back_up(self, path: Path | None = None) -> Future[Any] | None:
        """Write everything to one file."""
        if path is not None:
            return self._carrying.back_up(path)
        self._files.ask_where("Back up everything", _BACKUP, "backup.earmark", self._carrying.back_up)
        return None

    def restore(self, path: Path | None = None) -> Future[Any] | None:
        """Put a backup in the place of everything; asks first, unless the file is told."""
        if path is not None:
            return self._carrying.restore(path)
        self._files.ask("Restore a backup", _BACKUP, self._confirm_restore)
        return None

    def _confirm_restore(self, path: Path) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("Restore")
        box.setText(f"Replace everything with what {path.name} holds?")
        box.setInformativeText("What is here now is backed up first. Recordings and transcripts stay.")
        box.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(partial(self._files.attempt, partial(self._carrying.restore, path)))
        box.open()
