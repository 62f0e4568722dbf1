# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Draws the rows of the library pane: recordings with how far they were heard, hits, headings. GUI thread.

Plain text only. Every kind of row has one height, so that a list of ten thousand is laid out at once.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from earmark.domain.times import clock
from earmark.session.library.shelf import Entry, Heading
from earmark.store.search.searcher import SearchHit
from earmark.ui.common.theme import Look, Theme
from earmark.ui.library.model import RowModel
from earmark.ui.library.rows import Problem, Remark, Spelling, Title, excerpt

ENTRY_PX = 55
_HEIGHTS_PX = {Entry: ENTRY_PX, SearchHit: 86, Title: 36, Remark: 40, Spelling: 34, Problem: 64}
_PIE_PX, _TEXT_LEFT_PX, _RADIUS_PX = 12, 36, 7
_HIT_LINES = 3
_CAPITALS_PX = 11  # of headings, which are bold
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_Index = QModelIndex | QPersistentModelIndex
_LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowDrawing(QStyledItemDelegate):
    """Paints rows; `open_id` is the recording that is open."""

    def __init__(self, look: Look, *, uniform: bool) -> None:
        super().__init__()
        self._look = look
        self._uniform = uniform
        self._fonts: dict[tuple[float, bool], tuple[QFont, QFontMetrics]] = {}
        self.open_id = ""
        look.changed.connect(self._fonts.clear)

    def _font(self, size_px: float, bold: bool = False) -> tuple[QFont, QFontMetrics]:
        """Return a font and its measure; made once, since making them takes as long as drawing."""
        if (size_px, bold) not in self._fonts:
            capitals = bold and size_px == _CAPITALS_PX
            font = self._look.capitals() if capitals else self._look.font(size_px, bold=bold)
            self._fonts[size_px, bold] = font, QFontMetrics(font)
        return self._fonts[size_px, bold]

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Qt: each kind of row has its height."""
        height = ENTRY_PX if self._uniform else _HEIGHTS_PX[type(_model(index).row(index))]
        return QSize(self._look.px(120), self._look.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Qt: paint one row."""
        row = _model(index).row(index)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, row, state, option.widget)
        match row:
            case Entry():
                self._entry(painter, rect, row, _group_of(index))
            case Heading():
                self._heading(painter, rect, row)
            case Title():
                self._title(painter, rect, row)
            case SearchHit():
                self._hit(painter, rect, row)
            case Problem():
                self._problem(painter, rect, row)
            case Spelling():
                self._line(painter, self._inner(rect), row.query, 14, self._theme.accent)
            case Remark():
                self._line(painter, self._inner(rect), row.text, 13, self._theme.dim)
        painter.restore()

    @property
    def _theme(self) -> Theme:
        return self._look.theme

    def _inner(self, rect: QRect, left_px: float = 6) -> QRect:
        px = self._look.px
        return rect.adjusted(px(left_px), px(4), -px(8), -px(4))

    def _ground(
        self, painter: QPainter, rect: QRect, row: object, state: QStyle.StateFlag, widget: QWidget | None
    ) -> None:
        """Tint what is open; frame what is chosen while the pane has the keyboard."""
        frame = QRectF(rect).adjusted(1, 1, -1, -1)
        radius = self._look.px(_RADIUS_PX)
        is_open = isinstance(row, Entry) and row.id == self.open_id
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not isinstance(
            row, Heading | Title | Remark
        )
        if is_open or hovered:
            ground = QColor(self._theme.tint)
            ground.setAlphaF(1.0 if is_open else 0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(frame, radius, radius)
        if chosen and widget is not None and _has_keyboard(widget):
            painter.setPen(QPen(self._theme.accent, max(2.0, self._look.px(2))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, radius, radius)

    def _entry(self, painter: QPainter, rect: QRect, entry: Entry, group: str) -> None:
        """Draw a recording; under the heading of its own show or folder that is not told again."""
        px, theme = self._look.px, self._theme
        grey = entry.missing
        source = "" if entry.source == group else entry.source
        words = " · ".join(part for part in (source, entry.status) if part)
        top = rect.top() + px(7 if words else 16)  # a title alone stands in the middle
        side = px(_PIE_PX)
        pie = QRectF(rect.left() + px(9), top + px(4) + (px(16) - side) // 2, side, side)
        self._pie(painter, pie, entry, grey)
        left, width = rect.left() + px(_TEXT_LEFT_PX), rect.width() - px(_TEXT_LEFT_PX + 8)
        title = QRect(left, top, width, px(22))
        self._line(painter, title, entry.title, 14, theme.dim if grey else theme.text)
        below = QRect(left, top + px(22), width, px(18))
        self._line(painter, below, words, 12, theme.dim, middle=source)

    def _pie(self, painter: QPainter, circle: QRectF, entry: Entry, grey: bool) -> None:
        """Draw how much was heard: a ring, filled clockwise from the top."""
        theme = self._theme
        ring = QColor(theme.dim)
        ring.setAlphaF(0.45)
        painter.setPen(QPen(ring, max(1.0, self._look.px(1.2))))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.dim if grey else theme.accent)
        if entry.is_heard:
            painter.drawEllipse(circle.adjusted(-0.5, -0.5, 0.5, 0.5))
        elif entry.heard > 0.0:
            share = max(0.04, entry.heard)  # a sliver is seen, too
            painter.drawPie(circle, 90 * 16, -round(share * 360 * 16))

    def _heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        px = self._look.px
        lines = [heading.section.upper()] if heading.section else []
        lines += [heading.group] if heading.group else []
        bottom = rect.bottom() - px(4 if len(lines) > 1 else 9)  # a row is higher than one line needs
        for text in reversed(lines):
            bold = text != heading.group
            line = QRect(rect.left() + px(6), bottom - px(18), rect.width() - px(14), px(18))
            self._line(painter, line, text, _CAPITALS_PX if bold else 13, self._theme.dim, bold=bold)
            bottom -= px(20)

    def _title(self, painter: QPainter, rect: QRect, title: Title) -> None:
        px = self._look.px
        line = QRect(rect.left() + px(6), rect.bottom() - px(24), rect.width() - px(14), px(20))
        count = f"{title.count:,}" if title.count else ""
        metrics = QFontMetrics(self._look.font(12))
        wide = metrics.horizontalAdvance(count) + px(8) if count else 0
        text = title.text.upper() if title.section else title.text
        size, colour = (_CAPITALS_PX, self._theme.dim) if title.section else (13, self._theme.text)
        self._line(painter, line.adjusted(0, 0, -wide, 0), text, size, colour, bold=True)
        if count:
            painter.setFont(self._look.font(12))
            painter.setPen(self._theme.dim)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)

    def _hit(self, painter: QPainter, rect: QRect, hit: SearchHit) -> None:
        px, theme = self._look.px, self._theme
        inner = rect.adjusted(px(10), px(6), -px(8), -px(6))
        at = clock(hit.start_ms) if hit.start_ms is not None else "no time"
        painter.setFont(self._look.mono(12))
        painter.setPen(theme.accent)
        first = QRect(inner.left(), inner.top(), inner.width(), px(18))
        painter.drawText(first, _LEFT, at)
        taken = painter.fontMetrics().horizontalAdvance(at) + px(10)
        self._line(painter, first.adjusted(taken, 0, 0, 0), hit.speaker, 11, theme.dim)
        text, spans = excerpt(hit)
        self._wrapped(painter, inner.adjusted(0, px(20), 0, 0), text, spans, _HIT_LINES)

    def _problem(self, painter: QPainter, rect: QRect, problem: Problem) -> None:
        px = self._look.px
        inner = rect.adjusted(px(10), px(6), -px(8), -px(4))
        name = problem.path.name if problem.path else ""
        self._line(
            painter, QRect(inner.left(), inner.top(), inner.width(), px(20)), name, 13, self._theme.text
        )
        self._wrapped(painter, inner.adjusted(0, px(20), 0, 0), problem.reason, [], 2)

    def _line(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        size_px: float,
        colour: QColor,
        *,
        bold: bool = False,
        middle: str = "",
    ) -> None:
        """Draw one line; of a too long one `middle` (the beginning) gives way before its end."""
        font, metrics = self._font(size_px, bold)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        if middle and shown != text:
            rest = text[len(middle) :]
            room = rect.width() - metrics.horizontalAdvance(rest)
            shown = metrics.elidedText(middle, Qt.TextElideMode.ElideRight, max(0, room)) + rest
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, _LINE, shown)

    def _wrapped(
        self, painter: QPainter, rect: QRect, text: str, spans: list[tuple[int, int]], most: int
    ) -> None:
        """Draw some lines of a text with the words that were looked for marked."""
        font, metrics = self._font(13)
        text = _LONE_SURROGATE.sub("\ufffd", text)
        formats = [self._marked(_units(text, start), _units(text, end)) for start, end in spans]
        layout = _layout(text, font, formats)
        lines = _laid_out(layout, rect.width(), most)
        last = lines[-1] if lines else None
        if last is not None and last.textStart() + last.textLength() < _units(text, len(text)):
            begin = _characters(text, last.textStart())
            rest = metrics.elidedText(text[begin:], Qt.TextElideMode.ElideRight, rect.width())
            text = text[:begin] + rest
            layout = _layout(text, font, formats)
            _laid_out(layout, rect.width(), most)
        painter.setPen(self._theme.text)
        layout.draw(painter, QPointF(rect.topLeft()))

    def _marked(self, start: int, end: int) -> QTextLayout.FormatRange:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = start, end - start
        look = QTextCharFormat()
        look.setBackground(self._theme.hit)
        mark.format = look
        return mark


