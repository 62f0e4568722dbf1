# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The key sheet: every command with its keys, in columns, made from the catalogue and the keymap.

GUI thread. It is one list that flows in columns, so a screen reader walks it with the arrow keys and hears
"Play from the line again, R"; a filter narrows it by title or key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from earmark.commands.catalogue import FIXED_KEYS, CommandSpec
from earmark.commands.keymap import Keymap, native
from earmark.ui.common.theme import Look
from earmark.ui.dialogs.keyrows import COLUMN_PX, KEYS, ROW_PX, KeyRows

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
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._set_up_list()
        self._hint = QLabel("Keys without Ctrl or Alt work while you are not typing.")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.addWidget(self._filter)
        column.addWidget(self._list, 1)
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
        self._list.setItemDelegate(KeyRows(self._look, self._list))
        self._list.setFlow(QListView.Flow.TopToBottom)
        self._list.setWrapping(True)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setAccessibleName("Commands and their keys")
        self._list.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: another height holds other columns."""
        if watched is self._list.viewport() and event.type() == QEvent.Type.Resize:
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
        height = max(4, self._list.viewport().height() // max(1, self._look.px(ROW_PX)))
        for item in _columns(found, height):
            self._model.appendRow(item)
        if not found:
            self._model.appendRow(_item("No command and no key is called that.", heading=False))

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self._filter.setFont(self._look.font(14))
        self._hint.setFont(self._look.font(12))
        self._list.setFont(self._look.font(13))
        self._list.setGridSize(QSize(px(COLUMN_PX), px(ROW_PX)))
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
        yield _Row(_PAGE, title, tuple(native(name) for name in names))


def _columns(rows: list[_Row], height: int) -> Iterator[QStandardItem]:
    """Yield the items of a list that flows in columns of `height` rows.

    A blank row stands before a heading, and no heading at the foot of a column.
    """
    place, heading = 0, ""
    for row in rows:
        if row.heading != heading:
            left = height - place
            blanks = 0 if place == 0 else (left if left < 4 else 1)
            for _ in range(blanks):
                yield _blank()
            place = (place + blanks) % height
            heading = row.heading
            yield _item(heading, heading=True)
            place = (place + 1) % height
        yield _item(row.title, row.keys)
        place = (place + 1) % height


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
