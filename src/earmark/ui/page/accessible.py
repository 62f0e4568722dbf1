# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The page as a screen reader meets it: a list whose items are the sentences. GUI thread.

Items are made when asked for, so a hundred thousand sentences cost nothing until they are walked. Nothing
is announced while sound plays: only a move of the focus is told.

Qt's cache owns every interface that has an id and frees it itself; Python only must not let go of one
before. So items are given back to Qt by id when the text changes, and kept here until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import TypeVar
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from shiboken6 import isValid

from earmark.base.errors import BugError
from earmark.domain.outline import Outline
from earmark.domain.times import spoken
from earmark.domain.transcript import FILLED, SKIPPED
from earmark.ui.page.reader import PageReader
from earmark.ui.page.shown import borrowed, plain

# Qt takes None for "there is none"; the stubs of the binding do not say so, hence the ignored overrides.
Held = TypeVar("Held")


class PageAccess:
    """Makes and keeps the interfaces of one page."""

    def __init__(self, page: PageReader) -> None:
        self._page = ref(page)
        self._root: PageInterface | None = None
        self._items: dict[int, SentenceInterface] = {}
        _install_factory()
        # The page's own attributes are gone when it says good-bye, so the items are handed to the slot.
        page.destroyed.connect(partial(_give_back, self._items))

    def interface(self) -> QAccessibleInterface | None:
        """Return the page's own interface."""
        page = self._page()
        if self._root is None and page is not None:
            self._root = PageInterface(page, self)
        return self._root

    def item(self, sentence: int) -> SentenceInterface | None:
        """Return the interface of a sentence."""
        page = self._page()
        outline = page.outline if page is not None else None
        if page is None or outline is None or not 0 <= sentence < len(outline.sentences):
            return None
        if sentence not in self._items:
            self._items[sentence] = SentenceInterface(page, self, sentence)
            QAccessible.registerAccessibleInterface(self._items[sentence])
        return self._items[sentence]

    def text_changed(self) -> None:
        """Let go of the items of the text that was shown before."""
        _give_back(self._items)
        page = self._page()
        if QAccessible.isActive() and page is not None:
            reset = QAccessibleEvent(page, QAccessible.Event.ObjectReorder)
            QAccessible.updateAccessibility(reset)

    def focus_moved(self, sentence: int) -> None:
        """Tell which sentence has the focus, while the page has it."""
        page = self._page()
        if QAccessible.isActive() and page is not None and page.hasFocus():
            event = QAccessibleEvent(page, QAccessible.Event.Focus)
            event.setChild(sentence)
            QAccessible.updateAccessibility(event)


def _give_back(items: dict[int, SentenceInterface], _page: object = None) -> None:
    for item in items.values():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
    items.clear()


class _PagePart(QAccessibleInterface):
    """What the list and its items share: the way to the page, which may be gone before them."""

    def __init__(self, page: PageReader, access: PageAccess) -> None:
        super().__init__()
        self._ref = ref(page)
        self._access = ref(access)

    @property
    def _page(self) -> PageReader:
        return _alive(self._ref())

    @property
    def _maker(self) -> PageAccess:
        return _alive(self._access())

    def isValid(self) -> bool:
        """Tell whether the page is still there."""
        page = self._ref()
        return page is not None and isValid(page)


