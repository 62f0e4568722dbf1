# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The main window: places the panels, takes dropped files, and says when it is about to close."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QMainWindow, QMenuBar, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from earmark.ui.common.pill import Pill
from earmark.ui.common.theme import Look
from earmark.ui.common.toast import Toast
from earmark.ui.frame.header import Header
from earmark.ui.page.view import PageView
from earmark.ui.player.controls import TransportBar

if TYPE_CHECKING:  # they come after the first paint
    from earmark.ui.find.panel import FindBar
    from earmark.ui.frame.welcome import Welcome

_LIBRARY_PX, _NOTES_PX = 250, 300
_LEAST_PAGE_PX = 480  # narrower than this beside a side pane, the page gets the pane's room
_NARROWEST_PX = 240
_LOWEST_PX = 80
_MENUS_PX = 570  # narrower than this, the menus need the hint's room


class MainWindow(QMainWindow):
    """Three zones and a transport bar; it knows where things are, not what they do.

    Where the window is too narrow for all, the side panes give way, the notes first, and come back with
    the room.

    Signals:
        files_dropped: list of paths.
        closing: the window goes away; save what is to be saved.
    """

    files_dropped = Signal(object)
    closing = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setWindowTitle("Earmark")
        self.setAcceptDrops(True)
        self._look = look
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("zones")
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self.toast = Toast(look, self._stack)
        self.pill = Pill(look, self._stack)
        self.setMenuBar(QMenuBar(self))
        self._hint = QLabel("")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setObjectName("menu-hint")
        self.menuBar().setCornerWidget(self._hint)
        self._welcome: Welcome | None = None
        self._given_way: set[QWidget] = set()

    def place(self, header: Header, page: PageView, transport: TransportBar) -> None:
        """Put what is seen first where it belongs; the side panes keep their room until they come."""
        self.page = page
        self.transport = transport
        self._column = _column(header, page)
        self._stack.addWidget(self._column)
        self.library_pane = _room_for_pane(self._look.px(_LIBRARY_PX))
        self.notes_pane = _room_for_pane(self._look.px(_NOTES_PX))
        for zone in (self.library_pane, self._stack, self.notes_pane):
            self._splitter.addWidget(zone)
        self._splitter.setStretchFactor(self._splitter.indexOf(self._stack), 1)
        self.setCentralWidget(_column(self._splitter, transport))
        self._look.changed.connect(self._on_look_changed)
        self._make_room()

    def furnish(self, find_bar: FindBar, welcome: Welcome, library: QWidget, notes: QWidget) -> None:
        """Put in what came after the first page was painted; nothing that is seen moves."""
        layout = self._column.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, find_bar)
        self._welcome = welcome
        self._stack.addWidget(welcome)
        self.library_pane = self._exchanged(self.library_pane, library)
        self.notes_pane = self._exchanged(self.notes_pane, notes)
        # After the panes, which know by then how narrow they can be.
        self._look.changed.disconnect(self._on_look_changed)
        self._look.changed.connect(self._on_look_changed)
        self._make_room()

    def _exchanged(self, room: QWidget, pane: QWidget) -> QWidget:
        hidden = room.isHidden()
        widths = self._splitter.sizes()
        self._splitter.replaceWidget(self._splitter.indexOf(room), pane)
        if room in self._given_way:
            self._given_way.remove(room)
            self._given_way.add(pane)
        pane.setHidden(hidden)
        self._splitter.setSizes(widths)
        room.deleteLater()
        return pane

    def show_pane(self, pane: QWidget, shown: bool) -> None:
        """Show a side pane or fold it away, as the listener wants it."""
        self._given_way.discard(pane)
        unfolds = shown and pane.isHidden()
        pane.setVisible(shown)
        if unfolds:
            self._widen(pane)

    def _widen(self, pane: QWidget) -> None:
        """Give a pane that has no width of its own, being folded since the start, that of its design."""
        widths, at = self._splitter.sizes(), self._splitter.indexOf(pane)
        if 0 <= at < len(widths) and widths[at] <= pane.minimumWidth():
            wider = pane.sizeHint().width() - widths[at]
            widths[at] += wider
            widths[self._splitter.indexOf(self._stack)] -= wider
            self._splitter.setSizes(widths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the side panes give way where it gets narrow."""
        super().resizeEvent(event)
        self._make_room()

    @Slot()
    def _on_look_changed(self) -> None:
        self._make_room()

    def _make_room(self) -> None:
        # The zones must not make the window wider than it is: large text would push it off the screen.
        px = self._look.px
        self._splitter.setMinimumSize(px(_NARROWEST_PX), px(_LOWEST_PX))
        self._hint.setVisible(self.width() >= px(_MENUS_PX))
        least = min(px(_LEAST_PAGE_PX), max(1, self.width()))
        self._stack.setMinimumWidth(least)
        room = self.width() - least
        for pane in (self.library_pane, self.notes_pane):
            if pane is None or (pane.isHidden() and pane not in self._given_way):
                continue
            room -= pane.minimumWidth() + self._splitter.handleWidth()
            if room >= 0 and pane in self._given_way:
                self.show_pane(pane, True)
            elif room < 0 and not pane.isHidden():
                self._give_way(pane)

    def _give_way(self, pane: QWidget) -> None:
        self._given_way.add(pane)
        focus = self.focusWidget()
        if focus is not None and pane.isAncestorOf(focus):
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        pane.hide()

    def show_hint(self, text: str) -> None:
        """Write the keys to remember at the right of the menu bar."""
        self._hint.setText(text)
        self.menuBar().setCornerWidget(self._hint)  # a menu bar measures its corner only then
        self._hint.setVisible(self.width() >= self._look.px(_MENUS_PX))

    def show_page(self, there: bool) -> None:
        """Show the page, or the welcome when there is nothing to read."""
        if self._welcome is not None:
            self._stack.setCurrentWidget(self._column if there else self._welcome)

    def announce(self, text: str) -> None:
        """Say something to a screen reader at once."""
        # Loaded when there is something to say, which is never before the first paint.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        event = QAccessibleAnnouncementEvent(self, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def panes(self) -> list[QWidget]:
        """Return the zones that F6 walks through, in order, those in sight."""
        zones = [self.library_pane, self.page, self.notes_pane, self.transport]
        return [zone for zone in zones if zone is not None and zone.isVisible()]

    def pane_widths(self) -> list[int]:
        """Return the widths of the zones."""
        return self._splitter.sizes()

    def set_pane_widths(self, widths: list[int]) -> None:
        """Give the zones their widths."""
        if len(widths) == self._splitter.count():
            self._splitter.setSizes(widths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: local files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: hand the dropped files on."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: the last chance to save."""
        self.closing.emit()
        super().closeEvent(event)


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, PageView | QSplitter) else 0)
    return box


def _room_for_pane(width_px: int) -> QWidget:
    room = QWidget()
    room.setObjectName("pane-room")
    room.resize(width_px, 1)
    room.setMinimumWidth(width_px * 3 // 4)
    return room
