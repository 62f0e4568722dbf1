# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The right pane: bookmarks of this recording or of all, searched and sorted, and the chapters. GUI thread.

It knows nothing of the session: the shell gives it cards and actions, and listens to its signals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from earmark.domain.marks.colours import COLOURS
from earmark.ui.bookmarks.card import KEYS, Card, Order, sifted
from earmark.ui.bookmarks.cards import CardList
from earmark.ui.bookmarks.chapters import ChapterList
from earmark.ui.bookmarks.heading import Heading
from earmark.ui.bookmarks.menus import COLOUR_KEYS, PaneMenus
from earmark.ui.common.icons import icon
from earmark.ui.common.theme import Look

_FEW = 200  # cards that are put in their places one by one


class NotesPane(QWidget):
    """Bookmarks and chapters.

    Signals:
        scope_changed: the bookmarks of all recordings are wanted (True), or of this one.
        colour_chosen: (ids, colour as it is kept).
    """

    scope_changed = Signal(bool)
    colour_chosen = Signal(object, str)

    def __init__(self, look: Look, actions: Mapping[str, QAction], keys: Mapping[str, str]) -> None:
        """Build the pane; `actions` are by command id, `keys` tell which of them a key in the list runs."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Notes")
        self._look = look
        self._actions = actions
        self._keys = keys
        self._cards: dict[str, Card] = {}
        self._everything = False
        self._empty = ""
        self._order = Order.TIME
        self._sifted_by = ""
        self._menus = PaneMenus(look, actions, keys)
        self.list = CardList(look)
        self.chapters = ChapterList(look)
        self._scope = Heading(look)
        self._chapters_heading = QLabel("CHAPTERS")
        self._chapters_heading.setTextFormat(Qt.TextFormat.PlainText)
        self._chapters_heading.setObjectName("section")
        self._chapters_heading.setIndent(0)  # or Qt sets a label with a padding in by half a letter
        self._query = QLineEdit()
        self._query.setPlaceholderText("Words, #tag or #colour")
        self._query.setAccessibleName("Search bookmarks")
        self._query.setClearButtonEnabled(True)
        for clear in self._query.findChildren(QToolButton):
            clear.setAccessibleName("Clear")
        self._query.setMaxLength(500)
        self._query.hide()
        self._search = _flat_button("Search bookmarks", "search")
        self._search.setCheckable(True)
        self._more = _flat_button("Sort, tags, export", "more")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._lay_out()
        self.setFocusProxy(self.list)
        self._scope.clicked.connect(self._on_scope_clicked)
        self._search.toggled.connect(self._on_search_toggled)
        self._query.textChanged.connect(self._sift)
        self._menu.aboutToShow.connect(self._on_menu_shown)
        self._menus.order_chosen.connect(self._on_order_chosen)
        self._menus.label_chosen.connect(self._on_label_chosen)
        self._menus.colour_chosen.connect(self._on_colour_chosen)
        self.list.key_pressed.connect(self._on_key_pressed)
        self.list.menu_requested.connect(self._on_context_menu)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.set_scope(False, "")
        self.show_chapters(())

    # What the shell tells

    def set_scope(self, everything: bool, empty: str) -> None:
        """Say whether these are the bookmarks of all recordings; `empty` is said where there is none."""
        self._everything, self._empty = everything, empty
        scope, other = (
            ("ALL RECORDINGS", "this recording") if everything else ("THIS RECORDING", "all recordings")
        )
        self._scope.say(f"BOOKMARKS · {scope}", scope)
        self._scope.setToolTip(f"Show the bookmarks of {other}")
        self._scope.setAccessibleName("Bookmarks of " + scope.lower())

    def keep_cards(self, wanted: Set[str]) -> None:
        """Let go of the cards that are not wanted any more."""
        if not wanted >= self._cards.keys():
            self._cards = {one: card for one, card in self._cards.items() if one in wanted}
            self._sift()
        self._tell_if_empty()

    def change_cards(self, gone: Iterable[str], cards: Iterable[Card]) -> None:
        """Take cards away and put others in, new ones or in the place of those with their ids."""
        come = {card.id: card for card in cards}
        before = [self._cards.pop(one) for one in {*gone, *come} if one in self._cards]
        self._cards.update(come)
        if len(come) > _FEW or self._words() != self._sifted_by:
            self._sift()
            return
        shown = sifted(come.values(), self._sifted_by, self._order)
        self.list.exchange_cards(before, shown)
        self._tell_if_empty()

    def show_chapters(self, chapters: Sequence[tuple[int, str]]) -> None:
        """Show (start, title) of the chapters."""
        self.chapters.show_chapters(chapters)
        for widget in (self.chapters, self._chapters_heading):
            widget.setVisible(bool(chapters))

    def set_colours(self, names: Mapping[str, str]) -> None:
        """Take in what the listener calls the colours."""
        self._menus.colours = {**COLOURS, **names}

    def set_invitation(self, text: str) -> None:
        """Set what a chosen card without a note says in its place."""
        self.list.drawing.invitation = text

    def shown(self) -> list[str]:
        """Return the bookmarks that the filter lets through, in their order."""
        return [card.id for card in self.list.cards.cards]

    @property
    def filtering(self) -> bool:
        """Whether only what the search field asks for is shown."""
        return bool(self._words().strip())

    def reveal(self, bookmark: str) -> None:
        """Be at a bookmark, dropping a filter that hides it."""
        if self._words() and bookmark in self._cards and self.list.cards.row_of(bookmark) < 0:
            self._query.clear()
        self.list.go_to(bookmark)

    def write_note(self, bookmark: str) -> None:
        """Write the note of a bookmark in its card."""
        self._query.clear()
        self.list.write_note(bookmark)

    def leave(self) -> bool:
        """Leave the search field or the filter for Esc; False when there is nothing to leave."""
        if not self._query.isVisible():
            return False
        self._search.setChecked(False)
        self.list.setFocus()
        return True

    def sizeHint(self) -> QSize:
        """Qt: as wide as designed."""
        return QSize(self._look.px(300), self._look.px(400))

    # Inside

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.addWidget(self._scope)
        self._row.addStretch(1)
        self._row.addWidget(self._search)
        self._row.addWidget(self._more)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self._query)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._chapters_heading)
        self._column.addWidget(self.chapters)
        self._column.addStretch()

    def _words(self) -> str:
        return self._query.text() if self._query.isVisible() else ""

    @Slot()
    def _sift(self) -> None:
        self._sifted_by = self._words()
        shown = sifted(self._cards.values(), self._sifted_by, self._order)
        self.list.show_cards(shown, KEYS[self._order])
        self._tell_if_empty()

    def _tell_if_empty(self) -> None:
        found = bool(self.list.cards.cards)
        self.list.set_hint("" if found else "No bookmark holds these words." if self._cards else self._empty)

    @Slot()
    def _on_scope_clicked(self) -> None:
        self.scope_changed.emit(not self._everything)

    @Slot(bool)
    def _on_search_toggled(self, wanted: bool) -> None:
        self._query.setVisible(wanted)
        if wanted:
            self._query.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._sift()

    @Slot(str)
    def _on_key_pressed(self, key: str) -> None:
        if key in self._keys:
            self._actions[self._keys[key]].trigger()
        elif key in COLOUR_KEYS:
            self._on_colour_chosen(COLOUR_KEYS[key])

    @Slot()
    def _on_menu_shown(self) -> None:
        self._menus.fill(self._menu, self._cards.values(), self._order)

    @Slot(object)
    def _on_order_chosen(self, order: Order) -> None:
        self._order = order
        self._sift()

    @Slot(str)
    def _on_label_chosen(self, name: str) -> None:
        self._search.setChecked(True)
        self._query.setText(f"#{name.replace(' ', '')}")

    @Slot(QPoint)
    def _on_context_menu(self, place: QPoint) -> None:
        self._menus.of_card(self).popup(place)

    @Slot(str)
    def _on_colour_chosen(self, colour: str) -> None:
        if self.list.chosen():
            self.colour_chosen.emit(self.list.chosen(), colour)

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(10), px(10), px(10), px(10))
        self._column.setSpacing(px(6))
        self._row.setSpacing(0)
        self._chapters_heading.setFont(self._look.capitals())
        for button, name in ((self._search, "search"), (self._more, "more")):
            button.setIcon(
                icon(self._look, name, ratio=self.devicePixelRatioF(), colour=self._look.theme.dim)
            )
            button.setIconSize(QSize(px(16), px(16)))


def _flat_button(name: str, _glyph: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("tone", "flat")
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