class PageInterface(_PagePart):
    """The list."""

    def object(self) -> QObject:
        """Return the widget."""
        return self._page

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the window that holds the page."""
        return self._page.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return what holds the page."""
        holder = self._page.parentWidget()
        return QAccessible.queryAccessibleInterface(holder) if holder is not None else None

    def role(self) -> QAccessible.Role:
        """Return that this is a list."""
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        """Return whether it can have and has the focus."""
        state = QAccessible.State()
        state.focusable = 1
        state.multiSelectable = 1
        state.readOnly = 1
        state.focused = int(self._page.hasFocus())
        state.invisible = int(not self._page.isVisible())
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return the list's name."""
        return self._page.accessibleName() if kind is QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Keep the name: nothing here is edited."""

    def rect(self) -> QRect:
        """Return where the page is on the screen."""
        return QRect(self._page.mapToGlobal(QPoint(0, 0)), self._page.size())

    def childCount(self) -> int:
        """Return how many sentences there are."""
        return len(self._page.outline.sentences) if self._page.outline is not None else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a sentence."""
        return self._maker.item(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which sentence an item is."""
        return child.sentence if isinstance(child, SentenceInterface) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the sentence under a point of the screen."""
        page = self._page
        point = page.viewport().mapFromGlobal(QPoint(x, y))
        if page.outline is None or not page.viewport().rect().contains(point):
            return None
        place = page.standing.place_at(point, between=False)
        return self._maker.item(page.outline.sentence_at(*place)) if place is not None else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the focused sentence."""
        focus = self._page.focused_sentence()
        return self._maker.item(focus) if focus is not None and self._page.hasFocus() else None


class SentenceInterface(_PagePart):
    """One item of the list."""

    def __init__(self, page: PageReader, access: PageAccess, sentence: int) -> None:
        super().__init__(page, access)
        self.sentence = sentence

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return None: there is no widget behind a sentence."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the window that holds the page."""
        return self._page.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the list."""
        return self._maker.interface()

    def role(self) -> QAccessible.Role:
        """Return that this is an item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return whether the sentence is focused, selected, in sight."""
        page = self._page
        state = QAccessible.State()
        state.focusable = 1
        state.selectable = 1
        state.readOnly = 1
        state.focused = int(page.hasFocus() and page.focused_sentence() == self.sentence)
        selected = page.selected_sentences()
        state.selected = int(selected is not None and self.sentence in selected)
        state.offscreen = int(page.sentence_rect(self.sentence).isEmpty())
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return the words as the name, and who says them when as the description."""
        outline = self._page.outline
        if outline is None:
            return ""
        if kind is QAccessible.Text.Name:
            return plain(outline.text(self.sentence))
        if kind is QAccessible.Text.Description:
            start = outline.sentences[self.sentence].start_ms
            parts = [outline.speaker(self.sentence) or "", spoken(start) if start is not None else "no time"]
            parts += self._of_the_weave(outline)
            return ", ".join(part for part in parts if part)
        return ""

    def _of_the_weave(self, outline: Outline) -> Iterator[str]:
        """Yield what sighted readers see by dots and slanted or dim words."""
        held = outline.sentences[self.sentence]
        kinds = {
            kind
            for start, end, kind in borrowed(outline, held.paragraph)
            if start < held.end and held.start < end
        }
        if FILLED in kinds:
            yield "partly filled from the machine's text"
        if SKIPPED in kinds:
            yield "only heard by the machine"
        spans = self._page.scene.uncertain(held.paragraph)
        if any(start < held.end and held.start < end for _, start, end in spans):
            yield "the transcripts differ"

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Keep the words: nothing here is edited."""

    def rect(self) -> QRect:
        """Return where the sentence is on the screen; empty out of sight."""
        return self._page.sentence_rect(self.sentence)

    def childCount(self) -> int:
        """Return none."""
        return 0

    def child(self, index: int) -> None:  # type: ignore[override]
        """Return none."""

    def childAt(self, x: int, y: int) -> None:  # type: ignore[override]
        """Return none."""

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return that it is not held here."""
        return -1


def _alive(thing: Held | None) -> Held:
    if thing is None:
        raise BugError("an accessible interface outlived its page")
    return thing


@cache
def _install_factory() -> None:
    """Teach Qt, once in a process, to ask a page for its interface."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    # Asked for every object of the program: anything that is not a page answers None at once.
    access = getattr(thing, "page_access", None)
    return access.interface() if isinstance(access, PageAccess) else None
