# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The list behind both views of the library pane: rows as plain values. GUI thread."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from earmark.ui.library.rows import Heading, Remark, ResultRow, ShelfRow, Title, spoken

ROW_ROLE = Qt.ItemDataRole.UserRole
_NONE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
Row = ShelfRow | ResultRow


class RowModel(QAbstractListModel):
    """Rows to choose from, with headings that cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._headings: list[int] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._headings = [number for number, row in enumerate(rows) if isinstance(row, Heading)]
        self.endResetModel()

    def row(self, index: _Index) -> Row | None:
        """Return what an index stands for."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rows(self) -> list[Row]:
        """Return all rows."""
        return self._rows

    def find(self, row: Row) -> QModelIndex:
        """Return the index of a row; an invalid one if it is not there."""
        return self.index(self._rows.index(row)) if row in self._rows else QModelIndex()

    def heading_at(self, number: int, first: Heading | None) -> Heading | None:
        """Return what a row stands under; `first` is the heading above the whole list."""
        above = self._headings[: bisect_right(self._headings, number)]
        headings = [first, *(self._rows[at] for at in above)]
        known = [one for one in headings if isinstance(one, Heading)]
        section = next((one.section for one in reversed(known) if one.section), "")
        return Heading(section, known[-1].group) if known else None

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: the row itself, its words, or what a screen reader says."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Qt: headings and sentences are only read."""
        if isinstance(self.row(index), Heading | Title | Remark):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
