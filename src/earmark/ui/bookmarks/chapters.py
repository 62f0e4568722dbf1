# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The chapters of what is open, the current one bold; a click or Enter goes there. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from earmark.domain.times import clock
from earmark.ui.common.theme import Look

_ROW_PX, _TIME_PX = 25, 47
_LEAST_ROWS, _MOST_ROWS = 2, 9
_ROLE = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChapterList(QListWidget):
    """The chapters.

    Signals:
        chapter_chosen: go to this time (ms).
    """

    chapter_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._drawing = _Drawing(look)
        self.setItemDelegate(self._drawing)
        self.setObjectName("chapters")
        self.setAccessibleName("Chapters")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMouseTracking(True)  # or no row would know that the pointer is on it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_item_chosen)
        look.changed.connect(self._on_look_changed)

    def show_chapters(self, chapters: Sequence[tuple[int, str]]) -> None:
        """Show (start, title) of the chapters, in order."""
        self.clear()
        hours = bool(chapters) and chapters[-1][0] >= 3_600_000
        self._drawing.hours = hours
        for start, title in chapters:
            item = QListWidgetItem(f"{clock(start, hours=hours)} {title}", self)
            item.setData(_ROLE, (start, title))
            item.setToolTip("")
        self._fit()

    def set_now(self, row: int) -> None:
        """Show which chapter is being played; -1 for none."""
        if row != self._drawing.now:
            self._drawing.now = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a chapter on Enter."""
        item = self.currentItem()
        if event.key() in _ENTER and item is not None:
            self._on_item_chosen(item)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def sizeHint(self) -> QSize:
        """Qt: every chapter, up to a number that leaves room for the bookmarks."""
        return QSize(super().sizeHint().width(), self._height_px(_MOST_ROWS))

    def minimumSizeHint(self) -> QSize:
        """Qt: in a low window a few of them, to be scrolled."""
        return QSize(super().minimumSizeHint().width(), self._height_px(_LEAST_ROWS))

    def _height_px(self, most_rows: int) -> int:
        return min(self.count(), most_rows) * self._look.px(_ROW_PX) + self._look.px(4)

    def _fit(self) -> None:
        self.setMaximumHeight(self._height_px(_MOST_ROWS))
        self.updateGeometry()

    @Slot(QListWidgetItem)
    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        self.chapter_chosen.emit(item.data(_ROLE)[0])

    @Slot()
    def _on_look_changed(self) -> None:
        self._fit()
        self.scheduleDelayedItemsLayout()


class _Drawing(QStyledItemDelegate):
    """Time in one column, title in the other."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.now = -1
        self.hours = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt: one line."""
        return QSize(self._look.px(80), self._look.px(_ROW_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt: paint one chapter."""
        look, theme, px = self._look, self._look.theme, self._look.px
        start, title = index.data(_ROLE)
        now = index.row() == self.now
        rect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), px(5), px(5))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(rect, px(5), px(5))
        painter.setFont(look.mono(12.5))
        painter.setPen(theme.accent if now else theme.dim)
        left = rect.left() + px(2)
        inner = rect.adjusted(px(2), 0, 0, 0)
        align = int((Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft).value)
        time = clock(start, hours=self.hours)
        painter.drawText(inner, align, time)
        taken = max(px(_TIME_PX), QFontMetricsF(painter.font()).horizontalAdvance(time) + px(8))
        font = look.font(13, bold=now)
        painter.setFont(font)
        painter.setPen(theme.text)
        room = rect.right() - left - taken
        words = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner.adjusted(round(taken), 0, 0, 0), align, words)
        painter.restore()
