# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Paints a laid-out paragraph and what lies over it. Never changes a layout. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTextCharFormat, QTextLayout

from earmark.domain.outline import Outline
from earmark.domain.transcript import Word
from earmark.ui.common.theme import Look, Theme
from earmark.ui.page.layout import Block, Layouts
from earmark.ui.page.scene import Emphasis, Scene

_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush
_MANY_HITS = 20  # of single letters, in one paragraph: nobody sees their corners, but drawing them takes long


class PagePainter:
    """Paints paragraphs at a height of the viewport.

    Backgrounds come first (tint, selection, hits, word), then the text, then lines and outlines: nothing
    hides a letter.
    """

    def __init__(self, look: Look, layouts: Layouts, scene: Scene) -> None:
        self._look = look
        self._layouts = layouts
        self._outline: Outline = layouts.outline
        self._scene = scene
        self._dot_key: tuple[int, float, float] | None = None
        self._dot_tile = QPixmap()

    def paint(self, painter: QPainter, index: int, block: Block, y: int, dirty: QRectF) -> None:
        """Paint one paragraph whose top is at `y`; text outside `dirty` is left out."""
        theme = self._look.theme
        origin = QPointF(self._layouts.measures.left_px, y)
        clip = dirty.translated(-origin)
        if clip.left() < 0:
            self._gutter(painter, theme, index, block, y)
        painter.translate(origin)
        if block.header and clip.top() < block.body_y:
            self._speaker(painter, theme, block)
        hits = self._scene.hits(index)
        self._backgrounds(painter, theme, index, block, hits)
        painter.setPen(theme.text)
        block.layout.draw(painter, QPointF(0, 0), self._colours(theme, index, block, hits), clip)
        self._foregrounds(painter, theme, index, block)
        painter.translate(-origin)

    def gutter_rect(self, index: int, block: Block, y: int) -> QRectF:
        """Return where a paragraph's time, "now" and margin mark stand."""
        m = self._layouts.measures
        return QRectF(0, y, m.left_px, block.height)

    def _gutter(self, painter: QPainter, theme: Theme, index: int, block: Block, y: int) -> None:
        m = self._layouts.measures
        painter.setFont(m.time_font)
        painter.setPen(theme.dim)
        if m.stacked:
            return
        right = m.left_px - self._look.px(18)
        if block.time:
            _right_text(painter, right, y + block.baseline_y, block.time)
        now = self._scene.now
        if now is not None and self._holds(index, now) and block.lines:
            line = block.lines[block.line_of(self._outline.sentences[now].start)]
            at = line.y + m.baseline_px
            under = block.time and block.baseline_y + self._look.px(12) > at
            _right_text(painter, right, y + at + (m.line_px if under else 0), "now")

    def _holds(self, index: int, sentence: int) -> bool:
        paragraph = self._outline.paragraphs[index]
        return paragraph.first_sentence <= sentence < paragraph.end_sentence

    def _speaker(self, painter: QPainter, theme: Theme, block: Block) -> None:
        m = self._layouts.measures
        painter.setPen(theme.dim)
        x = 0.0
        if m.stacked and block.time:
            painter.setFont(m.time_font)
            painter.drawText(QPointF(0, block.baseline_y), block.time)
            x = painter.fontMetrics().horizontalAdvance(block.time) + self._look.px(10)
        painter.setFont(m.speaker_font)
        if block.shown.rtl:
            _right_text(painter, m.text_px, block.baseline_y, block.header)
        else:
            painter.drawText(QPointF(x, block.baseline_y), block.header)

    def _backgrounds(
        self, painter: QPainter, theme: Theme, index: int, block: Block, hits: Sequence[tuple[int, int]]
    ) -> None:
        scene = self._scene
        painter.setPen(_NO_PEN)
        self._margin_marks(painter, theme, index, block)
        now = scene.now
        if now is not None and self._holds(index, now):
            sentence = self._outline.sentences[now]
            self._sentence_box(painter, theme, block.rects(sentence.start, sentence.end))
        word = self._word(index)
        boxes = block.rects(word.offset, word.end) if word is not None else []
        for rect in boxes:
            _rounded(painter, rect.adjusted(-2.5, 2.5, 2.5, -2.5), theme.page, self._look.px(4))
        selected = self._selected(index, block)
        for rect in block.rects(*selected) if selected else ():
            _rounded(painter, rect.adjusted(-1, 1, 1, -1), theme.selection, 0)
        self._hits(painter, theme, block, hits)
        for rect in boxes:
            self._word_edge(painter, theme, rect)
        for paragraph, start, end in scene.current_hit:
            if paragraph == index:
                self._outline_of(painter, theme.text, block.rects(start, end), 2, 3, 1.4)
        if scene.doubt is not None and scene.doubt[0] == index:
            self._outline_of(painter, theme.uncertain, block.rects(*scene.doubt[1:]), 3, 2, 1.6)

    def _hits(self, painter: QPainter, theme: Theme, block: Block, hits: Sequence[tuple[int, int]]) -> None:
        boxes = [rect.adjusted(-2, 3, 2, -3) for start, end in hits for rect in block.rects(start, end)]
        painter.setBrush(theme.hit)
        if len(hits) > _MANY_HITS:
            painter.drawRects(boxes)
            return
        radius = self._look.px(3)
        for box in boxes:
            painter.drawRoundedRect(box, radius, radius)

    def _margin_marks(self, painter: QPainter, theme: Theme, index: int, block: Block) -> None:
        margin = self._scene.margin
        if not margin:
            return
        px, paragraph = self._look.px, self._outline.paragraphs[index]
        bars: list[tuple[float, float, str]] = []  # top, bottom and colour of each mark
        before: object = None
        for number in range(paragraph.first_sentence, paragraph.end_sentence):
            sentence = self._outline.sentences[number]
            rects = block.rects(sentence.start, sentence.end) if number in margin else []
            mark = (margin[number], self._scene.marked_by.get(number)) if rects else None
            if mark is not None:
                top, bottom = rects[0].top(), rects[-1].bottom()
                if mark == before:
                    top = bars.pop()[0]
                elif before is not None and bars[-1][1] > top:  # both touch one line: half of it for each
                    top = (max(bars[-1][0], top) + min(bars[-1][1], bottom)) / 2
                    bars[-1] = (bars[-1][0], top, bars[-1][2])
                bars.append((top, bottom, mark[0]))
            before = mark
        for top, bottom, role in bars:
            _rounded(painter, QRectF(-px(12), top + 2, px(3), bottom - top - 4), getattr(theme, role), px(1))

    def _sentence_box(self, painter: QPainter, theme: Theme, rects: list[QRectF]) -> None:
        radius, bar = self._look.px(5), self._look.px(3)
        for rect in rects:
            box = rect.adjusted(-self._look.px(5), 0.5, self._look.px(3), -1)
            _rounded(painter, box, theme.tint, radius)
            painter.save()
            painter.setClipRect(
                QRectF(box.left() - 1, box.top() - 1, bar + 1, box.height() + 2),
                Qt.ClipOperation.IntersectClip,
            )
            _rounded(painter, box, theme.accent, radius)
            painter.restore()

    def _word_edge(self, painter: QPainter, theme: Theme, rect: QRectF) -> None:
        edge = QColor(theme.accent)
        edge.setAlphaF(0.45)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(_NO_BRUSH)
        radius = self._look.px(4)
        painter.drawRoundedRect(rect.adjusted(-2.5, 2.5, 2.5, -2.5), radius, radius)
        painter.setPen(_NO_PEN)

    def _emphasis(self, index: int) -> Emphasis:
        now = self._scene.now
        if now is None or not self._holds(index, now):
            return Emphasis.NONE
        return self._scene.emphasis()

    def _word(self, index: int) -> Word | None:
        """Return the word of a paragraph that is shown as being said."""
        return None if self._emphasis(index) is Emphasis.NONE else self._scene.word

    def _selected(self, index: int, block: Block) -> tuple[int, int] | None:
        selection = self._scene.selection
        return None if selection is None else selection.inside(index, len(block.shown.text))

    def _colours(
        self, theme: Theme, index: int, block: Block, hits: Sequence[tuple[int, int]]
    ) -> list[QTextLayout.FormatRange]:
        """Return what is not in its own colour: the word being said, and whatever is dim on a ground.

        On the ground of a selection or a hit only the text's own colour can be read.
        """
        selected = self._selected(index, block)
        grounds = [*hits, selected] if selected else hits
        word = self._word(index)
        found = []
        if word is not None and not any(start < word.end and end > word.offset for start, end in grounds):
            found.append(_coloured(block, word.offset, word.end, theme.accent))
        if block.has_dim:
            found += [_coloured(block, start, end, theme.text) for start, end in grounds]
        return found

    def _foregrounds(self, painter: QPainter, theme: Theme, index: int, block: Block) -> None:
        scene = self._scene
        under = self._look.px(21.5)
        painter.setPen(_NO_PEN)
        if scene.word is not None and self._emphasis(index) is Emphasis.FULL:
            for rect in block.rects(scene.word.offset, scene.word.end):
                line = QRectF(rect.left(), rect.top() + under, rect.width(), max(2, self._look.px(2)))
                _rounded(painter, line, theme.accent, 0)
        for _, start, end in scene.uncertain(index):
            for rect in block.rects(start, end):
                self._dots(painter, theme, rect.left(), rect.right(), rect.top() + under + 1)
        for offset in block.gaps:
            self._gap(painter, theme, block, offset)
        focus = scene.focus
        if scene.ring and focus is not None and self._holds(index, focus):
            sentence = self._outline.sentences[focus]
            self._outline_of(painter, theme.accent, block.rects(sentence.start, sentence.end), 4, 1, 2)

    def _dots(self, painter: QPainter, theme: Theme, left: float, right: float, y: float) -> None:
        # The blank where a word is missing is hardly wider than a dot.
        spare = max(0.0, self._look.px(10) - (right - left)) / 2
        tile = self._dot(theme.uncertain, painter.device().devicePixelRatio())
        size = tile.deviceIndependentSize()
        at = QPointF(round(left - spare), round(y - size.height() / 2))
        painter.drawTiledPixmap(QRectF(at, QSizeF(right - left + 2 * spare, size.height())), tile)

    def _dot(self, colour: QColor, ratio: float) -> QPixmap:
        """Return a dot and the gap behind it: a row of these is drawn a hundred times as fast as dashes."""
        wide = self._look.px(2)
        key = (colour.rgba(), wide, ratio)
        if key != self._dot_key:
            tile = QPixmap(round(2 * wide * ratio), round(wide * ratio))
            tile.setDevicePixelRatio(ratio)
            tile.fill(Qt.GlobalColor.transparent)
            painter = QPainter(tile)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(_NO_PEN)
            painter.setBrush(colour)
            fuller = 0.25  # or a dot of two pixels would have nothing but pale edges
            painter.drawEllipse(QRectF(wide / 2, 0, wide, wide).adjusted(-fuller, -fuller, fuller, fuller))
            painter.end()
            self._dot_key, self._dot_tile = key, tile
        return self._dot_tile

    def _gap(self, painter: QPainter, theme: Theme, block: Block, offset: int) -> None:
        rect = block.gap_rect(offset, self._layouts.measures.mark_gap_px)
        if rect is None:
            return
        painter.setBrush(theme.uncertain)
        y = rect.top() + self._layouts.measures.baseline_px - self._look.px(2)
        for step in (-5, 0, 5):
            painter.drawEllipse(QPointF(rect.center().x() + self._look.px(step), y), 1.5, 1.5)

    def _outline_of(
        self, painter: QPainter, colour: QColor, rects: list[QRectF], x: float, y: float, width: float
    ) -> None:
        """Draw one outline around boxes that lie on lines below each other."""
        if not rects:
            return
        boxes = [rect.adjusted(-x, 0, x, 0) for rect in rects]
        boxes[0].setTop(boxes[0].top() + y)
        boxes[-1].setBottom(boxes[-1].bottom() - y)
        painter.setPen(QPen(colour, width))
        painter.setBrush(_NO_BRUSH)
        painter.drawPath(_joined(boxes, self._look.px(5)))
        painter.setPen(_NO_PEN)


