# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The cards in the pane as a list model: it tells the view only what really changed. GUI thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from earmark.ui.bookmarks.card import KEYS, Card, Key, Order

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MOST_RUNS = 40  # more are told as other cards altogether: each costs a look through the list


class CardModel(QAbstractListModel):
    """The cards, in the order they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[Card] = []
        self._by_id: dict[str, Card] = {}
        self._key = KEYS[Order.TIME]

    def show(self, cards: Sequence[Card], key: Key = KEYS[Order.TIME]) -> None:
        """Show other cards in the place of these, in the order of `key`, in which they come.

        Those that stay, in the same order, stand as they are.
        """
        old, new = self.cards, list(cards)
        before, self._by_id, self._key = self._by_id, {card.id: card for card in new}, key
        kept = [card.id for card in old if card.id in self._by_id]
        gone = runs([card.id not in self._by_id for card in old])
        come = runs([card.id not in before for card in new])
        moved = kept != [card.id for card in new if card.id in before]
        if moved or (old and not kept) or len(gone) + len(come) > _MOST_RUNS:
            self.beginResetModel()
            self.cards = new
            self.endResetModel()
            return
        for first, end in reversed(gone):
            self.beginRemoveRows(_NOWHERE, first, end - 1)
            del self.cards[first:end]
            self.endRemoveRows()
        for first, end in come:
            self.beginInsertRows(_NOWHERE, first, end - 1)
            self.cards[first:first] = new[first:end]
            self.endInsertRows()
        for row, (was, now) in enumerate(zip(self.cards, new, strict=True)):
            if was is not now:
                self.cards[row] = now
                if was != now:
                    self.dataChanged.emit(self.index(row), self.index(row))

    def exchange(self, gone: Sequence[Card], come: Sequence[Card]) -> bool:
        """Take a few cards out and put others in; False where all looks as before.

        One that comes in the place of one with its id, and stands where that stood, is told as changed.
        """
        new, key = {card.id: card for card in come}, self._key
        changed = False
        for card in gone:
            row = self._row_by(card)
            self._by_id.pop(card.id, None)
            if row < 0:
                continue
            other = new.get(card.id)
            if other is not None and key(other) == key(card):
                self._by_id[card.id] = self.cards[row] = new.pop(card.id)
                if other != card:
                    changed = True
                    self.dataChanged.emit(self.index(row), self.index(row))
                continue
            changed = True
            self.beginRemoveRows(_NOWHERE, row, row)
            del self.cards[row]
            self.endRemoveRows()
        for card in new.values():
            row = bisect_right(self.cards, key(card), key=key)
            self.beginInsertRows(_NOWHERE, row, row)
            self.cards.insert(row, card)
            self._by_id[card.id] = card
            self.endInsertRows()
        return changed or bool(new)

    def _row_by(self, card: Card) -> int:
        wanted = self._key(card)
        row = bisect_left(self.cards, wanted, key=self._key)
        while row < len(self.cards) and self._key(self.cards[row]) == wanted:
            if self.cards[row].id == card.id:
                return row
            row += 1
        return -1

    def row_of(self, bookmark: str) -> int:
        """Return the row of a bookmark, -1 where it is not shown."""
        card = self._by_id.get(bookmark)
        return -1 if card is None else self._row_by(card)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt: how many cards."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a screen reader says of a card."""
        if not 0 <= index.row() < len(self.cards):
            return None
        card = self.cards[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        return None


def runs(wanted: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where runs of True begin and end."""
    found, at = [], 0
    for held, run in groupby(wanted):
        end = at + sum(1 for _ in run)
        if held:
            found.append((at, end))
        at = end
    return found
