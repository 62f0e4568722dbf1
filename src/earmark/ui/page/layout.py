# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Lengths of the page, and paragraphs laid out: lines, boxes of spans, and what lies under a point.

Only paragraphs in sight are laid out; the last few hundred are kept. GUI thread.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from earmark.domain.outline import Outline
from earmark.domain.times import clock
from earmark.domain.transcript import FILLED, SKIPPED
from earmark.ui.common.theme import LINE_CHARS, PAGE_TEXT_PX, Look
from earmark.ui.page.shown import MarkIndex, ShownText, borrowed, plain

KEPT_BLOCKS = 600
_LINE_RATIO = 1.6
_SAMPLE = "the quick brown fox jumps over the lazy dog, and then it sleeps in the sun "
_FILL = 1.06  # a line breaks before its last word: this much wider, it holds LINE_CHARS on the average
_NARROW_CHARS = 34  # with less room than this beside the gutter, times move above the text


class Measures:
    """Every length of the page in pixels, for one look and one viewport width."""

    def __init__(self, look: Look, viewport_px: int) -> None:
        px = look.px
        self.viewport_px = viewport_px
        self.text_font = look.font(PAGE_TEXT_PX)
        self.speaker_font = look.font(12, bold=True)
        self.time_font = look.mono(13)
        metrics = QFontMetricsF(self.text_font)
        self.line_px = round(metrics.height() + (_LINE_RATIO * PAGE_TEXT_PX - 20.6) * look.scale)
        self.baseline_px = round((self.line_px - metrics.height()) / 2 + metrics.ascent())
        char_px = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        self.gutter_px = ceil(QFontMetricsF(self.time_font).horizontalAdvance("0:00:00")) + px(18)
        self.pad_px = px(18)  # above the first paragraph
        self.end_px = px(72)  # below the last, so that it can be lifted off the pill
        self.turn_gap_px = px(20)
        self.gap_px = px(10)
        self.header_px = px(24)
        self.header_baseline_px = px(15)
        self.mark_gap_px = px(16)
        side = px(20)
        room = viewport_px - 2 * side
        full = round(char_px * LINE_CHARS * _FILL)
        self.stacked = room - self.gutter_px < min(full, char_px * _NARROW_CHARS)
        if self.stacked:
            self.gutter_px = 0
        self.text_px = max(round(char_px * 4), min(full, room - self.gutter_px))
        self.line_chars = max(4.0, self.text_px / char_px)
        block = self.gutter_px + self.text_px
        self.left_px = max(side, (viewport_px - block) // 2) + self.gutter_px

    @property
    def key(self) -> tuple[object, ...]:
        """What a laid-out paragraph depends on."""
        return self.text_px, self.stacked, self.text_font.key()


class Line(NamedTuple):
    """One line of a block: UTF-16 `start` to `end` (blanks at the end left out), and its band."""

    start: int
    end: int
    y: int
    height: int


class Block:
    """A laid-out paragraph. Coordinates count from its top, and from the left edge of the text."""

    __slots__ = (
        "baseline_y",
        "body_y",
        "gaps",
        "has_dim",
        "header",
        "height",
        "layout",
        "lines",
        "shown",
        "time",
    )

    def __init__(self, shown: ShownText, layout: QTextLayout, header: str, time: str) -> None:
        self.shown = shown
        self.layout = layout
        self.header = header
        self.time = time
        self.gaps: list[int] = []
        self.has_dim = False
        self.body_y = 0
        self.baseline_y = 0
        self.height = 0
        self.lines: list[Line] = []

    def line_of(self, offset: int) -> int:
        """Return the line that holds a character."""
        at = self.shown.to_qt(offset)
        return max(0, bisect_right(self.lines, at, key=_line_start) - 1)

    def line_at(self, y: float) -> int:
        """Return the line nearest to a height."""
        return max(0, bisect_right(self.lines, y, key=_line_top) - 1)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Return the boxes of a span of characters: one a line, more where directions mix."""
        begin, stop = self.shown.to_qt(start), self.shown.to_qt(end)
        found: list[QRectF] = []
        for index in range(self.line_of(start), len(self.lines)):
            line = self.lines[index]
            if line.start >= stop:
                break
            a, b = max(begin, line.start), min(stop, line.end)
            if b > a:
                drawn = self.layout.lineAt(index)
                edges = _edges(drawn, a, b) if self.shown.two_way else [(_x(drawn, a), _x(drawn, b))]
                found += [QRectF(x0, line.y, x1 - x0, line.height) for x0, x1 in edges]
        return found

    def offset_at(self, x: float, y: float, *, between: bool = False) -> int:
        """Return the character under a point, or with `between` the nearest gap between characters."""
        if not self.lines:
            return 0
        index = self.line_at(y)
        kind = QTextLine.CursorPosition
        how = kind.CursorBetweenCharacters if between else kind.CursorOnCharacter
        found = self.layout.lineAt(index).xToCursor(x, how)
        return self.shown.from_qt(min(found, self.lines[index].end))

    def on_text(self, x: float, y: float) -> bool:
        """Tell whether a point is on the written part of a line."""
        if not self.lines or not self.body_y <= y < self.lines[-1].y + self.lines[-1].height:
            return False
        natural = self.layout.lineAt(self.line_at(y)).naturalTextRect()
        return natural.left() - 2 <= x <= natural.right() + 2

    def gap_rect(self, offset: int, width_px: int) -> QRectF | None:
        """Return where the sign of a mark stands: in the blank before it, else at the text's very end."""
        length = len(self.shown.text)
        if not self.lines or not length:
            return None
        if 0 < offset < length:
            index = self.line_of(offset - 1)
            line, drawn = self.lines[index], self.layout.lineAt(index)
            a, b = _x(drawn, self.shown.to_qt(offset - 1)), _x(drawn, self.shown.to_qt(offset))
            return QRectF(min(a, b), line.y, abs(b - a), line.height)
        rect = self.rects(0, 1)[0] if offset <= 0 else self.rects(length - 1, length)[0]
        x = rect.left() - width_px if offset <= 0 else rect.right()
        return QRectF(x, rect.top(), width_px, rect.height())


class Layouts:
    """The paragraphs of an outline, laid out when asked for."""

    def __init__(self, look: Look, outline: Outline, measures: Measures) -> None:
        self._look = look
        self.outline = outline
        self.marks = MarkIndex(outline)
        self.measures = measures
        self._blocks: OrderedDict[int, Block] = OrderedDict()
        self._typical_px: float | None = None
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def measure(self, viewport_px: int, *, afresh: bool = False) -> bool:
        """Fit the page to a viewport width; tell whether the lines are broken anew."""
        if viewport_px == self.measures.viewport_px and not afresh:
            return False
        before = self.measures.key
        self.measures = Measures(self._look, viewport_px)
        if afresh or self.measures.key != before:
            self._blocks.clear()
            self._typical_px = None
            return True
        return False

    def block(self, index: int) -> Block:
        """Return a paragraph laid out."""
        block = self._blocks.get(index)
        if block is None:
            block = self._blocks[index] = self._lay_out(index)
            if len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(index)
        return block

    def height(self, index: int) -> int:
        """Return how high a paragraph is, with the page's own margins at both ends of the text."""
        return self.block(index).height + (self.measures.end_px if index == len(self) - 1 else 0)

    def typical_height(self) -> float:
        """Return about how high a paragraph is, from a few hundred texts, without laying them out."""
        if self._typical_px is None:
            paragraphs = self.outline.paragraphs
            some = paragraphs[:: max(1, len(paragraphs) // 300)]
            m = self.measures
            lines = sum(ceil(len(p.text) / m.line_chars) for p in some) / max(1, len(some))
            self._typical_px = lines * m.line_px + m.turn_gap_px + m.header_px
        return self._typical_px

    def __len__(self) -> int:
        return len(self.outline.paragraphs)

    def _lay_out(self, index: int) -> Block:
        paragraph = self.outline.paragraphs[index]
        shown = ShownText(paragraph.text)
        opens = paragraph.opens_turn
        block = Block(
            shown,
            QTextLayout(shown.text, self.measures.text_font),
            self._header(self._heading(index)) if opens else "",
            clock(paragraph.start_ms) if opens and paragraph.start_ms is not None else "",
        )
        block.gaps = [offset for offset, _ in self.marks.of(index)]
        option = QTextOption(self._option)
        if shown.two_way:
            option.setTextDirection(
                Qt.LayoutDirection.RightToLeft if shown.rtl else Qt.LayoutDirection.LeftToRight
            )
        block.layout.setTextOption(option)
        block.layout.setCacheEnabled(True)
        formats = self._formats(index, block)
        if formats:
            block.layout.setFormats(formats)
        self._break_lines(block, self._body_y(index, block))
        return block

    def _heading(self, index: int) -> str | None:
        """Return who speaks, or that nobody wrote this down by hand."""
        skipped = any(kind == SKIPPED for _, _, kind in borrowed(self.outline, index))
        return "Only heard by the machine" if skipped else self.outline.paragraphs[index].speaker

    def _header(self, speaker: str | None) -> str:
        if not speaker:
            return ""
        metrics = QFontMetricsF(self.measures.speaker_font)
        room = self.measures.text_px - (self.measures.line_px * 4 if self.measures.stacked else 0)
        return metrics.elidedText(plain(speaker).upper(), Qt.TextElideMode.ElideRight, max(40, room))

    def _body_y(self, index: int, block: Block) -> int:
        m = self.measures
        gap = m.turn_gap_px if self.outline.paragraphs[index].opens_turn else m.gap_px
        above = m.pad_px if index == 0 else gap
        has_header = bool(block.header) or (m.stacked and bool(block.time))
        block.baseline_y = above + (m.header_baseline_px if has_header else m.baseline_px)
        return above + (m.header_px if has_header else 0)

    def _formats(self, index: int, block: Block) -> list[QTextLayout.FormatRange]:
        """Dim what has no time where other words have, and what is the machine's; open room for marks.

        None of it ever changes.
        """
        formats = []
        paragraph = self.outline.paragraphs[index]
        if self.outline.transcript.timed:
            for sentence in self.outline.sentences[paragraph.first_sentence : paragraph.end_sentence]:
                if sentence.start_ms is None:
                    dim = QTextCharFormat()
                    dim.setForeground(self._look.theme.dim)
                    formats.append(_range(block.shown, sentence.start, sentence.end, dim))
        for start, end, kind in borrowed(self.outline, index):
            lent = QTextCharFormat()
            lent.setForeground(self._look.theme.dim)
            lent.setFontItalic(kind == FILLED)
            formats.append(_range(block.shown, start, end, lent))
        block.has_dim = bool(formats)
        for offset in block.gaps:
            if 0 < offset < len(paragraph.text):
                wide = QTextCharFormat()
                wide.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
                wide.setFontLetterSpacing(self.measures.mark_gap_px)
                formats.append(_range(block.shown, offset - 1, offset, wide))
        return formats

    def _break_lines(self, block: Block, y: int) -> None:
        m = self.measures
        block.body_y = y
        text = block.shown.text
        layout = block.layout
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(m.text_px)
            baseline = max(m.baseline_px, ceil(line.ascent()))
            height = max(m.line_px, baseline + ceil(line.descent()))
            x = m.text_px - line.naturalTextWidth() if block.shown.rtl else 0.0
            line.setPosition(QPointF(x, y + baseline - line.ascent()))
            start = line.textStart()
            end = start + line.textLength()
            written = text[block.shown.from_qt(start) : block.shown.from_qt(end)]
            block.lines.append(Line(start, end - (len(written) - len(written.rstrip())), y, height))
            y += height
        layout.endLayout()
        block.height = y


def _line_start(line: Line) -> int:
    return line.start


def _line_top(line: Line) -> int:
    return line.y


def _range(shown: ShownText, start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = shown.to_qt(start)
    found.length = shown.to_qt(end) - found.start
    found.format = form
    return found


def _x(line: QTextLine, at: int) -> float:
    # The binding returns the position together with the offset it settled on.
    return float(line.cursorToX(at)[0])  # type: ignore[index]


def _edges(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return the stretches of a line that a span covers where directions mix, from left to right.

    By glyphs: at a border between directions the cursor stands in one place for two characters.
    """
    boxes = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
    cells = [(box.left(), box.right()) for box in boxes if box.width() > 0]
    merged: list[tuple[float, float]] = []
    for left, right in sorted(cells):
        if merged and left <= merged[-1][1] + 0.75:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged
