# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Draws a bookmark's card: colour bar, time, quote, note, tags. Plain text only. GUI thread.

How the words fall into lines is worked out once for a card and a width, and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from earmark.ui.bookmarks.card import Card
from earmark.ui.bookmarks.model import CARD_ROLE
from earmark.ui.common.theme import Look

_MOST_CHARS = 800
_QUOTE_LINES, _NOTE_LINES = 3, 8
_AIR = 1.2
_GUESS_PX = 110
_GAP_PX, _PADDING_PX, _BAR_PX, _RADIUS_PX = 8, 10, 3, 7


@dataclass(slots=True)
class _Laid:
    """A card's words in lines; `height` is of the whole row."""

    card: Card
    width: int
    head: str
    more: str  # beside the time: colour and recording
    quote: list[str]
    note: list[str]
    warning: list[str]
    chips: list[tuple[QRectF, str]]
    note_top: float
    height: int


class CardDrawing(QStyledItemDelegate):
    """Paints cards; `editing` is (bookmark, height) of the one whose note or tags are being written."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._laid: dict[str, _Laid] = {}
        self.editing: tuple[str, int] | None = None
        self.invitation = ""  # in the chosen card, where a note would stand
        look.changed.connect(self._on_look_changed)

    def forget(self, shown: Sequence[Card]) -> None:
        """Let go of cards that are no longer shown, once more are laid out than are shown."""
        if len(self._laid) > len(shown):
            kept = {card.id for card in shown}
            self._laid = {one: laid for one, laid in self._laid.items() if one in kept}

    def height(self, card: Card, width: int) -> int:
        """Return how high a card's row is."""
        return self._lay(card, width).height + self._extra(card)

    @property
    def guess(self) -> int:
        """How high a row is thought to be until it is laid out."""
        return self._look.px(_GUESS_PX)

    def note_rect(self, card: Card, row: QRect) -> QRect:
        """Return where the note of a card is written, within its row."""
        laid, px = self._lay(card, row.width()), self._look.px
        left = row.left() + px(_BAR_PX + _PADDING_PX - 4)
        height = self.editing[1] if self.editing else px(40)
        return QRect(left, row.top() + round(laid.note_top), row.right() - left - px(6), height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt: paint one card."""
        card: Card = index.data(CARD_ROLE)
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        laid = self._lay(card, rect.width())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._box(painter, card, rect, chosen)
        painter.translate(rect.left(), rect.top())
        self._words(painter, laid, chosen)
        painter.restore()

    @Slot()
    def _on_look_changed(self) -> None:
        self._laid.clear()

    def _extra(self, card: Card) -> int:
        """Return how much higher a card is while something is written in it."""
        if self.editing is None or self.editing[0] != card.id:
            return 0
        return self.editing[1] + self._look.px(4)

    def _box(self, painter: QPainter, card: Card, row: QRect, chosen: bool) -> None:
        px, theme = self._look.px, self._look.theme
        box = QRectF(row).adjusted(2, 2, -2, -px(_GAP_PX) + 2)
        shape = QPainterPath()
        shape.addRoundedRect(box, px(_RADIUS_PX), px(_RADIUS_PX))
        painter.fillPath(shape, theme.page)
        painter.save()
        painter.setClipPath(shape)
        colour = getattr(theme, card.role)
        bar = QRectF(box.left(), box.top(), px(_BAR_PX), box.height())
        if card.solid:
            painter.fillRect(bar, colour)
        else:
            pen = QPen(colour, px(_BAR_PX), Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(bar.center().x(), bar.top()), QPointF(bar.center().x(), bar.bottom()))
        painter.restore()
        painter.setPen(QPen(theme.accent if chosen else theme.border, 2 if chosen else 1))
        painter.drawPath(shape)

    def _words(self, painter: QPainter, laid: _Laid, chosen: bool) -> None:
        look, theme = self._look, self._look.theme
        left, y = float(look.px(_BAR_PX + _PADDING_PX)), float(look.px(_PADDING_PX))
        beside = left + QFontMetricsF(look.mono(12.5)).horizontalAdvance(laid.head) + look.px(8)
        if laid.more:
            _draw(painter, beside, y + look.px(0.5), [laid.more], look.font(12), theme.dim)
            beside += QFontMetricsF(look.font(12)).horizontalAdvance(laid.more) + look.px(8)
        if chosen and not laid.note and self.editing is None:
            self._invite(painter, laid, beside, y)
        y = _draw(painter, left, y, [laid.head], look.mono(12.5), theme.accent)
        y = _draw(painter, left, y + look.px(3), laid.quote, look.font(13, italic=True), theme.dim)
        y = _draw(painter, left, y, laid.warning, look.font(12), theme.mark_text)
        if self.editing is not None and self.editing[0] == laid.card.id:
            return
        if laid.note:
            y = _draw(painter, left, laid.note_top, laid.note, look.font(13), theme.text)
        font = look.font(11)
        painter.setFont(font)
        for rect, tag in laid.chips:
            shape = QPainterPath()
            shape.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            painter.fillPath(shape, theme.tint)
            painter.setPen(theme.text)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tag)

    def _invite(self, painter: QPainter, laid: _Laid, beside: float, y: float) -> None:
        """Say at the right of the time how a note is added, where there is room for it."""
        look, font = self._look, self._look.font(12)
        x = laid.width - look.px(_PADDING_PX) - QFontMetricsF(font).horizontalAdvance(self.invitation)
        if x > beside:
            _draw(painter, x, y, [self.invitation], font, look.theme.dim)

    def _lay(self, card: Card, width: int) -> _Laid:
        laid = self._laid.get(card.id)
        if laid is None or laid.width != width or laid.card != card:
            laid = self._laid[card.id] = self._set(card, width)
        return laid

    def _set(self, card: Card, width: int) -> _Laid:
        look, px = self._look, self._look.px
        room = max(px(60), width - px(_BAR_PX + 2 * _PADDING_PX))
        head = card.time or "No time"
        mono, italic, plain = look.mono(12.5), look.font(13, italic=True), look.font(13)
        left = room - QFontMetricsF(mono).horizontalAdvance(head) - px(8)
        more = QFontMetricsF(look.font(12)).elidedText(
            " · ".join(part for part in (card.colour, card.source) if part), Qt.TextElideMode.ElideRight, left
        )
        quote = _lines(f"“{card.quote}”" if card.quote else "", italic, room, _QUOTE_LINES)
        warning = _lines(card.warning, look.font(12), room, 3)
        note = _lines(card.note, plain, room, _NOTE_LINES)
        y = float(px(_PADDING_PX)) + _step(mono) + px(3)
        y += len(quote) * _step(italic) + len(warning) * _step(look.font(12)) + px(1)
        note_top = y
        y += len(note) * _step(plain)
        chips, y = self._chips(card.tags, room, y + px(4))
        height = y + px(_PADDING_PX + _GAP_PX) - px(4)
        return _Laid(card, width, head, more, quote, note, warning, chips, note_top, round(height))

    def _chips(self, tags: tuple[str, ...], room: float, y: float) -> tuple[list[tuple[QRectF, str]], float]:
        px, metrics = self._look.px, QFontMetricsF(self._look.font(11))
        left = float(px(_BAR_PX + _PADDING_PX))
        x, high = left, metrics.height() + px(3)
        chips = []
        for tag in tags:
            text = metrics.elidedText(tag, Qt.TextElideMode.ElideRight, room - px(16))
            wide = metrics.horizontalAdvance(text) + px(14)
            if x > left and x + wide > left + room:
                x, y = left, y + high + px(3)
            chips.append((QRectF(x, y, wide, high), text))
            x += wide + px(5)
        return chips, y + high + px(4) if chips else y


def _lines(text: str, font: QFont, room: float, most: int) -> list[str]:
    """Break a text into lines; the last of too many is cut with an ellipsis."""
    lines: list[str] = []
    for paragraph in text[:_MOST_CHARS].splitlines():
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            if len(lines) == most:
                lines[-1] = QFontMetricsF(font).elidedText(lines[-1] + "…", Qt.TextElideMode.ElideRight, room)
                return lines
            line.setLineWidth(room)
            start, length = line.textStart(), line.textLength()
            lines.append(_utf16(paragraph, start, length).strip() or " ")
        layout.endLayout()
    return lines


def _utf16(text: str, start: int, length: int) -> str:
    """Cut a text by Qt's counting, which takes a rare character for two."""
    if text.isascii():
        return text[start : start + length]
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * (start + length)].decode(
        "utf-16-le", "replace"
    )


def _draw(painter: QPainter, x: float, y: float, lines: list[str], font: QFont, colour: QColor) -> float:
    painter.setFont(font)
    painter.setPen(colour)
    metrics = QFontMetricsF(font)
    for line in lines:
        painter.drawText(round(x), round(y + (_step(font) - metrics.height()) / 2 + metrics.ascent()), line)
        y += _step(font)
    return y


def _step(font: QFont) -> float:
    """Return from line to line, a little airier than the font asks for."""
    return QFontMetricsF(font).height() * _AIR
