# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""How a row of the key sheet looks: a title, and its keys as small caps at the right. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from earmark.ui.common.theme import Look

KEYS = Qt.ItemDataRole.UserRole  # tuple of key texts; None marks a heading
ROW_PX, COLUMN_PX = 25, 344
_TEXT_PX, _KEY_PX = 13, 12
_INSET_PX, _GAP_PX, _PAD_PX = 8, 4, 6


class KeyRows(QStyledItemDelegate):
    """Paints headings, and titles with their keys: beside them or, in a narrow column, below."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._size = QSize()
        self._is_narrow = False

    def fit(self, width_px: int) -> QSize:
        """Use so much width for each row; return the size that a row has then."""
        self._is_narrow = width_px < self._look.px(COLUMN_PX)
        self._size = QSize(width_px, self._look.px(ROW_PX) * (2 if self._is_narrow else 1))
        return self._size

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt: all rows are alike."""
        return self._size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt: paint one row."""
        title = index.data(Qt.ItemDataRole.DisplayRole)
        if not title:
            return
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = self._look.px(_INSET_PX)
        row = QRect(rect.left(), rect.top(), self._size.width() - 2 * inset, rect.height())
        keys = index.data(KEYS)
        if keys is None:
            self._paint_heading(painter, row.adjusted(inset, 0, 0, 0), title)
        else:
            if state & QStyle.StateFlag.State_HasFocus or state & QStyle.StateFlag.State_Selected:
                self._paint_chosen(painter, row)
            words = row.adjusted(inset, 0, -inset // 2, 0)
            if self._is_narrow:
                half = row.height() // 2
                self._paint_keys(painter, words.adjusted(0, half, 0, 0), keys)
                self._paint_title(painter, words.adjusted(0, 0, 0, -half), title)
            else:
                self._paint_title(painter, self._paint_keys(painter, words, keys), title)
        painter.restore()

    def _paint_heading(self, painter: QPainter, row: QRect, title: str) -> None:
        painter.setFont(self._look.font(_TEXT_PX, bold=True))
        painter.setPen(self._look.theme.accent)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_chosen(self, painter: QPainter, row: QRect) -> None:
        painter.setBrush(self._look.theme.tint)
        painter.setPen(QPen(self._look.theme.accent, self._look.px(1.5)))
        round_px = self._look.px(5)
        painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), round_px, round_px)

    def _paint_keys(self, painter: QPainter, row: QRect, keys: tuple[str, ...]) -> QRect:
        """Paint the keys from the right; return what is left for the title."""
        theme, font = self._look.theme, self._look.font(_KEY_PX)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        right, height = row.right(), metrics.height() + self._look.px(2)
        for key in reversed(keys):
            width = max(height, metrics.horizontalAdvance(key) + 2 * self._look.px(_PAD_PX))
            if right < row.right() and right - width < row.left():
                break  # one way is shown at least
            cap = QRectF(right - width, row.center().y() - height / 2 + 0.5, width, height)
            painter.setBrush(theme.window)
            painter.setPen(QPen(theme.border, 1))
            painter.drawRoundedRect(cap, self._look.px(4), self._look.px(4))
            painter.setPen(theme.text)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            right -= width + self._look.px(_GAP_PX)
        return QRect(row.left(), row.top(), max(0, right - row.left()), row.height())

    def _paint_title(self, painter: QPainter, room: QRect, title: str) -> None:
        painter.setFont(self._look.font(_TEXT_PX))
        painter.setPen(self._look.theme.text)
        fitting = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting)
