# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The page with a selection and a focus, still without keys and mouse. GUI thread.

The playing sentence, the selection and the focus are three things, and none moves another.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from earmark.domain.outline import Outline
from earmark.ui.common.theme import Look
from earmark.ui.page.canvas import PageCanvas
from earmark.ui.page.scene import Place, Selection, of_sentences
from earmark.ui.page.standing import Spot


class ViewAnchor(NamedTuple):
    """A place of the view to come back to."""

    spot: Spot | None
    focus: int | None
    ring: bool


class PageReader(PageCanvas):
    """Knows which sentence has the focus and what is selected.

    Signals:
        word_activated: play from this paragraph and offset.
        focus_moved: this sentence has the page's focus now.
        selection_changed: look at `selected_span` again.
    """

    word_activated = Signal(int, int)
    focus_moved = Signal(int)
    selection_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._ring = False

    @property
    def ring(self) -> bool:
        """Whether the focused sentence is outlined while the page has the keyboard."""
        return self._ring

    def show_outline(self, outline: Outline | None, placeholder: str = "") -> None:
        """Show a text from its start, with nothing marked; without one, a sentence in its place."""
        had_selection = self.selected_span() is not None
        super().show_outline(outline, placeholder)
        if had_selection:
            self.selection_changed.emit()

    def show_start(self) -> None:
        """Show the text from its start, if following would: nothing is said yet."""
        if self.following and self.scene.now is None and self.standing.bar()[1] > 0:
            self.stand_at((0, 0))

    def show_sentence(self, sentence: int, *, focus: bool = False) -> None:
        """Bring a sentence into sight at a third of the height; with `focus` it gets the focus too."""
        if self.outline is None:
            return
        found = self.outline.sentences[sentence]
        self.stand_at((found.paragraph, found.start))
        if focus:
            self.set_focused_sentence(sentence)
            self.show_ring(True)

    def focused_sentence(self) -> int | None:
        """Return the sentence that Enter would play from."""
        return self.scene.focus

    def set_focused_sentence(self, sentence: int | None) -> None:
        """Move the page's focus; neither the view nor the selection moves."""
        before = self.scene.focus
        if sentence == before:
            return
        self.repaint_sentence(before)
        self.scene.focus = sentence
        self.repaint_sentence(sentence)
        if sentence is not None:
            self.focus_moved.emit(sentence)

    def show_ring(self, shown: bool) -> None:
        """Draw the outline of the focused sentence, or not; it is drawn only while the page has the focus."""
        self._ring = shown
        self.scene.ring = shown and self.hasFocus()
        self.repaint_sentence(self.scene.focus)

    def selected_span(self) -> tuple[Place, Place] | None:
        """Return ((paragraph, offset), (paragraph, offset)) of the selection in reading order."""
        return None if self.scene.selection is None else self.scene.selection.span

    def selected_sentences(self) -> range | None:
        """Return the sentences the selection touches."""
        if self.outline is None or self.scene.selection is None:
            return None
        return self.scene.selection.sentences(self.outline)

    def selected_text(self) -> str:
        """Return the selected words as plain text, paragraphs apart by a newline."""
        if self.outline is None or self.scene.selection is None:
            return ""
        return self.scene.selection.text(self.outline)

    def clear_selection(self) -> None:
        """Select nothing."""
        self.select(None)

    def select_sentences(self, first: int, last: int) -> None:
        """Select from one sentence to another, both included."""
        if self.outline is not None:
            self.select(of_sentences(self.outline, first, last))

    def select(self, selection: Selection | None) -> None:
        """Put a selection in place of the old one."""
        before = self.selected_span()
        self.scene.selection = selection
        if self.selected_span() != before:
            self.viewport().update()
            self.selection_changed.emit()

    def anchor(self) -> object:
        """Return where the view and the focus are, for `restore`."""
        spot = self.standing.spot()
        return ViewAnchor(spot, self.scene.focus, self._ring)

    def restore(self, anchor: object) -> None:
        """Bring view and focus back to where `anchor()` found them."""
        if not isinstance(anchor, ViewAnchor) or self.outline is None:
            return
        if anchor.spot is not None:
            self.return_to(anchor.spot)
        if anchor.focus is None or anchor.focus < len(self.outline.sentences):
            self.set_focused_sentence(anchor.focus)
            self.show_ring(anchor.ring)

    def sentence_rect(self, sentence: int) -> QRect:
        """Return the box around a sentence on the screen; an empty one where it is out of sight."""
        if self.outline is None:
            return QRect()
        found = self.outline.sentences[sentence]
        box = QRect()
        for rect in self.standing.span_rects(found.paragraph, found.start, found.end):
            box = box.united(rect.toAlignedRect())
        box = box.intersected(self.viewport().rect())
        return box.translated(self.viewport().mapToGlobal(QPoint(0, 0))) if not box.isEmpty() else QRect()
