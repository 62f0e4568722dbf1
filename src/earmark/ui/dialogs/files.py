# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Asks for a file without holding up the program. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from earmark.base.errors import UserError


class FileAsker:
    """File dialogs of one window; `failed` is told what stands in the way of what was to be done."""

    def __init__(self, window: QWidget, failed: Callable[[Exception], None]) -> None:
        self._window = window
        self._failed = failed

    def ask(
        self, title: str, forms: str, then: Callable[[Path], object], *, saving: str | None = None
    ) -> None:
        """Ask for a file of these `forms` and do `then` with it; `saving` is a name to begin with."""
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters(forms.split(";;"))
        if saving is None:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(saving.replace("/", "-"))
            dialog.setDefaultSuffix(Path(saving).suffix)

        def chosen(name: str) -> None:
            self.attempt(partial(then, Path(name)))

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; what the listener can mend is told, not raised."""
        try:
            act()
        except UserError as error:
            self._failed(error)
