# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the window shows while files are dragged over it. GUI thread; made when first needed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from earmark.ui.common.theme import Look

_SENTENCE = "Drop to open"
_INSET_PX, _RADIUS_PX = 16, 12
_VEIL = 0.92  # the text stays to be guessed under it


class DropSign(QWidget):
    """Lies over the page and says that it takes what is dragged."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(_SENTENCE)
        self.hide()

    def show_over(self) -> None:
        """Cover the page."""
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: a veil, a dashed frame and the sentence."""
        look, px = self._look, self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(look.theme.page)
        veil.setAlphaF(_VEIL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRect(self.rect())
        inset = px(_INSET_PX)
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.theme.accent, px(2), Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, px(_RADIUS_PX), px(_RADIUS_PX))
        painter.setPen(look.theme.text)
        painter.setFont(look.font(18, bold=True))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, _SENTENCE)
        painter.end()
