# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The cards in the pane as a list model: it tells the view only what really changed. GUI thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from earmark.ui.bookmarks.card import Card

Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class CardModel(QAbstractListModel):
    """The cards, in the order they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[Card] = []

    def show(self, cards: Sequence[Card]) -> None:
        """Show other cards in the place of these; those that stay, in the same order, stand as they are."""
        old, new = self.cards, list(cards)
        before, after = {card.id for card in old}, {card.id for card in new}
        kept = [card.id for card in old if card.id in after]
        if kept != [card.id for card in new if card.id in before] or (old and not kept):
            self.beginResetModel()
            self.cards = new
            self.endResetModel()
            return
        for first, end in reversed(_runs([card.id not in after for card in old])):
            self.beginRemoveRows(_NOWHERE, first, end - 1)
            del self.cards[first:end]
            self.endRemoveRows()
        for first, end in _runs([card.id not in before for card in new]):
            self.beginInsertRows(_NOWHERE, first, end - 1)
            self.cards[first:first] = new[first:end]
            self.endInsertRows()
        for row, (was, now) in enumerate(zip(self.cards, new, strict=True)):
            if was is not now and was != now:
                self.cards[row] = now
                self.dataChanged.emit(self.index(row), self.index(row))

    def exchange(self, gone: Sequence[Card], come: Sequence[Card], key: Callable[[Card], Any]) -> None:
        """Take a few cards out and put others in; the cards are in the order of `key`.

        One that comes in the place of one with its id, and stands where that stood, is told as changed.
        """
        new = {card.id: card for card in come}
        for card in gone:
            row = self._row_by(card, key)
            if row < 0:
                continue
            other = new.get(card.id)
            if other is not None and key(other) == key(card):
                del new[card.id]
                if other != card:
                    self.cards[row] = other
                    self.dataChanged.emit(self.index(row), self.index(row))
                continue
            self.beginRemoveRows(_NOWHERE, row, row)
            del self.cards[row]
            self.endRemoveRows()
        for card in new.values():
            row = bisect_right(self.cards, key(card), key=key)
            self.beginInsertRows(_NOWHERE, row, row)
            self.cards.insert(row, card)
            self.endInsertRows()

    def _row_by(self, card: Card, key: Callable[[Card], Any]) -> int:
        wanted = key(card)
        row = bisect_left(self.cards, wanted, key=key)
        while row < len(self.cards) and key(self.cards[row]) == wanted:
            if self.cards[row].id == card.id:
                return row
            row += 1
        return -1

    def row_of(self, bookmark: str) -> int:
        """Return the row of a bookmark, -1 where it is not shown."""
        return next((row for row, card in enumerate(self.cards) if card.id == bookmark), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: how many cards."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: the card, or what a screen reader says of it."""
        if not 0 <= index.row() < len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        return None


def _runs(wanted: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where runs of True begin and end."""
    found, at = [], 0
    for held, run in groupby(wanted):
        end = at + sum(1 for _ in run)
        if held:
            found.append((at, end))
        at = end
    return found
