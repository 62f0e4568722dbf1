# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Asks for files without holding up the program, where the listener was last. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from earmark.base.errors import UserError
from earmark.settings import options
from earmark.settings.options import Option
from earmark.settings.values import Values


class FileAsker:
    """File dialogs of one window; `failed` is told what stands in the way of what was to be done.

    Files are asked for where one was opened last, and saved where one was saved last; until one was, where
    one was opened.
    """

    def __init__(self, window: QWidget, values: Values, failed: Callable[[Exception], None]) -> None:
        self._window = window
        self._values = values
        self._failed = failed
        self._opened = values.get(options.OPEN_FOLDER)

    def opened_from(self, folder: Path) -> None:
        """Take note that something was opened from there, by whatever way."""
        self._opened = str(folder)

    def ask(self, title: str, forms: str, then: Callable[[Path], object]) -> None:
        """Ask for a file of these `forms` and do `then` with it."""
        dialog = self._opening(title, QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(forms.split(";;"))
        self._show(dialog, options.OPEN_FOLDER, partial(_with_first, then))

    def ask_several(self, title: str, forms: str, then: Callable[[list[Path]], object]) -> None:
        """Ask for files of these `forms` and do `then` with them."""
        dialog = self._opening(title, QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(forms.split(";;"))
        self._show(dialog, options.OPEN_FOLDER, then)

    def ask_folder(self, title: str, then: Callable[[Path], object]) -> None:
        """Ask for a folder and do `then` with it."""
        dialog = self._opening(title, QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._show(dialog, options.OPEN_FOLDER, partial(_with_first, then))

    def ask_where(self, title: str, forms: str, name: str, then: Callable[[Path], object]) -> None:
        """Ask where to save in one of these `forms`, by this `name` to begin with, and do `then` with it."""
        dialog = self._dialog(title, self._values.get(options.SAVE_FOLDER) or self._opened)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(forms.split(";;"))
        dialog.selectFile(name.replace("/", "-"))
        dialog.setDefaultSuffix(Path(name).suffix)
        self._show(dialog, options.SAVE_FOLDER, partial(_with_first, then))

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; what the listener can mend is told, not raised."""
        try:
            act()
        except UserError as error:
            self._failed(error)

    def _opening(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = self._dialog(title, self._opened)
        dialog.setFileMode(mode)
        return dialog

    def _dialog(self, title: str, folder: str) -> QFileDialog:
        there = folder if folder and Path(folder).is_dir() else str(Path.home())
        return QFileDialog(self._window, title, there)

    def _show(self, dialog: QFileDialog, kept: Option[str], then: Callable[[list[Path]], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(partial(self._on_chosen, kept, then))
        dialog.open()

    def _on_chosen(self, kept: Option[str], then: Callable[[list[Path]], object], names: list[str]) -> None:
        paths = [Path(name) for name in names]
        folder = str(paths[0].parent)
        if kept is options.OPEN_FOLDER:
            self._opened = folder
        self._values.set(kept, folder)
        self.attempt(partial(then, paths))


def _with_first(then: Callable[[Path], object], paths: list[Path]) -> object:
    return then(paths[0])
