# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A recording's cover, made small. For a worker: pictures in tags may be large, broken, or both."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

_SIDE_PX = 128  # enough for 40 on a screen of three pixels to one
_MOST_PIXELS = 100_000_000


def small_cover(data: bytes) -> QImage | None:
    """Return a picture at most 128 pixels wide and high; None for what is no picture."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    wanted = QSize(_SIDE_PX, _SIDE_PX)
    reader.setScaledSize(size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image
