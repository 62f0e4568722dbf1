# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The list of cards: keys, mouse, choosing several, and writing in a card. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from earmark.ui.bookmarks.card import Card, Key
from earmark.ui.bookmarks.drawing import CardDrawing
from earmark.ui.bookmarks.model import CardModel, runs
from earmark.ui.bookmarks.rows import RowView
from earmark.ui.bookmarks.writing import CardField
from earmark.ui.common.theme import Look

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FEW = 40
_HINT_PX = 68  # the sentence in the place of the cards
_UNBOUNDED = (1 << 24) - 1  # Qt's own bound
_FLAG = QItemSelectionModel.SelectionFlag


class CardList(RowView):
    """The cards.

    Signals:
        play_requested: play from this bookmark (id).
        key_pressed: a key that is not the list's own, in Qt's portable text; for the pane.
        note_written, tags_written: (id, text) to be kept.
        menu_requested: show the context menu at this place of the screen.
    """

    play_requested = Signal(str)
    key_pressed = Signal(str)
    note_written = Signal(str, str)
    tags_written = Signal(str, str)
    menu_requested = Signal(QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(CardModel(), CardDrawing(look), parent)
        self._look = look
        self._hint = ""
        self._writing: tuple[str, str] | None = None  # bookmark, "note" or "tags"
        self._awaited: str | None = None  # whose note is to be written as soon as it is here
        self._lost: str | None = None  # where the list was when this was taken out; it may come back
        self._field = CardField(look, self.viewport())
        self.setObjectName("cards")
        self.setAccessibleName("Bookmarks")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_wanted)
        self.doubleClicked.connect(self._on_double_clicked)
        self._field.finished.connect(self._on_written)
        self._field.height_changed.connect(self._on_field_height)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        look.changed.connect(self._on_look_changed)

    # What is shown

    def set_hint(self, hint: str) -> None:
        """Set the sentence that stands in the place of the cards where there are none."""
        if hint != self._hint:
            self._hint = hint
            self.viewport().update()

    def show_cards(self, cards: Sequence[Card], key: Key) -> None:
        """Show these cards, which come in the order of `key`."""
        chosen, current = self.chosen(), self.current()
        self.cards.show(cards, key)
        self.drawing.forget(cards)
        if self.current() != current:
            self.choose(chosen, current)
        self._came()

    def exchange_cards(self, gone: Sequence[Card], come: Sequence[Card]) -> None:
        """Take a few cards out and put others in."""
        chosen, current, row = self.chosen(), self.current(), self.currentIndex().row()
        if not self.cards.exchange(gone, come):
            return
        if self._lost is not None and self.cards.row_of(self._lost) >= 0:
            self.choose([], self._lost)
            self._lost = None
        elif current is not None and self.cards.row_of(current) < 0:
            self._lost = current
            self._be_at(self.cards.index(min(row, len(self.cards.cards) - 1)))
        elif current != self.current():
            self.choose(chosen, current)
        self._came()

    def _came(self) -> None:
        if self._awaited is not None and self.cards.row_of(self._awaited) >= 0:
            self.write_note(self._awaited)
        self._relayout()
        self._place_field()

    def current(self) -> str | None:
        """Return the bookmark the list is at."""
        row = self.currentIndex().row()
        return self.cards.cards[row].id if 0 <= row < len(self.cards.cards) else None

    def chosen(self) -> list[str]:
        """Return the chosen bookmarks, in their order."""
        # By ranges: Qt asks twice about every index that it lists.
        parts = sorted((part.top(), part.bottom() + 1) for part in self.selectionModel().selection().toList())
        return [card.id for first, end in parts for card in self.cards.cards[first:end]]

    def choose(self, bookmarks: Sequence[str], current: str | None) -> None:
        """Choose bookmarks and be at one of them, as far as they are shown."""
        selection = self.selectionModel()
        row = self.cards.row_of(current) if current else -1
        if row >= 0:
            self._be_at(self.cards.index(row))
        if len(bookmarks) > 1:
            chosen = set(bookmarks)
            parts = QItemSelection()
            for first, end in runs([card.id in chosen for card in self.cards.cards]):
                parts.select(self.cards.index(first), self.cards.index(end - 1))
            selection.select(parts, _FLAG.Select)

    def _be_at(self, index: QModelIndex) -> None:
        """Choose a card and no other; Qt's own way heeds the keys that are held, such as those of an undo."""
        self.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)

    def go_to(self, bookmark: str) -> None:
        """Be at a bookmark and bring it into sight; the focus stays where it is."""
        row = self.cards.row_of(bookmark)
        if row >= 0 and self._writing is None:
            self._be_at(self.cards.index(row))
            self.scrollTo(self.cards.index(row))

    # Writing

    def write_note(self, bookmark: str) -> None:
        """Write the note of a bookmark in its card, as soon as it is here."""
        self._begin(bookmark, "note")

    def write_tags(self, bookmark: str) -> None:
        """Write the tags of a bookmark in its card."""
        self._begin(bookmark, "tags")

    @property
    def writing(self) -> bool:
        """Whether something is being written."""
        return self._writing is not None

    @Slot()
    def finish(self) -> None:
        """Keep what is being written."""
        self._on_written(False)

    def _begin(self, bookmark: str, what: str) -> None:
        self.finish()
        row = self.cards.row_of(bookmark)
        if row < 0:
            self._awaited = bookmark
            return
        self._awaited = None
        card = self.cards.cards[row]
        self._be_at(self.cards.index(row))
        self._writing = (bookmark, what)
        if what == "note":
            self._field.begin(card.note, f"Note at {card.time or 'this place'}")
        else:
            self._field.begin(", ".join(card.tags), "Tags, separated by commas", one_line=True)
        self._on_field_height()
        self.scrollTo(self.cards.index(row))
        self._place_field()
        self._field.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(bool)
    def _on_written(self, back: bool) -> None:
        if self._writing is None:
            return
        (bookmark, what), self._writing = self._writing, None
        text = self._field.toPlainText().strip()
        self.drawing.editing = None
        had_focus = back or self._field.hasFocus()
        self._field.hide()
        self._relayout()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        (self.note_written if what == "note" else self.tags_written).emit(bookmark, text)

    @Slot()
    def _on_field_height(self) -> None:
        if self._writing is None:
            return
        editing = (self._writing[0], self._field.sizeHint().height())
        if editing != self.drawing.editing:
            self.drawing.editing = editing
            self._relayout()
        self._place_field()

    def _relayout(self) -> None:
        """Lay the cards out anew; a few of them take no more room than they need."""
        self.doItemsLayout()
        cards, most = self.cards.cards, _UNBOUNDED
        if len(cards) <= _FEW:
            wanted = sum(self.drawing.height(card, self.viewport().width()) for card in cards)
            most = self._look.px(4) + (wanted if cards else self._look.px(_HINT_PX))
        self.setMaximumHeight(most)

    @Slot()
    def _place_field(self) -> None:
        if self._writing is None:
            return
        row = self.cards.row_of(self._writing[0])
        if row < 0:
            return  # filtered away meanwhile; what is written stays in the field
        rect = self.visualRect(self.cards.index(row))
        self._field.setGeometry(self.drawing.note_rect(self.cards.cards[row], rect))

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play on Enter; moving is the list's own; the rest is for the pane."""
        current = self.current()
        if event.key() in _ENTER and current is not None:
            self.play_requested.emit(current)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = QKeySequence(int(held.value) | event.key()).toString(QKeySequence.SequenceFormat.PortableText)
        sign = event.text()
        self.key_pressed.emit(sign if sign.isprintable() and sign and not sign.isalnum() else name)
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be at a card when the list was reached by keys; Qt would be at the first without choosing it."""
        super().focusInEvent(event)
        if not self.selectedIndexes() and self.cards.cards:
            self._be_at(self.cards.index(max(0, self.currentIndex().row())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words fall into the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._relayout()
        self._place_field()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, or the sentence in their place."""
        super().paintEvent(event)
        if self.cards.cards or not self._hint:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._look.font(13))
        painter.setPen(self._look.theme.dim)
        px = self._look.px
        room = self.viewport().rect().adjusted(px(6), px(8), -px(6), 0)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(flags.value), self._hint)
        painter.end()

    @Slot(QPoint)
    def _on_menu_wanted(self, place: QPoint) -> None:
        if self.indexAt(place).isValid() or self.current() is not None:
            self.menu_requested.emit(self.viewport().mapToGlobal(place))

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.cards.cards):
            self.play_requested.emit(self.cards.cards[index.row()].id)

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._place_field()

    @Slot()
    def _on_look_changed(self) -> None:
        self._relayout()
        self._on_field_height()