def _model(index: _Index) -> RowModel:
    model = index.model()
    assert isinstance(model, RowModel)
    return model


def _group_of(index: _Index) -> str:
    """Return the show or folder a row stands under, "" for none."""
    heading = _model(index).heading_at(index.row())
    return heading.group if heading is not None else ""


def _units(text: str, characters: int) -> int:
    """Return how many units Qt counts in the first characters of a text: it takes a rare one for two."""
    return characters if text.isascii() else len(text[:characters].encode("utf-16-le")) // 2


def _characters(text: str, units: int) -> int:
    """Return how many characters so many units of Qt's are."""
    return (
        units if text.isascii() else len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
    )


def _layout(text: str, font: QFont, formats: list[QTextLayout.FormatRange]) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    return layout


def _laid_out(layout: QTextLayout, width: int, most: int) -> list[QTextLine]:
    """Break a text into lines, at most so many; return them."""
    lines: list[QTextLine] = []
    layout.beginLayout()
    top = 0.0
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height() * 1.08
        lines.append(line)
    layout.endLayout()
    return lines


def _has_keyboard(widget: QWidget) -> bool:
    """Tell whether the view or the field above it has the focus."""
    pane = widget.parentWidget()
    while pane is not None and pane.objectName() != "library-pane":
        pane = pane.parentWidget()
    focus = widget.window().focusWidget()
    return widget.hasFocus() or (pane is not None and focus is not None and pane.isAncestorOf(focus))
