# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The cards in the pane as a list model: it tells the view only what really changed. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

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
        """Show other cards in the place of these; one run more or less keeps the rest as it stands."""
        old, new = self.cards, list(cards)
        pairs = enumerate(zip(old, new, strict=False))
        head = next((at for at, (was, now) in pairs if was is not now and was.id != now.id), None)
        if head is None:
            head = min(len(old), len(new))
        tail, most = 0, min(len(old), len(new)) - head
        while tail < most and old[-1 - tail].id == new[-1 - tail].id:
            tail += 1
        gone, come = len(old) - head - tail, len(new) - head - tail
        if gone and come:
            self.beginResetModel()
            self.cards = new
            self.endResetModel()
            return
        if gone:
            self.beginRemoveRows(_NOWHERE, head, head + gone - 1)
            self.cards = old[:head] + old[head + gone :]
            self.endRemoveRows()
        elif come:
            self.beginInsertRows(_NOWHERE, head, head + come - 1)
            self.cards = old[:head] + new[head : head + come] + old[head:]
            self.endInsertRows()
        before, self.cards = self.cards, new
        for row, (was, now) in enumerate(zip(before, new, strict=True)):
            if was is not now and was != now:
                self.dataChanged.emit(self.index(row), self.index(row))

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
