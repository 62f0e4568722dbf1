# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The woven transcript on the page: dotted words, the card, and the commands that ask something."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Slot
from PySide6.QtWidgets import QDialog

from earmark.commands.registry import Registry
from earmark.domain.outline import Outline
from earmark.session.session import Session
from earmark.session.woven.values import Doubt
from earmark.session.woven.walking import Walking
from earmark.session.woven.weaving import Weaving
from earmark.ui.common.theme import Look
from earmark.ui.page.view import PageView
from earmark.ui.weave.card import DoubtCard
from earmark.ui.weave.choose import ChooseWords


class WeaveBinder(QObject):
    """Shows the doubts where they are read, and the one the listener is at."""

    def __init__(
        self,
        look: Look,
        page: PageView,
        session: Session,
        weaving: Weaving,
        walking: Walking,
        registry: Registry,
    ) -> None:
        super().__init__()
        self._look = look
        self._page = page
        self._session = session
        self._weaving = weaving
        self._walking = walking
        self._registry = registry
        self._outline: Outline | None = None  # the text the current doubt was found in
        self._span: tuple[int, int, int] | None = None  # of the text, what the card speaks of
        self.card = DoubtCard(look, page.viewport())
        session.track_changed.connect(self._on_doubts_changed)
        weaving.changed.connect(self._on_doubts_changed)
        walking.moved.connect(self._on_walked)
        page.view_moved.connect(self._on_view_moved)
        self.card.keep_requested.connect(self._on_keep_requested)
        self.card.left.connect(self.leave)
        registry.register("weave.choose", self.choose, weaving.can_choose)

    def choose(self, name: str = "") -> None:
        """Weave with the words of a transcript, asking for one unless it is named."""
        names = [track.name for track in self._weaving.choices()]
        if not name:
            held = self._weaving.words_from
            current = names.index(held.name) if held is not None and held.name in names else 0
            dialog = ChooseWords(self._look, names, current, self._page.window())
            if dialog.exec() != QDialog.DialogCode.Accepted:
                return
            name = names[dialog.chosen()]
        self._weaving.choose(name)

    @Slot()
    def leave(self) -> bool:
        """Close the card; tell whether there was one."""
        if self._walking.current is None:
            return False
        self._walking.leave()
        return True

    @Slot()
    def _on_doubts_changed(self) -> None:
        track, outline = self._session.track, self._session.outline
        if track is not None and track is self._weaving.track and outline is not None:
            self._page.set_uncertain([_seen(outline, doubt) for doubt in self._weaving.doubts])
        self._mark(self._walking.current)

    @Slot(object)
    def _on_walked(self, doubt: Doubt | None) -> None:
        left, self._span = self._span, None
        if doubt is None:
            self._mark(None)
            self._leave_at(left)
            return
        self._outline = self._session.outline
        self._mark(doubt)
        ours, theirs = self._names()
        standing, other = (ours, doubt.anchor.quote), (theirs, doubt.other)
        if doubt.kept:
            standing, other = other, standing
        self.card.show_wordings(self._walking.number, standing, other)
        self._page.keep_free(self.card.room_px(self._page.viewport().rect()))
        self._follow_words(doubt)

    def _mark(self, doubt: Doubt | None) -> None:
        outline = self._outline
        if doubt is None or outline is None or self._page.outline is not outline:
            self._span = None
        else:
            self._span = _seen(outline, doubt)
        self._page.set_doubt(self._span)

    def _leave_at(self, span: tuple[int, int, int] | None) -> None:
        """Close the card; the keyboard goes on from the words it spoke of."""
        held = self._holds_focus()
        self.card.hide()
        self._page.keep_free(0)
        if held:
            if span is not None and self._page.outline is not None:
                self._page.set_focused_sentence(self._page.outline.sentence_at(*span[:2]))
            self._page.enter()

    def _holds_focus(self) -> bool:
        return self.card.hasFocus() or self.card.isAncestorOf(self.card.window().focusWidget())

    def _names(self) -> tuple[str, str]:
        words = self._weaving.words_from
        others = [track.name for track in self._weaving.given() if track is not words]
        return words.name if words else "", others[0] if len(others) == 1 else "Other"

    @Slot()
    def _on_view_moved(self) -> None:
        doubt = self._walking.current
        if doubt is not None:
            self._follow_words(doubt)

    def _follow_words(self, doubt: Doubt) -> None:
        """Keep the card at its words while they are in sight and playback is about there."""
        outline = self._outline
        if outline is None or self._page.outline is not outline:
            return  # the text is being changed; the doubt is found in the new one in a moment
        room = self._page.viewport().rect()
        words = QRect()
        for rect in self._page.standing.span_rects(*_seen(outline, doubt)):
            words = words.united(rect.toAlignedRect())
        if not words.intersects(room):
            # The listener looks elsewhere. Where the view went by itself, the card stays a while.
            if not (self._page.following and self._walking.near):
                self._hide()
        elif self.card.isVisible():
            self.card.place(words, room)
        elif self._walking.near:
            self.card.place(words, room)
            self.card.setFocus()
        else:
            self._walking.leave()

    def _hide(self) -> None:
        if self._holds_focus():
            self._page.setFocus()
        self.card.hide()

    @Slot()
    def _on_keep_requested(self) -> None:
        self._registry.attempt("weave.keep_other")


def _seen(outline: Outline, doubt: Doubt) -> tuple[int, int, int]:
    """Return what is marked for a doubt: its words, or the blank where words are missing."""
    paragraph, start, end = doubt.span
    text = outline.paragraphs[paragraph].text
    if end > start or not text:
        return paragraph, start, end
    if start and (text[start - 1] == " " or start == len(text)):
        return paragraph, start - 1, start
    return paragraph, start, start + 1
