# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A list of rows of different heights of which only those in sight are laid out. GUI thread.

Qt's own list asks for the size of every row whenever one comes or goes. Here a row that was never in sight
counts with a guess; what is in sight stays where it is when a guess proves wrong, when rows come or go, and
when the width changes.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from earmark.ui.bookmarks.drawing import CardDrawing
from earmark.ui.bookmarks.model import CardModel

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_STEP_PX = 20
_BACK = (_Move.MoveUp, _Move.MoveLeft, _Move.MovePrevious)


class RowView(QListView):
    """Rows of a `CardModel` drawn by a `CardDrawing`."""

    def __init__(self, cards: CardModel, drawing: CardDrawing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = cards
        self.drawing = drawing
        self._heights: list[int] = []  # of each row, guessed until it is laid out
        self._tops = [0]  # where each row begins, and where the last ends
        self._stale = True  # the rows are others, or of other heights
        self._settling = False
        self._steady = QPersistentModelIndex()  # the topmost row in sight
        self._steady_y = 0  # where it stands
        self._anchor = QPersistentModelIndex()  # the row from which keys extend the selection
        self._goal = 0  # the row the last key led to
        # Before Qt's own, which ask where rows are.
        cards.rowsInserted.connect(self._on_rows_inserted)
        cards.rowsRemoved.connect(self._on_rows_removed)
        cards.modelReset.connect(self._guess)
        cards.dataChanged.connect(self.doItemsLayout)
        self.setModel(cards)
        self.setItemDelegate(drawing)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(_STEP_PX)

    # Where the rows are

    def doItemsLayout(self) -> None:
        """Qt: rows came, went or changed their heights."""
        self._stale = True
        self.viewport().update()

    @Slot(QModelIndex, int, int)
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._heights[first:first] = [self.drawing.guess] * (last - first + 1)
        self._stale = True

    @Slot(QModelIndex, int, int)
    def _on_rows_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        del self._heights[first : last + 1]
        self._stale = True

    @Slot()
    def _guess(self) -> None:
        self._heights = [self.drawing.guess] * len(self.cards.cards)
        self._stale = True

    def updateGeometries(self) -> None:
        """Qt: take in what changed, before anybody asks where a row is."""
        if self._stale and not self._settling:
            self._measure()
            if self._steady.isValid():
                self._settle(self._steady.row(), self._steady_y)
            else:
                self._settle_here()

    def reset(self) -> None:
        """Qt: quite other rows; begin at the first."""
        super().reset()
        self._steady = QPersistentModelIndex()
        self.verticalScrollBar().setValue(0)
        self.doItemsLayout()

    def _measure(self) -> None:
        self._stale = False
        self._tops = list(accumulate(self._heights, initial=0))
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(room)
        self._settling = True
        bar.setRange(0, max(0, self._tops[-1] - room))
        self._settling = False

    def _settle(self, row: int, y: int) -> None:
        """Let a row stand at a height of the viewport, and lay out all that is in sight then."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if self._lay(row, y, room):
            self._measure()
        self._settling = True
        bar.setValue(self._tops[row] - y)
        self._settling = False
        if bar.value() != self._tops[row] - y and self._lay(row, self._tops[row] - bar.value(), room):
            self._settle(row, y)  # at an end of the list, where others are in sight than was thought
            return
        first = self._row_at(bar.value())
        self._steady = QPersistentModelIndex(self.cards.index(first))
        self._steady_y = self._tops[first] - bar.value()

    def _settle_here(self) -> None:
        """Lay out what is in sight."""
        if self.cards.cards:
            top = self.verticalScrollBar().value()
            row = self._row_at(top)
            self._settle(row, self._tops[row] - top)

    def _lay(self, row: int, y: int, room: int) -> bool:
        """Lay out a row that stands at `y` and what is in sight around it; True where a guess was wrong."""
        cards, width, wrong = self.cards.cards, self.viewport().width(), False
        for at, step in ((row, +1), (row - 1, -1)):
            edge = y
            while 0 <= at < len(cards) and (edge < room if step > 0 else edge > 0):
                height = self.drawing.height(cards[at], width)
                wrong |= height != self._heights[at]
                self._heights[at] = height
                edge += step * height
                at += step
        return wrong

    def _row_at(self, y: int) -> int:
        """Return the row at a height of the whole list, the first or last for one beyond."""
        return max(0, min(bisect_right(self._tops, y), len(self._tops) - 1) - 1)

    def visualRect(self, index: _Index) -> QRect:
        """Qt: where a row is in the viewport."""
        self.updateGeometries()
        row = index.row()
        if not 0 <= row < len(self._tops) - 1:
            return QRect()
        top, bottom = self._tops[row], self._tops[row + 1]
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), bottom - top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Qt: the row at a point of the viewport."""
        self.updateGeometries()
        y = point.y() + self.verticalOffset()
        return self.cards.index(self._row_at(y)) if 0 <= y < self._tops[-1] else QModelIndex()

    def verticalOffset(self) -> int:
        """Qt: how far it is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """Qt: never sideways."""
        return 0

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Qt: bring a row into sight, no farther than it takes."""
        self.updateGeometries()
        row, room = index.row(), self.viewport().height()
        if not 0 <= row < len(self.cards.cards):
            return
        height = self.drawing.height(self.cards.cards[row], self.viewport().width())
        y = self._tops[row] - self.verticalOffset()
        if y < 0 or height > room:
            self._settle(row, 0)
        elif y + height > room:
            self._settle(row, room - height)
        self.viewport().update()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Qt: it was scrolled; what comes into sight above pushes nothing down."""
        self.viewport().update()
        if self._stale or self._settling:
            return
        top = self.verticalOffset()
        row = self._steady.row()
        if row >= 0 and top <= self._tops[row] < top + self.viewport().height():
            self._settle(row, self._tops[row] - top)
        else:
            self._settle_here()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: let the words fall into the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._guess()
        self.doItemsLayout()

    # Moving and choosing

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Qt: the row a key leads to."""
        self.updateGeometries()
        row, last = self.currentIndex().row(), len(self.cards.cards) - 1
        page = self.viewport().height()
        if row < 0 or action is _Move.MoveHome:
            goal = 0
        elif action is _Move.MoveEnd:
            goal = last
        elif action is _Move.MovePageUp:
            goal = min(row - 1, self._row_at(self._tops[row + 1] - page))
        elif action is _Move.MovePageDown:
            goal = max(row + 1, self._row_at(self._tops[row] + page))
        else:
            goal = row - 1 if action in _BACK else row + 1
        self._goal = max(0, min(last, goal))
        return self.cards.index(self._goal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: keys with Shift extend the selection from the row that was current before the first."""
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = QPersistentModelIndex()
        elif not self._anchor.isValid():
            self._anchor = QPersistentModelIndex(self.currentIndex())
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the mouse chooses by places, not by rows."""
        self._anchor = QPersistentModelIndex()
        super().mousePressEvent(event)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Qt: choose the rows a rectangle of the viewport touches, or those a key extends to."""
        self.updateGeometries()
        chosen = QItemSelection()
        if self._anchor.isValid():
            first, last = sorted((self._anchor.row(), self._goal))
            chosen = QItemSelection(self.cards.index(first), self.cards.index(last))
        elif self.cards.cards and rect.normalized().top() + self.verticalOffset() < self._tops[-1]:
            first, last = (self._row_at(edge + self.verticalOffset()) for edge in _edges(rect))
            chosen = QItemSelection(self.cards.index(first), self.cards.index(last))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """Qt: what is to be painted anew when a selection changes; the few rows in sight."""
        return QRegion(self.viewport().rect())

    def isIndexHidden(self, _index: _Index) -> bool:
        """Qt: no row is hidden."""
        return False

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint the rows in sight."""
        self.updateGeometries()
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        if self.hasFocus():
            plain |= QStyle.StateFlag.State_HasFocus
        selection = self.selectionModel()
        row = self._row_at(event.rect().top() + self.verticalOffset())
        while row < len(self.cards.cards):
            index = self.cards.index(row)
            option.rect = self.visualRect(index)
            if option.rect.top() > event.rect().bottom():
                break
            chosen = selection.isSelected(index)
            option.state = plain | QStyle.StateFlag.State_Selected if chosen else plain
            self.drawing.paint(painter, option, index)
            row += 1
        painter.end()


def _edges(rect: QRect) -> tuple[int, int]:
    whole = rect.normalized()
    return whole.top(), whole.bottom()
