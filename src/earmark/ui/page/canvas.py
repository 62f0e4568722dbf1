# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The page without its hands: shows an outline, scrolls, follows, repaints only what changed. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from earmark.domain.outline import Outline
from earmark.domain.transcript import Transcript, Word
from earmark.ui.common.theme import PAGE_TEXT_PX, Look
from earmark.ui.page.layout import Layouts, Measures
from earmark.ui.page.paint import PagePainter
from earmark.ui.page.scene import HitSource, Place, Scene, Span
from earmark.ui.page.standing import Glide, Spot, Standing

_NOTHING = Outline(Transcript("nothing", ()), (), ())
_FAR = 1.5  # viewport heights: farther than this is a jump, not a glide
_PILL_PX = 50  # a line that is shown stays clear of the pill in the corner
_HALO_PX = 8  # how far boxes and outlines reach beyond the letters


class PageCanvas(QAbstractScrollArea):
    """Paints the paragraphs in sight and keeps the playing line at a third of the height.

    Signals:
        browsing_started: the listener moved the view or began to select; following has ended.
        view_moved: the text stands elsewhere in the viewport, or is set anew.
    """

    browsing_started = Signal()
    view_moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A viewport of our own: asking for Qt's makes PySide load every kind of widget it could be (25 ms).
        self._surface = QWidget()
        self.setViewport(self._surface)
        self.look = look
        self.outline: Outline | None = None
        self.scene = Scene()
        self.standing = self._standing_in(_NOTHING, Measures(look, self.viewport().width()))
        self._placeholder = ""
        self._following = True
        self._followed: tuple[int, int] | None = None
        self._kept: Spot | None = None
        self._syncing = False
        self._free_px = 0
        self._glide = Glide(self)
        self._glide.stepped.connect(self.scroll_by)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().actionTriggered.connect(self._on_bar_used)
        look.changed.connect(self._on_look_changed)

    def show_outline(self, outline: Outline | None, placeholder: str = "") -> None:
        """Show a text from its start, with nothing marked; without one, a sentence in its place."""
        self._glide.stop()
        self.outline = outline if outline is not None and outline.paragraphs else None
        self._placeholder = placeholder
        motion, self.scene = self.scene.motion, Scene()
        self.scene.motion = motion
        self._followed = self._kept = None
        self.standing = self._standing_in(self.outline or _NOTHING, self.standing.layouts.measures)
        self._moved(keep=True)

    def set_now(self, sentence: int | None, word: Word | None) -> None:
        """Light the playing sentence and word; `word.offset` counts in the paragraph."""
        scene = self.scene
        if self.outline is None or (sentence == scene.now and word == scene.word):
            return
        before_sentence, before_word = scene.now, scene.word
        scene.now, scene.word = sentence, word
        if sentence != before_sentence:
            self.repaint_sentence(before_sentence)
            self.repaint_sentence(sentence)
        else:
            self._repaint_word(sentence, before_word)
            self._repaint_word(sentence, word)
        if self._following:
            self._follow(gliding=True)

    def set_following(self, following: bool) -> None:
        """Keep the playing line at a third of the height, or leave the view to the listener."""
        self._following = following
        self._followed = None
        if following:
            self._follow(gliding=True)
        else:
            self._glide.stop()

    @property
    def following(self) -> bool:
        """Whether the view goes with the playing line."""
        return self._following

    def keep_free(self, below_px: int) -> None:
        """Keep so much height free below the playing line: something lies over it there."""
        before = self._third()
        self._free_px = below_px
        if self._following and self._third() != before:
            self._followed = None
            self._follow(gliding=True)

    def set_hits(self, hits: HitSource | None, current: Sequence[Span] = ()) -> None:
        """Show search hits, asked for by paragraph; `current` are the (paragraph, start, end) of one."""
        self.scene.set_hits(hits, current)
        self.viewport().update()

    def set_margin_marks(self, marks: Mapping[int, str], marked_by: Mapping[int, str] | None = None) -> None:
        """Show a bar beside sentences, in the theme's colour of that role; those of one mark share one."""
        self.scene.margin, self.scene.marked_by = dict(marks), dict(marked_by or {})
        self.viewport().update()

    def set_uncertain(self, spans: Sequence[tuple[int, int, int]]) -> None:
        """Underline spans in doubt with dots."""
        self.scene.set_uncertain(spans)
        self.viewport().update()

    def set_doubt(self, span: tuple[int, int, int] | None) -> None:
        """Put a box around the (paragraph, start, end) in doubt that the listener is at."""
        if span != self.scene.doubt:
            self.scene.doubt = span
            self.viewport().update()

    def set_word_motion(self, motion: str) -> None:
        """Say which words may move: "words" of known time, "soft" ones too, or whole "sentences"."""
        if motion not in {"words", "soft", "sentences"}:
            raise ValueError(motion)
        self.scene.motion = motion
        self.viewport().update()

    def browse(self) -> None:
        """Leave following: the listener took the view."""
        self._following = False
        self._glide.stop()
        self.browsing_started.emit()

    @Slot(int)
    def scroll_by(self, px: int) -> None:
        """Move the text up by so many pixels."""
        if self.outline is not None and px:
            shift = self.standing.move_by(px)
            self._moved(by=shift)

    def stand_at(self, place: Place, y_px: int | None = None) -> None:
        """Put a character's line at a height of the viewport; without one at a third of it."""
        if self.outline is None:
            return
        self._glide.stop()
        block = self.standing.layouts.block(place[0])
        line_y = block.lines[block.line_of(place[1])].y if block.lines else 0
        self.standing.place(place[0], line_y, self._third() if y_px is None else y_px)
        self._moved()

    def return_to(self, spot: Spot) -> None:
        """Stand again where `standing.spot()` was."""
        self._glide.stop()
        self.standing.return_to(spot)
        self._moved()

    def repaint_sentence(self, number: int | None) -> None:
        """Paint a sentence's lines and its gutter anew."""
        if number is None or self.outline is None:
            return
        sentence = self.outline.sentences[number]
        for index, y, block in self.standing.seen():
            if index == sentence.paragraph:
                self.viewport().update(self._painter.gutter_rect(index, block, y).toAlignedRect())
        self._repaint_lines(self.standing.span_rects(sentence.paragraph, sentence.start, sentence.end))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight and asked for."""
        painter = QPainter(self.viewport())
        theme = self.look.theme
        dirty = QRectF(event.rect())
        painter.setBackground(theme.page)
        painter.eraseRect(dirty)
        if self.outline is None:
            painter.setPen(theme.dim)
            painter.setFont(self.look.font(PAGE_TEXT_PX))
            # Above the middle: what can be done about it stands below.
            room = self.viewport().rect().adjusted(24, 0, -24, -self.viewport().height() // 2)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._placeholder)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, y, block in self.standing.seen():
            if y < dirty.bottom() and y + block.height + _HALO_PX > dirty.top():
                self._painter.paint(painter, index, block, y, dirty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew where the width asks for it; the text stays where it is."""
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Go where the scroll bar was put."""
        if not self._syncing and self.outline is not None:
            bar = self.verticalScrollBar()
            self.standing.set_bar(bar.value(), bar.maximum())
            self._kept = None
            self.viewport().update()
            self.view_moved.emit()

    def _standing_in(self, outline: Outline, measures: Measures) -> Standing:
        layouts = Layouts(self.look, outline, measures)
        self._painter = PagePainter(self.look, layouts, self.scene)
        return Standing(layouts, self.viewport().height())

    def _fit(self, *, afresh: bool = False) -> None:
        size = self.viewport().size()
        spot = self._kept or self.standing.spot()
        self._glide.stop()
        broken = self.standing.layouts.measure(size.width(), afresh=afresh)
        self.standing.set_height(size.height())
        if self._following and self.scene.now is not None:
            self._followed = None
            self._follow(gliding=False)
        elif broken and spot is not None:
            self.standing.return_to(spot)
            self._kept = spot
        self._moved(keep=True)

    def _follow(self, *, gliding: bool) -> None:
        if self.outline is None or self.scene.now is None:
            return
        sentence = self.outline.sentences[self.scene.now]
        offset = self.scene.word.offset if self.scene.word is not None else sentence.start
        block = self.standing.layouts.block(sentence.paragraph)
        line = block.line_of(offset)
        if (sentence.paragraph, line) == self._followed or not block.lines:
            return
        self._followed = sentence.paragraph, line
        top = self.standing.y_of(sentence.paragraph)
        distance = None if top is None else top + block.lines[line].y - self._third()
        far = distance is None or abs(distance) > _FAR * self.standing.height_px
        if far or not gliding or self.look.reduced_motion or not self.isVisible():
            self.stand_at((sentence.paragraph, offset))
        elif distance is not None:
            self._glide.start(distance)

    def _third(self) -> int:
        height = self.viewport().height()
        line = self.standing.layouts.measures.line_px
        free = max(self._free_px, self.look.px(_PILL_PX))
        return min(height // 3, max(0, height - line - free))

    def _moved(self, *, keep: bool = False, by: int | None = None) -> None:
        """Let the scroll bar tell the new place, and paint it; what only moved up `by` pixels is moved."""
        if not keep:
            self._kept = None
        self._syncing = True
        bar = self.verticalScrollBar()
        maximum, value, page = self.standing.bar()
        bar.setPageStep(page)
        bar.setSingleStep(2)
        bar.setRange(0, maximum)
        bar.setValue(value)
        self._syncing = False
        surface = self.viewport()
        # Half pixels cannot be moved, and what lies on the surface must not be.
        if by is None or surface.devicePixelRatioF() % 1 or not surface.childrenRegion().isEmpty():
            surface.update()
        else:
            surface.scroll(0, -by)
        self.view_moved.emit()

    def _repaint_word(self, sentence: int | None, word: Word | None) -> None:
        if sentence is not None and word is not None and self.outline is not None:
            paragraph = self.outline.sentences[sentence].paragraph
            self._repaint_lines(self.standing.span_rects(paragraph, word.offset, word.end))

    def _repaint_lines(self, rects: list[QRectF]) -> None:
        for rect in rects:
            halo = rect.adjusted(-2 * _HALO_PX, -_HALO_PX, 2 * _HALO_PX, _HALO_PX)
            self.viewport().update(halo.toAlignedRect())

    @Slot(int)
    def _on_bar_used(self, _action: int) -> None:
        self.browse()

    @Slot()
    def _on_look_changed(self) -> None:
        self._fit(afresh=True)
