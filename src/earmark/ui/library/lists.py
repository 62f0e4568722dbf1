# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""One list of the library pane: rows that can be walked, chosen, and acted on by key. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from earmark.session.library.shelf import Entry
from earmark.ui.common.theme import Look
from earmark.ui.library.drawing import RowDrawing
from earmark.ui.library.model import Row, RowModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowList(QListView):
    """A list of rows.

    Signals:
        opened, played: a row was activated: Enter or a click, Ctrl+Enter.
        removed: Delete was pressed on recordings.
        menu_wanted: the row under the pointer or the chosen one, and where (Row, QPoint).
    """

    opened = Signal(object)
    played = Signal(object)
    removed = Signal()
    menu_wanted = Signal(object, QPoint)

    def __init__(self, look: Look, *, uniform: bool) -> None:
        super().__init__()
        self.rows = RowModel()
        self.drawing = RowDrawing(look, uniform=uniform)
        self.setObjectName("rows")
        self.setModel(self.rows)
        self.setItemDelegate(self.drawing)
        self.setUniformItemSizes(uniform)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if uniform
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.clicked.connect(self._on_clicked)
        look.changed.connect(self._on_look_changed)

    def chosen(self) -> Row | None:
        """Return the row that Enter would open."""
        index = self.currentIndex()
        return self.rows.row(index) if index.isValid() else None

    def chosen_entries(self) -> list[Entry]:
        """Return the recordings that are selected, in their order."""
        rows = [self.rows.row(index) for index in sorted(self.selectedIndexes())]
        return list(dict.fromkeys(row for row in rows if isinstance(row, Entry)))

    def choose(self, number: int) -> None:
        """Choose a row."""
        index = self.rows.index(number)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Choose the row so many down (or up), among those that can be chosen."""
        count = self.rows.rowCount()
        at = self.currentIndex().row()
        direction = 1 if by > 0 else -1
        found = at
        left = abs(by)
        number = at + direction
        while 0 <= number < count and left:
            if self.rows.flags(self.rows.index(number)) & Qt.ItemFlag.ItemIsEnabled:
                found, left = number, left - 1
            number += direction
        if found != at and found >= 0:
            self.choose(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, play and remove by key; walk with the rest."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        row = self.chosen()
        if event.key() in _ENTER and row is not None:
            (self.played if held == Qt.KeyboardModifier.ControlModifier else self.opened).emit(row)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be at a row when the list was reached by keys; Qt would be at the first without choosing it."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason and not self.selectedIndexes():
            self.choose(max(0, self.currentIndex().row()))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if len(self.selectedIndexes()) < 2:
            self.opened.emit(self.rows.row(index))

    @Slot(QPoint)
    def _on_menu_requested(self, at: QPoint) -> None:
        index = self.indexAt(at)
        self.menu_wanted.emit(self.rows.row(index), self.viewport().mapToGlobal(at))

    @Slot()
    def _on_look_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
