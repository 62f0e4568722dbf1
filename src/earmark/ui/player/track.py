# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The picture of a recording from left to right: what the seek bar shows beside the position.

Bookmarks stand above the groove, hits hang below it, chapters are hairlines, heard stretches and the loop
lie in it. All of that is painted once and kept until it changes; main thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from earmark.ui.common.theme import Look

INSET_PX = 8  # room for the knob at both ends
GROOVE_PX = 5


class Track:
    """Times laid out on a width, and their picture."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._picture: QPixmap | None = None
        self.width_px = 0
        self.duration_ms = 0
        self.chapters: Sequence[tuple[int, str]] = ()
        self.marks: Sequence[tuple[int, str, str]] = ()  # time, title, the theme's role of the colour
        self.hits: Sequence[int] = ()
        self.heard: Sequence[tuple[int, int]] = ()
        self.loop: tuple[int | None, int | None] = (None, None)

    def forget_picture(self) -> None:
        """Paint anew next time: something changed."""
        self._picture = None

    def x(self, ms: int) -> float:
        """Return where a time lies, in pixels."""
        inset = self._look.px(INSET_PX)
        share = min(1.0, max(0.0, ms / self.duration_ms)) if self.duration_ms else 0.0
        return inset + share * max(1, self.width_px - 2 * inset)

    def ms(self, x: float) -> int:
        """Return the time that lies at a pixel, within the recording."""
        inset = self._look.px(INSET_PX)
        share = (x - inset) / max(1, self.width_px - 2 * inset)
        return round(min(1.0, max(0.0, share)) * self.duration_ms)

    def name_at(self, ms: int) -> str:
        """Return the title of a bookmark within 4 px of a time, else of the chapter it lies in."""
        reach = self._look.px(4)
        for at, title, _ in self.marks:
            if title and abs(self.x(at) - self.x(ms)) <= reach:
                return title
        return next((title for at, title in reversed(self.chapters) if at <= ms), "")

    def columns(self, times: Iterable[int]) -> list[int]:
        """Return the pixel columns that hold a time, each once; quick enough for 100,000 times."""
        left, right, longest = self.x(0), self.x(self.duration_ms), self.duration_ms
        scale = (right - left) / max(1, longest)
        return sorted({int(left + ms * scale + 0.5) for ms in times if 0 <= ms <= longest})

    def groove(self, start_x: float, end_x: float, height: int) -> QRectF:
        """Return the groove between two pixels of a bar that high; on whole pixels, or edges would blur."""
        thick = self._look.px(GROOVE_PX)
        return QRectF(start_x, (height - thick + 1) // 2, end_x - start_x, thick)

    def picture(self, size: QSize, ratio: float) -> QPixmap:
        """Return the picture without the position, painted when something changed."""
        if self._picture is None or self._picture.deviceIndependentSize().toSize() != size:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            self._paint(painter, size.height())
            painter.end()
        return self._picture

    def _paint(self, painter: QPainter, height: int) -> None:
        theme, px = self._look.theme, self._look.px
        groove = self.groove(0, 0, height)
        top, bottom = round(groove.top()), round(groove.bottom())
        radius = px(GROOVE_PX) / 2
        painter.setBrush(theme.border)
        start = self.x(0)
        painter.drawRoundedRect(self.groove(start, self.width_px - start, height), radius, radius)
        if not self.duration_ms:
            return
        painter.setBrush(_mixed(theme.accent, theme.border))
        for start, end in self.heard:
            painter.drawRect(self.groove(self.x(start), self.x(end), height))
        self._paint_loop(painter, height)
        painter.setBrush(_mixed(theme.dim, theme.window))
        begins = self.columns(at for at, _ in self.chapters if at > 0)
        painter.drawRects([QRectF(x, top - px(7), 1, bottom - top + 2 * px(7)) for x in begins])
        by_role: dict[str, list[int]] = {}
        for at, _, role in self.marks:
            by_role.setdefault(role, []).append(at)
        for role, times in by_role.items():
            self._paint_times(painter, times, getattr(theme, role), top - 1 - px(10), px(10))
        self._paint_times(painter, self.hits, theme.hit_mark, bottom + 1, px(7))

    def _paint_times(
        self, painter: QPainter, times: Iterable[int], colour: QColor, top: float, high: int
    ) -> None:
        painter.setBrush(colour)
        wide = self._look.px(3)
        runs = _runs(self.columns(times), wide)
        painter.drawRects([QRectF(first - wide // 2, top, last - first + wide, high) for first, last in runs])

    def _paint_loop(self, painter: QPainter, height: int) -> None:
        theme, px = self._look.theme, self._look.px
        start, end = self.loop
        groove = self.groove(0, 0, height)
        if start is not None and end is not None:
            band = groove.adjusted(self.x(start), -px(5), self.x(end), px(5))
            tint = QColor(theme.accent)
            tint.setAlphaF(0.22)
            painter.setBrush(tint)
            painter.drawRect(band)
        painter.setBrush(theme.accent)
        for at in (start, end):
            if at is not None:
                left, high = round(self.x(at)) - 1, groove.height() + 2 * px(7)
                painter.drawRect(QRectF(left, groove.top() - px(7), px(2), high))


def _runs(columns: list[int], wide: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last column of what lies closer than a mark is wide: painted at once."""
    begins = [0, *(at for at in range(1, len(columns)) if columns[at] - columns[at - 1] >= wide)]
    for at, following in pairwise([*begins, len(columns)]):
        if at < following:
            yield columns[at], columns[following - 1]


def _mixed(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2
    )
