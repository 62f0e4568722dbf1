# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The button on a page without words: how to get some. GUI thread; made after the first paint."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from earmark.ui.common.theme import Look
from earmark.ui.page.view import PageView

_GAP_PX = 12


class Offer(QPushButton):
    """Stands below the sentence that the page shows in place of words, and does what an action does."""

    def __init__(self, look: Look, page: PageView, action: QAction, title: str) -> None:
        super().__init__(page.viewport())
        self._look = look
        self._page = page
        self._action = action
        self._title = title
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_action_changed)
        page.view_moved.connect(self._on_view_moved)
        self._on_action_changed()

    @Slot()
    def _on_action_changed(self) -> None:
        key = self._action.text().partition("\t")[2]  # behind the tab is the key, as menus show it
        self.setText(f"{self._title} ({key})" if key else self._title)
        self._on_view_moved()

    @Slot()
    def _on_view_moved(self) -> None:
        self.setVisible(self._page.outline is None)
        if self._page.outline is not None:
            return
        room = self._page.viewport().rect()
        size = self.sizeHint()
        top = min(room.center().y() + self._look.px(_GAP_PX), room.height() - size.height())
        self.setGeometry((room.width() - size.width()) // 2, max(0, top), size.width(), size.height())
