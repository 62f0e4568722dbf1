# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The transcript page as others see it: keys, mouse and screen reader put to the page. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from earmark.domain.outline import Outline
from earmark.ui.common.theme import Look
from earmark.ui.page.accessible import PageAccess
from earmark.ui.page.mouse import PageMouse
from earmark.ui.page.reader import PageReader
from earmark.ui.page.scene import of_sentences

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_KEY = Qt.Key
_MOVES = frozenset(
    {_KEY.Key_Up, _KEY.Key_Down, _KEY.Key_PageUp, _KEY.Key_PageDown, _KEY.Key_Home, _KEY.Key_End}
)
_PAGES = frozenset({_KEY.Key_PageUp, _KEY.Key_PageDown})
_ENTER = frozenset({_KEY.Key_Return, _KEY.Key_Enter})
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class PageView(PageReader):
    """The transcript, one Tab stop, navigated by sentence.

    Signals:
        menu_requested: show what can be done with the focused sentence, at this place of the screen.
    """

    menu_requested = Signal(QPoint)

    _mouse: PageMouse | None = None  # the viewport has events before the page is built

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._keys = PageKeys(self)
        self._mouse = PageMouse(self)
        self.page_access = PageAccess(self)
        self.focus_moved.connect(self._on_focus_moved)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Transcript")

    def show_outline(self, outline: Outline | None, placeholder: str = "") -> None:
        """Show a text from its start, with nothing marked; without one, a sentence in its place."""
        super().show_outline(outline, placeholder)
        self._keys.forget()
        if self._mouse is not None:
            self._mouse.forget()
        self.page_access.text_changed()

    def event(self, event: QEvent) -> bool:
        """Claim the page's own keys before a shortcut of the window takes them."""
        if event.type() is QEvent.Type.ShortcutOverride and self.outline is not None:
            assert isinstance(event, QKeyEvent)
            if self._keys.owns(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by sentence and page; every other key is the window's."""
        if self.outline is None or not self._keys.press(event):
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Let the mouse act; everything else is the scroll area's."""
        if self._mouse is not None and self._mouse.handle(event):
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which sentence has the focus when the page was reached by keys."""
        if event.reason() in _BY_KEYS:
            self._show_where()
        self.show_ring(self.ring)
        if self.scene.focus is not None:
            self.page_access.focus_moved(self.scene.focus)

    def enter(self) -> None:
        """Give the page the keyboard and show where it is, also where the page had it already."""
        if self.hasFocus():
            self._show_where()
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_where(self) -> None:
        """Outline the sentence where moving begins: one out of sight is nowhere to begin."""
        if self.outline is not None:
            self.set_focused_sentence(self._keys.start())
            self.show_ring(True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the sentence with the focus; the right button has put it there."""
        if self.outline is None:
            return
        by_keys = event.reason() is QContextMenuEvent.Reason.Keyboard
        if self.scene.focus is None or by_keys:
            self.set_focused_sentence(self._keys.start())
        box = self.sentence_rect(self.scene.focus) if self.scene.focus is not None else QRect()
        self.menu_requested.emit(box.bottomLeft() if by_keys and not box.isEmpty() else event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the outline away; the focused sentence stays."""
        self.scene.ring = False
        self.repaint_sentence(self.scene.focus)

    @Slot(int)
    def _on_focus_moved(self, sentence: int) -> None:
        self.page_access.focus_moved(sentence)


class PageKeys:
    """Turns keys into moves of the focus and of the selection. Every move is browsing."""

    def __init__(self, page: PageReader) -> None:
        self._page = page
        self._anchor: int | None = None

    def forget(self) -> None:
        """Start anew with another text."""
        self._anchor = None

    def owns(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the page's own."""
        key, held = _key(event), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _MOVES:
            return held in (_NONE, _SHIFT)
        if key in _ENTER:
            return held == _NONE
        return key == _KEY.Key_A and held == _CONTROL

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False where it is not the page's own."""
        if not self.owns(event) or self._page.outline is None:
            return False
        key = _key(event)
        if key in _ENTER:
            self._play()
        elif key == _KEY.Key_A:
            self._anchor = None
            self._page.select_sentences(0, len(self._page.outline.sentences) - 1)
        else:
            self._move(key, extend=bool(event.modifiers() & _SHIFT))
        return True

    def start(self) -> int | None:
        """Return where moving begins: the focus while in sight, else what plays, else the first in sight."""
        page = self._page
        for sentence in (page.scene.focus, page.scene.now):
            if sentence is not None and not page.sentence_rect(sentence).isEmpty():
                return sentence
        return self._first_in_sight()

    def _play(self) -> None:
        page = self._page
        sentence = page.scene.focus if page.scene.focus is not None else self.start()
        if sentence is not None and page.outline is not None:
            page.set_focused_sentence(sentence)
            found = page.outline.sentences[sentence]
            page.word_activated.emit(found.paragraph, found.start)

    def _move(self, key: Qt.Key, *, extend: bool) -> None:
        page = self._page
        page.browse()
        begin = self.start()
        if begin is None:
            return
        target = self._target(key, begin)
        page.set_focused_sentence(target)
        page.show_ring(True)
        if key not in _PAGES:  # a page key has moved the view itself
            self._bring(target)
        if not extend:
            self._anchor = None
        elif page.outline is not None:
            self._anchor = begin if self._anchor is None else self._anchor
            page.select(of_sentences(page.outline, self._anchor, target))

    def _target(self, key: Qt.Key, begin: int) -> int:
        page = self._page
        last = len(page.outline.sentences) - 1 if page.outline is not None else 0
        step = page.viewport().height() - 2 * page.look.px(28)
        if key == _KEY.Key_Home:
            return 0
        if key == _KEY.Key_End:
            return last
        if key == _KEY.Key_PageDown:
            return self._page_by(step, last)
        if key == _KEY.Key_PageUp:
            return self._page_by(-step, 0)
        return max(0, min(last, begin + (1 if key == _KEY.Key_Down else -1)))

    def _page_by(self, px: int, end: int) -> int:
        """Move the view by nearly its height; the focus goes to the first sentence then in sight."""
        page = self._page
        standing = page.standing
        before = standing.spot()
        page.scroll_by(px)
        if standing.spot() == before:
            return end
        found = self._first_in_sight()
        return end if found is None else found

    def _first_in_sight(self) -> int | None:
        """Return the first sentence that begins in sight, or the one that fills it."""
        page = self._page
        spot = page.standing.spot()
        if spot is None or page.outline is None:
            return None
        found = page.outline.sentence_at(spot.paragraph, spot.offset)
        held = page.outline.sentences[found]
        hidden = (held.paragraph, held.start) < (spot.paragraph, spot.offset) or spot.y_px < 0
        if hidden and found + 1 < len(page.outline.sentences):
            following = page.sentence_rect(found + 1)
            return found if following.isEmpty() else found + 1
        return found

    def _bring(self, sentence: int) -> None:
        """Scroll as little as shows the sentence with a line to spare above and below."""
        page = self._page
        if page.outline is None:
            return
        found = page.outline.sentences[sentence]
        rects = page.standing.span_rects(found.paragraph, found.start, found.end)
        if not rects:
            page.stand_at((found.paragraph, found.start))
            return
        spare = page.look.px(40)
        room = page.viewport().height()
        top, bottom = rects[0].top() - spare, rects[-1].bottom() + spare
        if top < 0 or bottom - top > room:
            page.scroll_by(round(top))
        elif bottom > room:
            page.scroll_by(round(bottom - room))


def _key(event: QKeyEvent) -> Qt.Key:
    return Qt.Key(event.key())
