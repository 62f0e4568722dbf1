# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The key sheet: every command with its keys, in columns, made from the catalogue and the keymap.

GUI thread. It is one list that flows in columns, so a screen reader walks it with the arrow keys and hears
"Play from the line again, R"; a filter narrows it by title or key. There are as many columns as the width
holds, no group of commands is split, and what is too high is scrolled up and down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from earmark.commands.catalogue import FIXED_KEYS, CommandSpec
from earmark.commands.keymap import Keymap, native
from earmark.ui.common.theme import Look
from earmark.ui.dialogs.keyrows import COLUMN_PX, KEYS, KeyRows

_SIZE = (1424, 720)
_PAGE = "On the page"


@dataclass(frozen=True, slots=True)
class _Row:
    heading: str
    title: str
    keys: tuple[str, ...]

    def answers(self, words: list[str]) -> bool:
        """Tell whether each word typed is in the title, a key, or the heading."""
        text = " ".join((self.heading, self.title, *self.keys)).casefold()
        return all(word in text for word in words)


class KeySheet(QDialog):
    """Shows the keys in force."""

    def __init__(
        self, look: Look, keymap: Keymap, specs: Sequence[CommandSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = list(_rows(keymap, specs))
        self.setWindowTitle("Keys")
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Type a command or a key")
        self._filter.setAccessibleName("Filter")
        self._filter.setClearButtonEnabled(True)
        for clear in self._filter.findChildren(QToolButton):
            clear.setAccessibleName("Clear")
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._drawing = KeyRows(look, self._list)
        self._scroll = QScrollArea()
        self._set_up_list()
        self._hint = QLabel("Keys without Ctrl or Alt work while you are not typing.")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(self._filter)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._hint)
        self._relay = QTimer(self)
        self._relay.setSingleShot(True)
        self._relay.timeout.connect(self._on_filled)
        self._filter.textChanged.connect(self._on_filled)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.resize(self._fitting_size())

    def _set_up_list(self) -> None:
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._drawing)
        self._list.setFlow(QListView.Flow.TopToBottom)
        self._list.setWrapping(True)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setAccessibleName("Commands and their keys")
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._scroll.setWidget(self._list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: another width holds other columns."""
        if watched is self._scroll.viewport() and event.type() == QEvent.Type.Resize:
            self._relay.start()  # after the resize: it must not change the list within
        return False

    def _fitting_size(self) -> QSize:
        wanted = QSize(self._look.px(_SIZE[0]), self._look.px(_SIZE[1]))
        room = self.screen().availableSize()
        return wanted.boundedTo(QSize(room.width() * 9 // 10, room.height() * 9 // 10))

    @Slot()
    def _on_filled(self) -> None:
        words = self._filter.text().casefold().split()
        found = [row for row in self._rows if row.answers(words)]
        self._model.clear()
        room = max(1, self._scroll.viewport().width())
        columns = max(1, room // self._look.px(COLUMN_PX))
        row = self._drawing.fit(room // columns)
        groups = _groups(found)
        rows = _rows_needed([len(group) for group in groups], columns)
        self._list.setGridSize(row)
        self._list.setFixedHeight(rows * row.height() + 1)  # with less the last row would begin a column
        for item in _filled(groups, rows):
            self._model.appendRow(item)
        if not found:
            self._model.appendRow(_item("No command and no key is called that.", heading=False))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        middle = self._list.visualRect(current).center()
        self._scroll.ensureVisible(0, middle.y(), 0, 2 * self._list.gridSize().height())

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self._filter.setFont(self._look.font(14))
        self._hint.setFont(self._look.font(12))
        self._list.setFont(self._look.font(13))
        self.setPalette(self._look.theme.palette())
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(px(20), px(18), px(20), px(14))
            layout.setSpacing(px(12))
        self._on_filled()


def _rows(keymap: Keymap, specs: Sequence[CommandSpec]) -> Iterator[_Row]:
    for spec in specs:
        keys = keymap.shown(spec.id)
        if keys:
            yield _Row(spec.group.heading, spec.title.removesuffix("…"), keys)
    for title, names in FIXED_KEYS:
        where, parted, what = title.rpartition(": ")
        shown = what[:1].upper() + what[1:] if parted else title
        yield _Row(where or _PAGE, shown, tuple(native(name) for name in names))


def _groups(rows: list[_Row]) -> list[list[QStandardItem]]:
    """Return the items of each group, its heading first."""
    groups: dict[str, list[QStandardItem]] = {}
    for row in rows:
        group = groups.setdefault(row.heading, [_item(row.heading, heading=True)])
        group.append(_item(row.title, row.keys))
    return list(groups.values())


def _rows_needed(groups: list[int], columns: int) -> int:
    """Return how many rows the columns must have at least, so that they hold all groups, none split."""
    lowest = max(groups, default=1)
    return next(
        rows for rows in range(lowest, sum(groups) + len(groups) + 2) if _used(groups, rows) <= columns
    )


def _used(groups: list[int], rows: int) -> int:
    columns, place = 1, 0
    for size in groups:
        if place and place + 1 + size > rows:
            columns, place = columns + 1, 0
        place += size + bool(place)
    return columns


def _filled(groups: list[list[QStandardItem]], rows: int) -> Iterator[QStandardItem]:
    """Yield the items of a list that flows in columns of so many rows; a blank row parts two groups."""
    place = 0
    for group in groups:
        if place:
            blanks = 1 if place + 1 + len(group) <= rows else rows - place
            yield from (_blank() for _ in range(blanks))
            place = (place + blanks) % rows
        yield from group
        place = (place + len(group)) % rows


def _item(title: str, keys: Sequence[str] = (), *, heading: bool = False) -> QStandardItem:
    item = QStandardItem(title)
    item.setData(None if heading else tuple(keys), KEYS)
    said = " or ".join(keys)
    item.setData(f"{title}, {said}" if said else title, Qt.ItemDataRole.AccessibleTextRole)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _blank() -> QStandardItem:
    item = QStandardItem()
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