def _coloured(block: Block, start: int, end: int, colour: QColor) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = block.shown.to_qt(start)
    found.length = block.shown.to_qt(end) - found.start
    form = QTextCharFormat()
    form.setForeground(colour)
    found.format = form
    return found


def _rounded(painter: QPainter, rect: QRectF, colour: QColor, radius: float) -> None:
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)


def _joined(boxes: list[QRectF], radius: float) -> QPainterPath:
    """Return the outline of all boxes together, its corners rounded."""
    union = QPainterPath()
    union.setFillRule(Qt.FillRule.WindingFill)
    for box in boxes:
        union.addRect(box)
    path = QPainterPath()
    for polygon in union.simplified().toSubpathPolygons():
        corners = polygon.toList()[:-1]  # the last is the first
        for at, corner in enumerate(corners):
            enter = _towards(corner, corners[at - 1], radius)
            leave = _towards(corner, corners[(at + 1) % len(corners)], radius)
            if at:
                path.lineTo(enter)
            else:
                path.moveTo(enter)
            path.quadTo(corner, leave)
        path.closeSubpath()
    return path


def _towards(one: QPointF, other: QPointF, distance: float) -> QPointF:
    way = other - one
    length = abs(way.x()) + abs(way.y())  # the sides are upright or level
    return one + way * (min(distance, length / 2) / length) if length else one


def _right_text(painter: QPainter, right: float, baseline: float, text: str) -> None:
    painter.drawText(QPointF(right - painter.fontMetrics().horizontalAdvance(text), baseline), text)
