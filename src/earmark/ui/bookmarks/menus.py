# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The menus of the notes pane: how its cards are sorted and sifted, and what is done with one. GUI thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from earmark.domain.marks.colours import COLOURS
from earmark.ui.bookmarks.card import Card, Order
from earmark.ui.bookmarks.naming import role_of, swatch
from earmark.ui.common.theme import Look

COLOUR_KEYS = {str(number): kept for number, kept in enumerate(COLOURS, 1)}


class PaneMenus(QObject):
    """Fills the menus, with the listener's names of the colours.

    Signals:
        order_chosen: sort by this (Order).
        label_chosen: show only what has this tag or colour, by its name.
        colour_chosen: give the chosen cards this colour, as it is kept.
    """

    order_chosen = Signal(object)
    label_chosen = Signal(str)
    colour_chosen = Signal(str)

    def __init__(self, look: Look, actions: Mapping[str, QAction], keys: Mapping[str, str]) -> None:
        super().__init__()
        self._look = look
        self._actions = actions
        self._keys = keys
        self.colours = dict(COLOURS)

    def fill(self, menu: QMenu, cards: Collection[Card], order: Order) -> None:
        """Offer how cards may be sorted and sifted, and what concerns all of them."""
        menu.clear()
        group = QActionGroup(menu)
        for one in Order:
            action = menu.addAction(one.value)
            action.setCheckable(True)
            action.setChecked(one is order)
            action.setData(one)
            group.addAction(action)
        group.triggered.connect(self._on_order_chosen)
        tags = sorted({tag for card in cards for tag in card.tags}, key=str.casefold)
        used = {card.role for card in cards}
        labels: dict[str, list[tuple[str, str | None]]] = {
            "Tag": [(tag, None) for tag in tags],
            "Colour": [(name, kept) for kept, name in self.colours.items() if role_of(kept) in used],
        }
        for title, offered in labels.items():
            submenu = menu.addMenu(title)
            submenu.setEnabled(bool(offered))
            for name, kept in offered:
                picture = QIcon() if kept is None else self._swatch(kept, menu)
                submenu.addAction(picture, _plain(name)).setData(name)
            submenu.triggered.connect(self._on_label_chosen)
        menu.addSeparator()
        for command in ("bookmark.name_colours", "bookmark.export", "bookmark.import"):
            menu.addAction(self._actions[command])

    def of_card(self, parent: QWidget) -> QMenu:
        """Return the menu of the chosen cards."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._actions["bookmark.play"])
        menu.addSeparator()
        for command in ("bookmark.edit", "bookmark.tags"):
            self._offer(menu, command)
        colours = menu.addMenu("Colour")
        for key, kept in COLOUR_KEYS.items():
            name = _plain(self.colours[kept])
            colours.addAction(self._swatch(kept, menu), f"{name}\t{key}").setData(kept)
        colours.addSeparator()
        colours.addAction(self._actions["bookmark.name_colours"])
        colours.triggered.connect(self._on_colour_chosen)
        menu.addSeparator()
        for command in ("bookmark.copy_link", "bookmark.save_audio", "bookmark.export"):
            menu.addAction(self._actions[command])
        menu.addSeparator()
        self._offer(menu, "bookmark.delete")
        return menu

    def _swatch(self, colour: str, beside: QWidget) -> QIcon:
        return swatch(self._look, colour, beside.devicePixelRatioF())

    def _offer(self, menu: QMenu, command: str) -> None:
        """Offer a command with the key it has in the list."""
        action = self._actions[command]
        key = next(key for key, named in self._keys.items() if named == command)
        menu.addAction(f"{action.iconText()}\t{key}").triggered.connect(action.trigger)

    @Slot(QAction)
    def _on_order_chosen(self, action: QAction) -> None:
        self.order_chosen.emit(action.data())

    @Slot(QAction)
    def _on_label_chosen(self, action: QAction) -> None:
        self.label_chosen.emit(str(action.data()))

    @Slot(QAction)
    def _on_colour_chosen(self, action: QAction) -> None:
        if isinstance(action.data(), str) and action.data() in COLOURS:
            self.colour_chosen.emit(action.data())


def _plain(text: str) -> str:
    return text.replace("&", "&&")
