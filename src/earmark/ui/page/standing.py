# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where the view stands in the text: a paragraph and how far its top is above the viewport; and its glide.

Nothing is known of paragraphs that are not in sight, so that the hundred-thousandth is as near as the
first. The scroll bar counts paragraphs in sixteenths. GUI thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QObject,
    QPoint,
    QRectF,
    QVariantAnimation,
    Signal,
    Slot,
)

from earmark.domain.transcript import Mark, Word
from earmark.ui.page.layout import Block, Layouts
from earmark.ui.page.scene import Place

UNITS = 16  # of the scroll bar in a paragraph
_DURATION_MS = 180
_NEAR = 12  # paragraphs that are walked to learn a distance


class Spot(NamedTuple):
    """A character and where its line stands in the viewport; survives any new breaking of lines."""

    paragraph: int
    offset: int
    y_px: int


class Standing:
    """The place of the view; every move keeps inside the text."""

    def __init__(self, layouts: Layouts, height_px: int) -> None:
        self.layouts = layouts
        self._height_px = height_px
        self._top = 0
        self._shift_px = 0
        self._seen: list[tuple[int, int, Block]] | None = None

    @property
    def height_px(self) -> int:
        """How high the viewport is."""
        return self._height_px

    def set_height(self, height_px: int) -> None:
        """Take a new viewport height."""
        self._height_px = height_px
        self._seen = None

    def seen(self) -> list[tuple[int, int, Block]]:
        """Return (paragraph, y of its top, block) of all that is in sight."""
        if self._seen is None:
            self._settle()
            self._seen = list(self._walk())
        return self._seen

    def move_by(self, px: int) -> int | None:
        """Move the text up by `px` (down where negative), and return how far it moved; None where too far."""
        seen = self.seen()
        self._shift_px += px
        self._seen = None
        after = self.y_of(seen[0][0]) if seen else None
        return None if after is None else seen[0][1] - after

    def place(self, paragraph: int, y_in_block: int, y_px: int) -> None:
        """Put a height of a paragraph at a height of the viewport."""
        self._top = paragraph
        self._shift_px = y_in_block - y_px
        self._seen = None
        self.seen()

    def y_of(self, paragraph: int) -> int | None:
        """Return where a paragraph's top is, also a little out of sight; None where that is far."""
        seen = self.seen()
        if not seen:
            return None
        first, last = seen[0], seen[-1]
        if first[0] <= paragraph <= last[0]:
            return seen[paragraph - first[0]][1]
        if 0 < first[0] - paragraph <= _NEAR:
            return first[1] - sum(self.layouts.height(i) for i in range(paragraph, first[0]))
        if 0 < paragraph - last[0] <= _NEAR:
            return last[1] + sum(self.layouts.height(i) for i in range(last[0], paragraph))
        return None

    def spot(self) -> Spot | None:
        """Return the first line in sight, as a character to come back to."""
        found = None
        for index, y, block in self.seen():
            for line in block.lines:
                found = Spot(index, block.shown.from_qt(line.start), y + line.y)
                if found.y_px + line.height > 0:
                    return found
        return found  # only the margin below the text is in sight

    def return_to(self, spot: Spot) -> None:
        """Put a character's line where it stood."""
        if spot.paragraph < len(self.layouts):
            block = self.layouts.block(spot.paragraph)
            self.place(spot.paragraph, _line_y(block, spot.offset), spot.y_px)

    def bar(self) -> tuple[int, int, int]:
        """Return (maximum, value, page step) for the scroll bar."""
        seen = self.seen()
        count = len(self.layouts)
        if not seen or (self._at_start() and self._at_end()):
            return 0, 0, 1
        page = max(1, round(UNITS * self._height_px / self.layouts.typical_height()))
        maximum = max(UNITS, count * UNITS - page)
        if self._at_end():
            return maximum, maximum, page
        height = max(1, self.layouts.height(self._top))
        value = self._top * UNITS + UNITS * self._shift_px // height
        return maximum, max(0, min(maximum - 1, value)), page

    def set_bar(self, value: int, maximum: int) -> None:
        """Move to where the scroll bar was put."""
        count = len(self.layouts)
        if value >= maximum:
            self.place(count - 1, self.layouts.height(count - 1), self._height_px)
            return
        index, part = divmod(value, UNITS)
        index = min(index, count - 1)
        self.place(index, self.layouts.height(index) * part // UNITS, 0)

    def span_rects(self, paragraph: int, start: int, end: int) -> list[QRectF]:
        """Return the boxes of a span in the viewport; none where its paragraph is not in sight."""
        left = self.layouts.measures.left_px
        for index, y, block in self.seen():
            if index == paragraph:
                return [rect.translated(left, y) for rect in block.rects(start, end)]
        return []

    def place_at(self, point: QPoint, *, between: bool = True) -> Place | None:
        """Return the place in the text nearest to a point: a gap, or else the character under it."""
        found = self._block_at(point)
        return None if found is None else (found[0], found[3].offset_at(found[1], found[2], between=between))

    def word_under(self, point: QPoint) -> tuple[int, Word] | None:
        """Return (paragraph, word) under a point of the viewport."""
        found = self._block_at(point)
        if found is None or not found[3].on_text(found[1], found[2]):
            return None
        word = self.layouts.outline.word_at(found[0], found[3].offset_at(found[1], found[2]))
        return None if word is None else (found[0], word)

    def mark_under(self, point: QPoint) -> Mark | None:
        """Return the mark whose sign is under a point of the viewport."""
        found = self._block_at(point)
        if found is None:
            return None
        index, x, y, block = found
        for offset, mark in self.layouts.marks.of(index):
            rect = block.gap_rect(offset, self.layouts.measures.mark_gap_px)
            if rect is not None and rect.contains(x, y):
                return mark
        return None

    def _block_at(self, point: QPoint) -> tuple[int, float, float, Block] | None:
        """Return (paragraph, x, y, block), in the block's coordinates, of the nearest block in sight."""
        found = None
        for entry in self.seen():
            if found is None or entry[1] <= point.y():
                found = entry
        if found is None:
            return None
        index, y, block = found
        return index, float(point.x() - self.layouts.measures.left_px), float(point.y() - y), block

    def _at_start(self) -> bool:
        return self._top == 0 and self._shift_px <= 0

    def _at_end(self) -> bool:
        seen = self.seen()
        if not seen or seen[-1][0] != len(self.layouts) - 1:
            return False
        return seen[-1][1] + self.layouts.height(seen[-1][0]) <= self._height_px

    def _settle(self) -> None:
        """Bring the place inside the text: end first, so that a short text stands at the top."""
        self._normalise()
        spare = self._height_px - self._reach()
        if spare > 0:
            self._shift_px -= spare
            self._normalise()
        if self._top == 0 and self._shift_px < 0:
            self._shift_px = 0

    def _normalise(self) -> None:
        count = len(self.layouts)
        while self._shift_px < 0 and self._top > 0:
            self._top -= 1
            self._shift_px += self.layouts.height(self._top)
        while self._top < count - 1 and self._shift_px >= (height := self.layouts.height(self._top)):
            self._shift_px -= height
            self._top += 1

    def _reach(self) -> int:
        """Return how far down the text reaches in the viewport, looking no further than its edge."""
        y = -self._shift_px
        for index in range(self._top, len(self.layouts)):
            if y >= self._height_px:
                break
            y += self.layouts.height(index)
        return max(y, -self._shift_px)

    def _walk(self) -> Iterator[tuple[int, int, Block]]:
        y = -self._shift_px
        for index in range(self._top, len(self.layouts)):
            if y >= self._height_px:
                return
            yield index, y, self.layouts.block(index)
            y += self.layouts.height(index)


class Glide(QObject):
    """Hands out a distance in steps; the steps add up to it exactly.

    Signals:
        stepped: move the view by so many pixels now.
    """

    stepped = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._distance_px = 0
        self._done_px = 0
        # It runs from nought to one: new ends would be told as a value of the glide before.
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(_DURATION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._on_value_changed)

    @property
    def running(self) -> bool:
        """Whether it still moves."""
        return self._animation.state() is QAbstractAnimation.State.Running

    def start(self, distance_px: int) -> None:
        """Glide by a distance from here; what was left of another glide is dropped."""
        self.stop()
        if distance_px:
            # Rewound while there is no distance: the first value is the old one.
            self._animation.setCurrentTime(0)
            self._distance_px, self._done_px = distance_px, 0
            self._animation.start()

    def stop(self) -> None:
        """Stay where the view is."""
        self._distance_px = self._done_px = 0
        self._animation.stop()

    @Slot(object)
    def _on_value_changed(self, part: float) -> None:
        step = round(self._distance_px * part) - self._done_px
        self._done_px += step
        if step:
            self.stepped.emit(step)


def _line_y(block: Block, offset: int) -> int:
    return block.lines[block.line_of(offset)].y if block.lines else block.body_y
