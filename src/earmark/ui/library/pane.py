# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The left pane: a field to search everything, the library, and what came of a search. GUI thread.

It knows rows, not stores: the shell fills it and carries out what it asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from earmark.base.errors import UserError
from earmark.session.library.searching import Found
from earmark.session.library.shelf import Entry, Heading, Shelf, filtered
from earmark.store.search.searcher import SearchHit
from earmark.ui.common.theme import Look
from earmark.ui.library.field import SearchField
from earmark.ui.library.lists import RowList
from earmark.ui.library.model import Row
from earmark.ui.library.notice import Notice
from earmark.ui.library.rows import Problem, Spelling, Title, result_rows

_EMPTY = "Nothing here yet.\n\nDrop recordings or whole folders on this pane."


class LibraryPane(QWidget):
    """Field, lists, and a line about what is under way.

    Signals:
        query_changed: with every letter (str).
        entry_opened, entry_played: a recording was chosen (Entry).
        hit_opened, hit_played: a hit was chosen (SearchHit).
        removal_requested: recordings to be taken out (list of Entry).
        menu_requested: a row or None, and where (object, QPoint).
        files_dropped: list of paths.
        left: Esc in the field; the search is over.
        notice_action: the listener pressed the button in the line below (its text).
    """

    query_changed = Signal(str)
    entry_opened = Signal(object)
    entry_played = Signal(object)
    hit_opened = Signal(object)
    hit_played = Signal(object)
    removal_requested = Signal(object)
    menu_requested = Signal(object, QPoint)
    files_dropped = Signal(object)
    left = Signal()
    notice_action = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("library-pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._look = look
        self._entries: Sequence[Entry] = ()
        self._places: Mapping[str, int] = {}  # of each recording among the rows, the first heading counted
        self._named: tuple[str, Sequence[Entry]] = ("", ())  # what was typed last, and what is called so
        self._found_query = ""
        self._is_moved = False  # the listener has chosen another row of what was found
        self.field = SearchField()
        self.shelf = RowList(look, uniform=True)
        self.shelf.setAccessibleName("Library")
        self.results = RowList(look, uniform=False)
        self.results.setAccessibleName("Found")
        self._section = QLabel()
        self._section.setTextFormat(Qt.TextFormat.PlainText)
        self._section.setObjectName("dim")
        self._group = QLabel()
        self._group.setTextFormat(Qt.TextFormat.PlainText)
        self._group.setObjectName("dim")
        self._empty = QLabel(_EMPTY)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setObjectName("dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.notice = Notice(look)
        self._stack = QStackedWidget()
        for inner in (self.shelf, self.results, self._empty):
            self._stack.addWidget(inner)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.field)
        self._column.addWidget(self._section)
        self._column.addWidget(self._group)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self.notice)
        self.setFocusProxy(self.field)
        self._connect(look)
        self._on_look_changed()
        self._show_stack()

    def _connect(self, look: Look) -> None:
        self.field.textChanged.connect(self.query_changed)
        self.field.stepped.connect(self._on_stepped)
        self.field.opened.connect(self._on_field_opened)
        self.field.played.connect(self._on_field_played)
        self.field.left.connect(self.left)
        for rows in (self.shelf, self.results):
            rows.opened.connect(self._on_opened)
            rows.played.connect(self._on_played)
            rows.removed.connect(self._on_removed)
            rows.menu_wanted.connect(self.menu_requested)
        self.shelf.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.notice.pressed.connect(self.notice_action)
        look.changed.connect(self._on_look_changed)

    # What is shown

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the library; the row that was chosen stays so, if it is still there."""
        self._entries, self._places = shelf.entries, shelf.places
        self._named = "", ()
        chosen = self.shelf.chosen()
        top = self.shelf.verticalScrollBar().value()
        rows = shelf.rows
        first = rows[0] if rows and isinstance(rows[0], Heading) else None
        self.shelf.rows.show_rows(rows[1:], first)  # which stands above the list
        if isinstance(chosen, Entry):
            same = self._places.get(chosen.id)
            if same is not None:
                self.shelf.choose(same - 1)
        self._show_stack()
        self.shelf.verticalScrollBar().setValue(top)
        self._show_open()

    def show_found(self, found: Found, *, counting: bool) -> None:
        """Show what came of a search; `counting` while more is to come."""
        before = self.results.chosen()
        moved = before is not None and self._is_moved
        rows = result_rows(self._narrowed(found.query), found, counting)
        if found.query != self._found_query:
            moved, self._found_query = False, found.query
        self.results.rows.show_rows(rows)
        hits = [number for number, row in enumerate(rows) if isinstance(row, SearchHit)]
        others = [number for number, row in enumerate(rows) if isinstance(row, Entry | Spelling)]
        kept = self.results.rows.find(before) if moved and before is not None else None
        if kept is not None and kept.isValid():
            self.results.choose(kept.row())
        elif hits or others:
            self.results.choose((hits or others)[0])
            self.results.scrollToTop()
            self._is_moved = False
        self._show_stack()

    def show_hit(self, hit: SearchHit) -> None:
        """Choose a hit in the list, if it is there: it is the one that is played."""
        index = self.results.rows.find(hit)
        if index.isValid():
            self._is_moved = True
            self.results.choose(index.row())

    def _narrowed(self, query: str) -> Sequence[Entry]:
        """Return the recordings whose names fit a query; what fits a longer one fitted the shorter, too."""
        before, named = self._named
        if query != before:
            held = named if before and query.startswith(before) else self._entries
            self._named = query, filtered(held, query)
        return self._named[1]

    def show_problems(self, problems: Sequence[UserError]) -> None:
        """List the files that could not be added, with their reasons."""
        rows: list[Row] = [Title("Could not be added", len(problems), section=True)]
        rows += [Problem(problem.data.get("path"), problem.message) for problem in problems]
        self.results.rows.show_rows(rows)
        self._stack.setCurrentWidget(self.results)
        self._section.hide()
        self._group.hide()
        self.results.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_library(self) -> None:
        """Show the library again, not a search."""
        self.field.clear()
        self._show_stack()

    def set_open(self, recording: str) -> None:
        """Mark the recording that is open."""
        for rows in (self.shelf, self.results):
            rows.drawing.open_id = recording
            rows.viewport().update()
        self._show_open()

    def _show_open(self) -> None:
        """Bring what is open into sight, unless the listener is busy here."""
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            return
        place = self._places.get(self.shelf.drawing.open_id)
        if place is not None:
            self.shelf.scrollTo(self.shelf.rows.index(place - 1))

    def open_search(self, text: str | None) -> None:
        """Put the focus into the field, with a text to look for or what is there."""
        if text is not None:
            self.field.setText(text)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_searching(self) -> bool:
        """Whether something is typed."""
        return bool(self.field.text().strip())

    def _show_stack(self) -> None:
        if self.is_searching:
            wanted: QWidget = self.results
        else:
            wanted = self.shelf if self._entries else self._empty
        self._stack.setCurrentWidget(wanted)
        self._section.setVisible(wanted is self.shelf)
        self._on_scrolled()

    @Slot()
    def _on_scrolled(self) -> None:
        """Name the section that is in sight above the list."""
        number = max(0, self.shelf.indexAt(QPoint(2, 2)).row())
        heading = self.shelf.rows.heading_at(number)
        if heading is not None:
            self._section.setText(heading.section.upper())
            self._group.setText(heading.group)
        self._group.setVisible(self._section.isVisibleTo(self) and bool(self._group.text()))

    # What the listener does

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        self._is_moved = True
        rows = self._stack.currentWidget()
        if isinstance(rows, RowList):
            rows.step(by)

    @Slot()
    def _on_field_opened(self) -> None:
        rows = self._stack.currentWidget()
        if isinstance(rows, RowList) and (row := rows.chosen()) is not None:
            self._on_opened(row)

    @Slot()
    def _on_field_played(self) -> None:
        rows = self._stack.currentWidget()
        if isinstance(rows, RowList) and (row := rows.chosen()) is not None:
            self._on_played(row)

    @Slot(object)
    def _on_opened(self, row: Row) -> None:
        if isinstance(row, Spelling):
            self.field.setText(row.query)
        elif isinstance(row, Entry):
            self.entry_opened.emit(row)
        elif isinstance(row, SearchHit):
            self._is_moved = True  # it stays chosen, however it was
            self.hit_opened.emit(row)

    @Slot(object)
    def _on_played(self, row: Row) -> None:
        if isinstance(row, Entry):
            self.entry_played.emit(row)
        elif isinstance(row, SearchHit):
            self._is_moved = True
            self.hit_played.emit(row)
        else:
            self._on_opened(row)

    @Slot()
    def _on_removed(self) -> None:
        rows = self._stack.currentWidget()
        if isinstance(rows, RowList) and (chosen := rows.chosen_entries()):
            self.removal_requested.emit(chosen)

    def sizeHint(self) -> QSize:
        """Qt: as wide as the design until the listener makes it wider or narrower."""
        return QSize(self._look.px(251), self._look.px(400))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: local files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: hand the dropped files and folders on."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(10), px(12), px(10), px(6))
        self._column.setSpacing(px(6))
        self._section.setFont(self._look.capitals())
        self._section.setContentsMargins(px(6), px(8), px(6), px(2))
        self._group.setFont(self._look.font(13))
        self._group.setContentsMargins(px(6), 0, px(6), px(2))
        self._empty.setFont(self._look.font(13))
        self._empty.setContentsMargins(px(6), px(12), px(6), 0)
