# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The heading of the bookmarks, which is a button: said shorter where the pane is narrow. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton

from earmark.ui.common.theme import Look

_PADDING_PX = 16  # as the style sheet has it, with the border


class Heading(QPushButton):
    """A heading in the longest of several wordings that fits; the last is cut where even that does not."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._wordings: tuple[str, ...] = ("",)
        self.setObjectName("section")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def say(self, *wordings: str) -> None:
        """Set the wordings, the longest first."""
        self._wordings = wordings
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt: room for the longest wording."""
        return QSize(self._wide(self._wordings[0]), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt: content with less."""
        return QSize(self._look.px(20), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: choose the wording anew."""
        super().resizeEvent(event)
        self._fit()

    def _wide(self, text: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(text) + self._look.px(_PADDING_PX)

    def _fit(self) -> None:
        fitting = next((text for text in self._wordings if self._wide(text) <= self.width()), None)
        if fitting is None:
            room = self.width() - self._look.px(_PADDING_PX)
            metrics = QFontMetrics(self.font())
            fitting = metrics.elidedText(self._wordings[-1], Qt.TextElideMode.ElideRight, room)
        if fitting != self.text():
            self.setText(fitting)

    @Slot()
    def _on_look_changed(self) -> None:
        self.setFont(self._look.capitals())
        self._fit()
        self.updateGeometry()
