# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where pill and toast float: a place near the lower edge of another widget, kept as that widget changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from earmark.ui.common.theme import Look

_LOW_PX, _SPARED_PX = 360, 13


class Floater(QObject):
    """Keeps a child widget at the lower edge of its parent, `up_px` above it.

    `align` is Qt.AlignRight or Qt.AlignHCenter; lengths are of the 100 % design. `fit` makes the widget say
    what it has to say in the room there is.
    """

    def __init__(
        self,
        look: Look,
        widget: QWidget,
        host: QWidget,
        align: Qt.AlignmentFlag,
        up_px: float,
        side_px: float,
        fit: Callable[[], None],
    ) -> None:
        super().__init__(widget)
        self._look = look
        self._widget = widget
        self._host = host
        self._align = align
        self._up_px = up_px
        self._side_px = side_px
        self._fit = fit
        host.installEventFilter(self)

    def place(self) -> None:
        """Fit the widget to its contents and put it where it belongs."""
        widget, host = self._widget, self._host
        self._fit()
        side = self._look.px(self._side_px)
        size = widget.sizeHint().boundedTo(host.size())
        left = host.width() - size.width() - side
        if self._align == Qt.AlignmentFlag.AlignHCenter:
            left = (host.width() - size.width()) // 2
        widget.resize(size)
        low = host.height() < self._look.px(_LOW_PX)  # every line of the text counts
        up = self._look.px(self._up_px - (_SPARED_PX if low else 0))
        widget.move(QPoint(max(0, left), max(0, host.height() - size.height() - up)))
        widget.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if event.type() == QEvent.Type.Resize and self._widget.isVisible():
            self.place()
        return False
