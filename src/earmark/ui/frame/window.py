# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The main window: places the panels, takes dropped files, and says when it is about to close."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from earmark.ui.common.pill import Pill
from earmark.ui.common.theme import Look
from earmark.ui.common.toast import Toast
from earmark.ui.frame.header import Header
from earmark.ui.frame.zones import LIBRARY, NOTES, Zones
from earmark.ui.page.view import PageView
from earmark.ui.player.controls import TransportBar

if TYPE_CHECKING:  # they come after the first paint
    from earmark.ui.find.panel import FindBar
    from earmark.ui.frame.dropsign import DropSign
    from earmark.ui.frame.welcome import Welcome

_MENUS_PX = 570  # narrower than this, the menus need the hint's room


class MainWindow(QMainWindow):
    """Three zones and a transport bar; it knows where things are, not what they do.

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
        self._stack = QStackedWidget()
        self._zones = Zones(look, self._stack)
        self.toast = Toast(look, self._stack)
        self.pill = Pill(look, self._stack)
        self.setMenuBar(QMenuBar(self))
        self._hint = QLabel("")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setObjectName("menu-hint")
        self.menuBar().setCornerWidget(self._hint)
        self._welcome: Welcome | None = None
        self._drop_sign: DropSign | None = None
        self._ways_in: dict[QWidget, QWidget] = {}

    def place(self, header: Header, page: PageView, transport: TransportBar) -> None:
        """Put what is seen first where it belongs; the side panes keep their room until they come."""
        self.page = page
        self.transport = transport
        self._column = _column(header, page)
        self._stack.addWidget(self._column)
        self._zones.focus_left.connect(page.setFocus)
        self._zones.give_way_to(page)
        self.library_pane, self.notes_pane = self._zones.zones[LIBRARY], self._zones.zones[NOTES]
        self.setCentralWidget(_column(self._zones, transport))
        self._look.changed.connect(self._show_hint)

    def furnish(self, find_bar: FindBar, welcome: Welcome, library: QWidget, notes: QWidget) -> None:
        """Put in what came after the first page was painted; nothing that is seen moves."""
        layout = self._column.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, find_bar)
        self._welcome = welcome
        self._stack.addWidget(welcome)
        self.page.raise_()  # a screen reader meets them in the order of the children
        library.setAccessibleName("Library")
        for side, pane in ((LIBRARY, library), (NOTES, notes)):
            self._zones.put(side, pane)
        self.library_pane, self.notes_pane = library, notes

    def set_tab_order(self) -> None:
        """Let Tab go through the window as one sees it; when everything is in its place.

        A zone's focus proxy becomes its way in: to Tab a widget with a proxy is a stop, wherever in the order
        it stands, and what lies before its proxy would never be reached.
        """
        read = [child for child in self._column.children() if isinstance(child, QWidget)]
        read += [widget for widget in (self._welcome, self.toast) if widget is not None]
        zones = (self.library_pane, *read, self.transport, self.notes_pane)
        for zone in zones:
            if (proxy := zone.focusProxy()) is not None:
                self._ways_in[zone] = proxy
                zone.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs know no None
        for before, after in pairwise([widget for zone in zones for widget in _focusable(zone)]):
            QWidget.setTabOrder(before, after)

    def show_pane(self, pane: QWidget, shown: bool) -> None:
        """Show a side pane or fold it away, as the listener wants it."""
        self._zones.show_side(self._zones.indexOf(pane), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the hint gives way where it gets narrow."""
        super().resizeEvent(event)
        if self._hint.isHidden() is self._has_room_for_hint():
            self._show_hint()

    def show_hint(self, text: str) -> None:
        """Write the keys to remember at the right of the menu bar."""
        self._hint.setText(text)
        self._show_hint()

    def _has_room_for_hint(self) -> bool:
        return self.width() >= self._look.px(_MENUS_PX)

    @Slot()
    def _show_hint(self) -> None:
        self._hint.setVisible(self._has_room_for_hint())
        self._hint.adjustSize()
        self.menuBar().setCornerWidget(self._hint)  # a menu bar measures its corner only then

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
        """Return the zones in the order in which they are walked through, those in sight."""
        zones = (self.library_pane, self._stack, self.transport, self.notes_pane)
        return [zone for zone in zones if zone.isVisibleTo(self)]

    def walk_panes(self, step: int) -> None:
        """Put the focus into the next (+1) or previous (-1) zone that can have it."""
        zones, focus = self.panes(), self.focusWidget()
        held = [i for i, zone in enumerate(zones) if focus is not None and zone.isAncestorOf(focus)]
        at = held[0] if held else -1
        for _ in zones:
            at = (at + step) % len(zones)
            ways = [self._way_into(zones[at]), *_focusable(zones[at])]
            for way in ways:
                if way.isEnabled() and way.isVisible() and way.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    way.setFocus(Qt.FocusReason.TabFocusReason)
                    return

    def enter(self, zone: QWidget) -> None:
        """Put the focus where the listener begins in a zone."""
        self._way_into(zone).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _way_into(self, zone: QWidget) -> QWidget:
        if zone is self._stack:
            zone = self._welcome if self._welcome is not None and self._welcome.isVisible() else self.page
        return self._ways_in.get(zone, zone)

    def pane_widths(self) -> list[int]:
        """Return the widths of the zones."""
        return self._zones.widths_px()

    def set_pane_widths(self, widths: list[int]) -> None:
        """Give the zones their widths."""
        self._zones.set_widths(widths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: local files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            if self._drop_sign is None:
                from earmark.ui.frame.dropsign import DropSign  # never needed before the first paint

                self._drop_sign = DropSign(self._look, self._stack)
            self._drop_sign.show_over()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt: they went elsewhere."""
        if self._drop_sign is not None:
            self._drop_sign.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: hand the dropped files on."""
        if self._drop_sign is not None:
            self._drop_sign.hide()
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
        column.addWidget(widget, 1 if isinstance(widget, PageView | Zones) else 0)
    return box


def _focusable(zone: QWidget) -> list[QWidget]:
    """Return what Tab can reach in a zone, in the order in force; what is hidden now as well."""
    order, widget = [zone], zone.nextInFocusChain()
    while widget is not None and widget is not zone:
        if zone.isAncestorOf(widget):
            order.append(widget)
        widget = widget.nextInFocusChain()
    tab = Qt.FocusPolicy.TabFocus
    return [widget for widget in order if widget.focusPolicy() & tab and widget.focusProxy() is None]
