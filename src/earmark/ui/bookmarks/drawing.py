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
from earmark.ui.bookmarks.model import CardModel
from earmark.ui.common.theme import Look

_MOST_CHARS = 800
_QUOTE_LINES, _NOTE_LINES = 3, 8
_AIR = 1.2
_GUESS_PX = 110
_SIZES_PX = {"time": 12.5, "beside": 12, "quote": 13, "warning": 12, "note": 13, "tag": 11}
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


@dataclass(frozen=True, slots=True)
class _Font:
    """A font and what is measured of it; `step_px` is from line to line, a little airier than it asks for."""

    font: QFont
    metrics: QFontMetricsF
    step_px: float
    base_px: float  # from the top of a line to its base

    @classmethod
    def of(cls, look: Look, part: str) -> _Font:
        """Make the font of a part of a card."""
        size_px = _SIZES_PX[part]
        font = look.mono(size_px) if part == "time" else look.font(size_px, italic=part == "quote")
        metrics = QFontMetricsF(font)
        step_px = metrics.height() * _AIR
        return cls(font, metrics, step_px, (step_px - metrics.height()) / 2 + metrics.ascent())


class CardDrawing(QStyledItemDelegate):
    """Paints cards; `editing` is (bookmark, height) of the one whose note or tags are being written."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._laid: dict[str, _Laid] = {}
        self._fonts: dict[str, _Font] = {}
        self.editing: tuple[str, int] | None = None
        self.invitation = ""  # in the chosen card, while its keys are heard
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
        model = index.model()
        assert isinstance(model, CardModel)
        card = model.cards[index.row()]
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        laid = self._lay(card, rect.width())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        # Where keys go elsewhere, what is chosen here is not ringed: one ring says where one is.
        ringed = chosen and (bool(state & QStyle.StateFlag.State_HasFocus) or self._is_edited(card))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._box(painter, card, rect, chosen, ringed)
        painter.translate(rect.left(), rect.top())
        self._words(painter, laid, chosen, ringed)
        painter.restore()

    @Slot()
    def _on_look_changed(self) -> None:
        self._laid.clear()
        self._fonts.clear()

    def _font(self, part: str) -> _Font:
        """Return the font of a part of a card; made once, since making one takes as long as drawing."""
        if part not in self._fonts:
            self._fonts[part] = _Font.of(self._look, part)
        return self._fonts[part]

    def _extra(self, card: Card) -> int:
        """Return how much higher a card is while something is written in it."""
        if self.editing is None or not self._is_edited(card):
            return 0
        return self.editing[1] + self._look.px(4)

    def _is_edited(self, card: Card) -> bool:
        return self.editing is not None and self.editing[0] == card.id

    def _box(self, painter: QPainter, card: Card, row: QRect, chosen: bool, ringed: bool) -> None:
        px, theme = self._look.px, self._look.theme
        box = QRectF(row).adjusted(2, 2, -2, -px(_GAP_PX) + 2)
        shape = QPainterPath()
        shape.addRoundedRect(box, px(_RADIUS_PX), px(_RADIUS_PX))
        painter.fillPath(shape, theme.tint if chosen and not ringed else theme.page)
        painter.save()
        painter.setClipPath(shape)
        colour = getattr(theme, card.role)
        bar = QRectF(box.left(), box.top(), px(_BAR_PX), box.height())
        if card.solid:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRect(bar)
        else:
            pen = QPen(colour, px(_BAR_PX), Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(bar.center().x(), bar.top()), QPointF(bar.center().x(), bar.bottom()))
        painter.restore()
        painter.setPen(QPen(theme.accent if ringed else theme.border, 2 if ringed else 1))
        painter.drawPath(shape)

    def _words(self, painter: QPainter, laid: _Laid, chosen: bool, ringed: bool) -> None:
        px, theme = self._look.px, self._look.theme
        left, y = float(px(_BAR_PX + _PADDING_PX)), float(px(_PADDING_PX))
        time, small = self._font("time"), self._font("beside")
        beside = left + time.metrics.horizontalAdvance(laid.head) + px(8)
        if laid.more:
            _draw(painter, beside, y + px(0.5), [laid.more], small, theme.dim)
            beside += small.metrics.horizontalAdvance(laid.more) + px(8)
        if ringed and not laid.note and self.editing is None:
            self._invite(painter, laid, beside, y)
        y = _draw(painter, left, y, [laid.head], time, theme.accent)
        y = _draw(painter, left, y + px(3), laid.quote, self._font("quote"), theme.dim)
        y = _draw(painter, left, y, laid.warning, self._font("warning"), theme.mark_text)
        if self._is_edited(laid.card):
            return
        _draw(painter, left, laid.note_top, laid.note, self._font("note"), theme.text)
        painter.setFont(self._font("tag").font)
        for rect, tag in laid.chips:
            shape = QPainterPath()
            shape.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
            painter.fillPath(shape, theme.page if chosen and not ringed else theme.tint)
            painter.setPen(theme.text)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tag)

    def _invite(self, painter: QPainter, laid: _Laid, beside: float, y: float) -> None:
        """Say at the right of the time how a note is added, where there is room for it."""
        font = self._font("beside")
        x = laid.width - self._look.px(_PADDING_PX) - font.metrics.horizontalAdvance(self.invitation)
        if x > beside:
            _draw(painter, x, y, [self.invitation], font, self._look.theme.dim)

    def _lay(self, card: Card, width: int) -> _Laid:
        laid = self._laid.get(card.id)
        if laid is None or laid.width != width or laid.card != card:
            laid = self._laid[card.id] = self._set(card, width)
        return laid

    def _set(self, card: Card, width: int) -> _Laid:
        px = self._look.px
        room = max(px(60), width - px(_BAR_PX + 2 * _PADDING_PX))
        head = card.time or "No time"
        time, small, italic, plain = map(self._font, ("time", "beside", "quote", "note"))
        left = room - time.metrics.horizontalAdvance(head) - px(8)
        more = small.metrics.elidedText(
            " · ".join(part for part in (card.colour, card.source) if part), Qt.TextElideMode.ElideRight, left
        )
        quote = _lines(f"“{card.quote}”" if card.quote else "", italic, room, _QUOTE_LINES, "”")
        warning = _lines(card.warning, self._font("warning"), room, 3)
        note = _lines(card.note, plain, room, _NOTE_LINES)
        y = float(px(_PADDING_PX)) + time.step_px + px(3)
        y += len(quote) * italic.step_px + len(warning) * self._font("warning").step_px + px(1)
        note_top = y
        y += len(note) * plain.step_px
        chips, y = self._chips(card.tags, room, y + px(4))
        height = y + px(_PADDING_PX + _GAP_PX) - px(4)
        return _Laid(card, width, head, more, quote, note, warning, chips, note_top, round(height))

    def _chips(self, tags: tuple[str, ...], room: float, y: float) -> tuple[list[tuple[QRectF, str]], float]:
        px, metrics = self._look.px, self._font("tag").metrics
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


def _lines(text: str, font: _Font, room: float, most: int, closing: str = "") -> list[str]:
    """Break a text into lines; the last of too many is cut with an ellipsis and what closes the text."""
    lines: list[str] = []
    for paragraph in text[:_MOST_CHARS].splitlines():
        layout = QTextLayout(paragraph, font.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            if len(lines) == most:
                left = room - font.metrics.horizontalAdvance(closing)
                cut = font.metrics.elidedText(lines[-1] + "…", Qt.TextElideMode.ElideRight, left)
                lines[-1] = cut + closing
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


def _draw(painter: QPainter, x: float, y: float, lines: list[str], font: _Font, colour: QColor) -> float:
    if lines:
        painter.setFont(font.font)
        painter.setPen(colour)
    for line in lines:
        painter.drawText(round(x), round(y + font.base_px), line)
        y += font.step_px
    return y
