# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The list behind both views of the library pane: rows as plain values. GUI thread."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt

from earmark.session.library.shelf import Heading, ShelfRow
from earmark.ui.library.rows import Remark, ResultRow, Title, spoken

_Index = QModelIndex | QPersistentModelIndex
Row = ShelfRow | ResultRow


class RowModel(QStringListModel):
    """Rows to choose from, with headings that cannot be chosen.

    The strings of the base class are empty and only counted: a view that lays out ten thousand rows asks for
    their number twenty thousand times, which is done in C++ so.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._headings: list[int] = []
        self._standing: list[Heading] = []  # each heading with its section, also where it opens none
        self._first: Heading | None = None

    def show_rows(self, rows: Sequence[Row], first: Heading | None = None) -> None:
        """Show other rows; `first` is the heading that stands above the list."""
        self._rows, self._first = rows, first
        self._headings = [number for number, row in enumerate(rows) if type(row) is Heading]
        self._standing = []
        section = ""
        for number in self._headings:
            heading = rows[number]
            if isinstance(heading, Heading):
                section = heading.section or section
                self._standing.append(Heading(section, heading.group))
        self.setStringList([""] * len(rows))

    def row(self, index: _Index) -> Row | None:
        """Return what an index stands for."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rows(self) -> Sequence[Row]:
        """Return all rows."""
        return self._rows

    def find(self, row: Row) -> QModelIndex:
        """Return the index of a row; an invalid one if it is not there."""
        return self.index(self._rows.index(row)) if row in self._rows else QModelIndex()

    def heading_at(self, number: int) -> Heading | None:
        """Return what a row stands under."""
        first = self._first
        above = bisect_right(self._headings, number)
        if not above:
            return first
        heading = self._standing[above - 1]
        return heading if heading.section or first is None else Heading(first.section, heading.group)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a row's words, which are what a screen reader says too."""
        row = self.row(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Qt: headings and sentences are only read."""
        if isinstance(self.row(index), Heading | Title | Remark):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
