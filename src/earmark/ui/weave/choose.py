# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Asks which transcript's words are kept, where more than one way to weave is possible. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from earmark.ui.common.theme import Look


class ChooseWords(QDialog):
    """One radio button a transcript."""

    def __init__(self, look: Look, names: Sequence[str], current: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Weave")
        self._choices: list[QRadioButton] = []
        question = QLabel("Keep the words of this transcript; the others give the times.")
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(look.px(8))
        column.addWidget(question)
        for index, name in enumerate(names):
            choice = QRadioButton(name.replace("&", "&&"))
            choice.setChecked(index == current)
            column.addWidget(choice)
            self._choices.append(choice)
        kind = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kind.Ok | kind.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(look.px(380), self.sizeHint().height())

    def chosen(self) -> int:
        """Return which was chosen."""
        return next((index for index, choice in enumerate(self._choices) if choice.isChecked()), 0)
