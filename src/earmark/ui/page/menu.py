# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What can be done with a line or a selection, by the right button or the menu key. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from earmark.ui.page.view import PageView


class PageMenu(QObject):
    """Opens the page's menu. Its commands are meant for the line it was opened at, or for the selection.

    `entries` are (title, action); the title has a `{}` for "this line" or "the selection".
    """

    def __init__(self, page: PageView, entries: Sequence[tuple[str, QAction]]) -> None:
        super().__init__(page)
        self._page = page
        self._entries = entries
        self._lent = False  # the line is selected only while the menu acts on it
        page.menu_requested.connect(self._on_requested)

    @Slot(QPoint)
    def _on_requested(self, place: QPoint) -> None:
        page, focus = self._page, self._page.focused_sentence()
        if focus is None:
            return
        what = "the selection"
        if page.selected_span() is None:
            self._lent, what = True, "this line"
            page.select_sentences(focus, focus)
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Play from this line\tEnter").triggered.connect(self._on_play)
        menu.addSeparator()
        for title, action in self._entries:
            # The key that bookmarks means what was heard last, but for a selection.
            heard = self._lent and action.objectName().startswith("bookmark.")
            key = "" if heard else action.text().partition("\t")[2]
            entry = menu.addAction(title.format(what) + (f"\t{key}" if key else ""))
            entry.triggered.connect(action.trigger)
        menu.aboutToHide.connect(self._on_hidden)
        menu.popup(place)

    @Slot()
    def _on_play(self) -> None:
        page, focus = self._page, self._page.focused_sentence()
        if focus is not None and page.outline is not None:
            line = page.outline.sentences[focus]
            page.word_activated.emit(line.paragraph, line.start)

    @Slot()
    def _on_hidden(self) -> None:
        QTimer.singleShot(0, self, self._give_back)  # what was chosen is carried out after this

    @Slot()
    def _give_back(self) -> None:
        if self._lent:
            self._lent = False
            self._page.clear_selection()
