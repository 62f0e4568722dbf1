# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What this program is and what it runs on."""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

import earmark
from earmark.ui.common.theme import Look


class About(QDialog):
    """Name, version, licence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Earmark")
        column = QVBoxLayout(self)
        lines = (
            (f"Earmark {earmark.__version__}", look.font(20, bold=True)),
            ("Read along. Find it again.", look.font(15, italic=True)),
            (
                f"PySide6 {PySide6.__version__}, Python {sys.version.split()[0]}. MIT licence.",
                look.font(13),
            ),
        )
        for text, font in lines:
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(font)
            column.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
