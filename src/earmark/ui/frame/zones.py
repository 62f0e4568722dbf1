# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Library, page and notes side by side: how wide each is, and which gives way. For the window; main thread.

A side pane is as wide as the design or as the listener made it, in lengths of the 100 % design: it grows and
shrinks with the text. Where there is too little room for the page the side panes get narrower, then give
way, the notes first; they come back with the room.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from earmark.ui.common.theme import Look

LIBRARY, PAGE, NOTES = range(3)
_SIDES = (LIBRARY, NOTES)
_DESIGN_PX = (251, 0, 300)
LEAST_PANE_PX = 190  # narrower than this a side pane gives way
_LEAST_PAGE_PX = 480  # narrower than this beside a side pane, the page gets the pane's room
_LEAST_BESIDE_ASKED_PX = 160  # while the listener looks at a pane in a window too narrow for both
_NARROWEST_PX = 240
_LOWEST_PX = 80


class Zones(QSplitter):
    """Three zones; the side panes come after the first paint and have rooms until then.

    Signals:
        focus_left: a pane that gave way had the focus.
    """

    focus_left = Signal()

    def __init__(self, look: Look, page: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._wide_px = [float(width) for width in _DESIGN_PX]
        self._wanted = [True, True, True]
        self._asked: int | None = None  # shown last: it does not give way before the window changes
        self.setObjectName("zones")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.zones = [_room(), page, _room()]
        for zone in self.zones:
            self.addWidget(zone)
        self.setStretchFactor(PAGE, 1)
        self.splitterMoved.connect(self._on_dragged)
        look.changed.connect(self.share_out)

    def give_way_to(self, page: QWidget) -> None:
        """Give the page its room back as soon as it gets the focus, if a pane has taken nearly all."""
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the page got the focus."""
        if event.type() is QEvent.Type.FocusIn and self._asked is not None and self._page_is_sliver():
            self._asked = None
            self.share_out()
        return False

    def _page_is_sliver(self) -> bool:
        return self.zones[PAGE].minimumWidth() < self._look.px(_LEAST_BESIDE_ASKED_PX)

    def put(self, side: int, pane: QWidget) -> None:
        """Put a pane where there was only its room; nothing that is seen moves."""
        room, self.zones[side] = self.zones[side], pane
        hidden = room.isHidden()
        self.replaceWidget(side, pane)
        pane.setHidden(hidden)
        room.deleteLater()
        for part in (*self.zones, *map(self.handle, range(self.count()))):
            part.raise_()  # a screen reader meets the zones in the order of the children
        self.share_out()

    def show_side(self, side: int, shown: bool) -> None:
        """Show a side pane or fold it away, as the listener wants it."""
        self._wanted[side] = shown
        self._asked = side if shown and self.isVisible() else None
        self.share_out()

    def widths_px(self) -> list[int]:
        """Return how wide the zones are or, when there is room, will be."""
        widths = self.sizes()
        for side in _SIDES:
            widths[side] = self._look.px(self._wide_px[side])
        return widths

    def set_widths(self, widths_px: list[int]) -> None:
        """Give the side panes their widths; one without width keeps its own."""
        if len(widths_px) == self.count():
            for side in _SIDES:
                if widths_px[side] > 0:
                    self._wide_px[side] = widths_px[side] / self._look.scale
            self.share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share out the room there is."""
        super().resizeEvent(event)
        self._asked = None
        self.share_out()

    @Slot()
    def share_out(self) -> None:
        """Give each zone its width, and say which side panes are seen."""
        px = self._look.px
        # The zones must not make the window wider than it is: large text would push it off the screen.
        self.setMinimumSize(_NARROWEST_PX, px(_LOWEST_PX))
        least = min(px(_LEAST_PAGE_PX), max(1, self.width()))
        shown = self._fitting(self.width() - least)
        if self._asked is not None and self._asked not in shown:
            left = self.width() - self._narrowest_px()
            least = max(1, min(px(_LEAST_BESIDE_ASKED_PX), left))
            shown = self._fitting(self.width() - least)[:1]
        self.zones[PAGE].setMinimumWidth(least)
        room = self.width() - least - len(shown) * self._narrowest_px()
        for side in _SIDES:
            self.zones[side].setMinimumWidth(px(LEAST_PANE_PX))
            self._set_shown(self.zones[side], side in shown)
        more = {side: max(0, px(self._wide_px[side]) - px(LEAST_PANE_PX)) for side in shown}
        share = min(1.0, room / max(1, sum(more.values())))
        widths = [0, 0, 0]
        for side in shown:
            widths[side] = px(LEAST_PANE_PX) + int(more[side] * share)
        widths[PAGE] = self.width() - sum(widths) - self.handleWidth() * len(shown)
        if widths != self.sizes():
            self.setSizes(widths)

    def _fitting(self, room_px: int) -> list[int]:
        """Return the side panes that fit: the one just asked for, then the library, then the notes."""
        fitting = []
        for side in sorted(_SIDES, key=lambda side: side != self._asked):
            if self._wanted[side] and self._narrowest_px() <= room_px:
                fitting.append(side)
                room_px -= self._narrowest_px()
        return fitting

    def _narrowest_px(self) -> int:
        """Return the room that a side pane takes at least."""
        return self._look.px(LEAST_PANE_PX) + self.handleWidth()

    def _set_shown(self, pane: QWidget, shown: bool) -> None:
        focus = pane.window().focusWidget()
        if not shown and focus is not None and pane.isAncestorOf(focus):
            self.focus_left.emit()
        pane.setHidden(not shown)

    @Slot(int, int)
    def _on_dragged(self, _x_px: int, _handle: int) -> None:
        widths = self.sizes()
        for side in _SIDES:
            if not self.zones[side].isHidden():
                self._wide_px[side] = widths[side] / self._look.scale


def _room() -> QWidget:
    room = QWidget()
    room.setObjectName("pane-room")
    return room
