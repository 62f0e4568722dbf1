# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the window shows while files are dragged over it. GUI thread; made when first needed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from earmark.ui.common.theme import Look

_INSET_PX = 16


class DropSign(QLabel):
    """Lies over the page and says that it takes what is dragged."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__("Drop to open", host)
        self._look = look
        self._host = host
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def show_over(self) -> None:
        """Cover the page."""
        inset = self._look.px(_INSET_PX)
        self.setGeometry(self._host.rect().adjusted(inset, inset, -inset, -inset))
        self.ensurePolished()
        self.setFont(self._look.font(18, bold=True))
        self.show()
        self.raise_()
