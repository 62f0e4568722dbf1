# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the reader mended or skipped in a transcript, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from earmark.domain.transcript import Note
from earmark.ui.common.theme import Look

_MOST = 2_000  # a list this long is read by nobody; the rest is counted


class NotesDialog(QDialog):
    """A plain list of notes."""

    def __init__(self, look: Look, notes: Sequence[Note], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Notes on this transcript")
        self.resize(look.px(560), look.px(360))
        self._list = QListWidget()
        self._list.setAccessibleName("Notes")
        self._list.setWordWrap(True)
        for note in notes[:_MOST]:
            where = f"Line {note.line}: " if note.line else ""
            self._list.addItem(f"{where}{note.message}")
        if len(notes) > _MOST:
            self._list.addItem(f"… and {len(notes) - _MOST} more.")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._list)
        column.addWidget(buttons)
