# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The page's mouse: a click plays from a word, a drag selects, the wheel browses. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from earmark.domain.times import clock
from earmark.ui.page.reader import PageReader
from earmark.ui.page.scene import Place, Selection

# A move has no button of its own.
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton)
_DRAG_PX = 5
_SCROLL_EVERY_MS = 30
_WHEEL_LINES = 3


class PageMouse(QObject):
    """Acts on the events of the page's viewport; a child of the page."""

    def __init__(self, page: PageReader) -> None:
        super().__init__(page)
        self._page = page
        self._pressed: QPoint | None = None
        self._from: Place | None = None
        self._dragging = False
        self._pointer = QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(_SCROLL_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._wheel_rest_px = 0.0

    def forget(self) -> None:
        """Start anew with another text."""
        self._pressed = self._from = None
        self._dragging = False
        self._timer.stop()
        self._page.viewport().unsetCursor()

    def handle(self, event: QEvent) -> bool:
        """Act on an event of the viewport; False where it is not the mouse's."""
        if self._page.outline is None:
            return False
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QHelpEvent):
            return self._tooltip(event)
        if not isinstance(event, QMouseEvent) or event.button() not in _BUTTONS:
            return False  # the window may have a use for the others
        kind = event.type()
        if kind is QEvent.Type.MouseMove:
            self._move(event)
        elif kind is QEvent.Type.MouseButtonPress:
            self._press(event)
        elif kind is QEvent.Type.MouseButtonRelease:
            self._release(event)
        elif kind is QEvent.Type.MouseButtonDblClick:
            self._double(event)
        return True

    def _press(self, event: QMouseEvent) -> None:
        page = self._page
        point = event.position().toPoint()
        page.show_ring(False)
        if event.button() is Qt.MouseButton.RightButton:
            self._focus(point)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = page.standing.place_at(point)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and place is not None:
            page.browse()
            self._from = self._extend_from(place)
            self._dragging = True
            page.select(Selection(self._from, place))
            return
        self._pressed, self._from, self._dragging = point, place, False

    def _extend_from(self, place: Place) -> Place:
        page = self._page
        if page.scene.selection is not None and page.scene.selection.span is not None:
            return page.scene.selection.anchor
        if page.scene.focus is not None and page.outline is not None:
            held = page.outline.sentences[page.scene.focus]
            return held.paragraph, held.start
        return place

    def _move(self, event: QMouseEvent) -> None:
        page = self._page
        self._pointer = point = event.position().toPoint()
        if self._pressed is not None and not self._dragging:
            self._dragging = (point - self._pressed).manhattanLength() >= _DRAG_PX
            if self._dragging:
                page.browse()
        if self._dragging:
            self._drag_to(point)
            return
        over = event.buttons() == Qt.MouseButton.NoButton and page.standing.word_under(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        if page.viewport().cursor().shape() is not shape:
            page.viewport().setCursor(shape)

    def _drag_to(self, point: QPoint) -> None:
        page = self._page
        place = page.standing.place_at(point)
        if self._from is not None and place is not None:
            page.select(Selection(self._from, place))
        outside = not 0 <= point.y() < page.viewport().height()
        if outside and not self._timer.isActive():
            self._timer.start()
        elif not outside:
            self._timer.stop()

    def _release(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        clicked = self._pressed if not self._dragging else None
        self._pressed = self._from = None
        self._dragging = False
        self._timer.stop()
        if clicked is not None:
            self._click(clicked)

    def _click(self, point: QPoint) -> None:
        page = self._page
        page.clear_selection()
        found = page.standing.word_under(point)
        if found is not None:
            self._focus(point)
            page.word_activated.emit(found[0], found[1].offset)

    def _double(self, event: QMouseEvent) -> None:
        """Select the sentence; the first click has begun to play it."""
        page = self._page
        self._pressed = None
        place = page.standing.place_at(event.position().toPoint(), between=False)
        if event.button() is Qt.MouseButton.LeftButton and place is not None and page.outline is not None:
            sentence = page.outline.sentence_at(*place)
            page.select_sentences(sentence, sentence)

    def _focus(self, point: QPoint) -> None:
        place = self._page.standing.place_at(point, between=False)
        if place is not None and self._page.outline is not None:
            self._page.set_focused_sentence(self._page.outline.sentence_at(*place))

    def _wheel(self, event: QWheelEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return True
        px = float(event.pixelDelta().y())
        if event.pixelDelta().isNull():
            line_px = self._page.standing.layouts.measures.line_px
            px = event.angleDelta().y() / 120 * _WHEEL_LINES * line_px
        if px:
            self._page.browse()
            self._wheel_rest_px += px
            whole = int(self._wheel_rest_px)
            self._wheel_rest_px -= whole
            self._page.scroll_by(-whole)
        event.accept()
        return True

    def _tooltip(self, event: QHelpEvent) -> bool:
        mark = self._page.standing.mark_under(event.pos())
        if mark is None:
            QToolTip.hideText()
        else:
            # Our own words and digits only: a tooltip would take text with tags for HTML.
            text = f"{clock(mark.ms)} — something the typist did not hear"
            QToolTip.showText(event.globalPos(), text, self._page.viewport())
        return True

    @Slot()
    def _on_timeout(self) -> None:
        """Go on scrolling while the pointer is held beyond an edge."""
        height = self._page.viewport().height()
        beyond = self._pointer.y() if self._pointer.y() < 0 else self._pointer.y() - height
        self._page.scroll_by(max(-60, min(60, beyond // 2 or 1)))
        self._drag_to(self._pointer)
