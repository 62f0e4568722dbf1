# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The small panel above the seek bar: the time under the pointer and what is said there. Main thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QWidget

from earmark.ui.common.theme import Look

WIDEST_PX = 380


class Preview(QWidget):
    """Floats in the window above a point; sees neither pointer nor focus. Its text is plain, two lines."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self.heading = ""
        self.lines: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_above(self, point: QPoint, heading: str, text: str) -> None:
        """Show a heading and a text above a point of the window."""
        px = self._look.px
        body, head = QFontMetrics(self._look.font(13)), QFontMetrics(self._look.font(12, bold=True))
        room = min(px(WIDEST_PX), self._window.width() - px(16)) - 2 * px(12)
        self.heading = head.elidedText(heading, Qt.TextElideMode.ElideRight, room)
        self.lines = self._two_lines(" ".join(text.split()), room, body)
        widest = max([head.horizontalAdvance(self.heading), *map(body.horizontalAdvance, self.lines)])
        self.resize(widest + 2 * px(12), head.height() + len(self.lines) * body.height() + 2 * px(7))
        left = min(max(0, point.x() - self.width() // 2), self._window.width() - self.width())
        self.move(left, max(0, point.y() - self.height() - px(4)))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel."""
        theme, px = self._look.theme, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.toast)
        painter.drawRoundedRect(self.rect(), px(8), px(8))
        painter.setPen(theme.on_toast)
        top = float(px(7))
        fonts = [self._look.font(12, bold=True), *(self._look.font(13) for _ in self.lines)]
        for font, line in zip(fonts, [self.heading, *self.lines], strict=True):
            height = QFontMetrics(font).height()
            painter.setFont(font)
            painter.drawText(QRectF(px(12), top, self.width(), height), Qt.AlignmentFlag.AlignVCenter, line)
            top += height
        painter.end()

    def _two_lines(self, text: str, room: int, metrics: QFontMetrics) -> list[str]:
        if not text:
            return []
        layout = QTextLayout(text[:1_000], self._look.font(13))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room)
        cut = line.textLength()
        layout.endLayout()
        rest = metrics.elidedText(text[cut:].strip(), Qt.TextElideMode.ElideRight, room)
        return [text[:cut].strip(), rest] if rest else [text[:cut].strip()]
