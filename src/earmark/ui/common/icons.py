# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Glyphs from `resources/icons` in the colours of the theme. For widgets; main thread.

Each file draws one glyph in `currentColor` and nothing else, so one drawing serves every theme.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from earmark.base.paths import resource
from earmark.ui.common.theme import Look


def icon(
    look: Look, name: str, *, size_px: float = 16, ratio: float = 1.0, colour: QColor | None = None
) -> QIcon:
    """Return a glyph as an icon; dim where it is disabled.

    `size_px` is of the 100 % design, `ratio` the screen's pixel ratio, `colour` the text's unless given.
    Ask again when the look changes.
    """
    side = look.px(size_px)
    made = QIcon(glyph(name, colour or look.theme.text, side, ratio))
    made.addPixmap(glyph(name, look.theme.dim, side, ratio), QIcon.Mode.Disabled)
    return made


def glyph(name: str, colour: QColor, side_px: int, ratio: float = 1.0) -> QPixmap:
    """Return a glyph in one colour, `side_px` wide and high on a screen of the given pixel ratio."""
    drawing = _source(name).replace("currentColor", colour.name())
    pixmap = QPixmap(round(side_px * ratio), round(side_px * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    return pixmap


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")
