# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The bar above the page in which one types what to find in this transcript. Main thread.

It knows nothing of transcripts: the shell gives its query to the finder and tells it what came of it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from earmark.ui.common.icons import icon
from earmark.ui.common.theme import Look

FIELD_PX = 300
NARROW_FIELD_PX = 110
HINT = "Enter next  ·  Esc back"


class QueryField(QLineEdit):
    """The field; its keys mean the same whatever the window does with them elsewhere.

    Signals:
        next_requested, previous_requested, play_requested, left: Enter, Shift+Enter, Ctrl+Enter, Esc.
    """

    next_requested = Signal()
    previous_requested = Signal()
    play_requested = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim these keys before the window's shortcuts take them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._meant(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the four keys, type the others."""
        meant = self._meant(event)
        if meant is None:
            super().keyPressEvent(event)
        else:
            meant.emit()

    def _meant(self, event: QKeyEvent) -> SignalInstance | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape:
            return self.left
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return None
        return {
            Qt.KeyboardModifier.NoModifier: self.next_requested,
            Qt.KeyboardModifier.ShiftModifier: self.previous_requested,
            Qt.KeyboardModifier.ControlModifier: self.play_requested,
        }.get(modifiers)


class FindBar(QWidget):
    """Field, count, and buttons for the mouse. Hidden until `open`; Esc or its button hides it again.

    Signals:
        query_changed: with every letter, and once when it opens (str).
        next_requested, previous_requested: go to another hit.
        play_hit_requested: play from the current hit.
        closed: it is hidden; view and focus go back to where they were.
    """

    query_changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    play_hit_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._place = ""
        self._field = QueryField()
        self._field.setMaxLength(1_000)
        self._field.setAccessibleName("Find in this transcript")
        self._status = QLabel()
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = {
            "chevron-left": _flat_button("Previous hit", self.previous_requested),
            "chevron-right": _flat_button("Next hit", self.next_requested),
            "close": _flat_button("Close", self._field.left),
        }
        self._row = row = QHBoxLayout(self)
        row.addWidget(self._field, 4)  # first to have room, up to its width
        row.addWidget(self._status, 1)
        row.addStretch()
        for button in self._buttons.values():
            row.addWidget(button)
        self._field.textChanged.connect(self.query_changed)
        self._field.next_requested.connect(self.next_requested)
        self._field.previous_requested.connect(self.previous_requested)
        self._field.play_requested.connect(self.play_hit_requested)
        self._field.left.connect(self._on_left)
        look.changed.connect(self._on_look_changed)
        self.setFocusProxy(self._field)
        self._on_look_changed()
        self.set_result(None, 0)
        self.hide()

    def open(self, text: str = "") -> None:
        """Show the bar with a text to search for, selected, or else with the last one."""
        blocked = self._field.blockSignals(True)
        self._field.setText(" ".join(text.split()) or self._field.text())
        self._field.blockSignals(blocked)
        self.show()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query_changed.emit(self._field.text())

    def query(self) -> str:
        """Return what is typed."""
        return self._field.text()

    def set_result(self, current: int | None, total: int, *, wrapped: bool = False) -> None:
        """Show which hit of how many it is at (counted from 0); `wrapped` when it went round the end."""
        self._place = self._words(current, total, wrapped)
        self._show_status()
        self._field.setAccessibleDescription(self._place)
        for name in ("chevron-left", "chevron-right"):
            self._buttons[name].setEnabled(total > 0)

    def _words(self, current: int | None, total: int, wrapped: bool) -> str:
        if not self.query():
            return ""
        if current is None or not total:
            return "No hit"
        place = f"{current + 1:,} of {total:,}"
        if wrapped:
            place += "  ·  from the end" if current == total - 1 else "  ·  from the start"
        return place

    def _show_status(self) -> None:
        """Show the place, and the hint where the field need not give way for it."""
        whole = f"{self._place}  ·  {HINT}" if self._place else HINT
        metrics, margins = self._status.fontMetrics(), self._row.contentsMargins()
        taken = sum(button.sizeHint().width() for button in self._buttons.values())
        taken += self._look.px(FIELD_PX) + margins.left() + margins.right() + 5 * self._row.spacing()
        fits = metrics.horizontalAdvance(whole) + taken <= self.width()
        self._status.setText(whole if fits else self._place)
        self._status.setMinimumWidth(metrics.horizontalAdvance(self._status.text()))

    def _fit(self) -> None:
        px = self._look.px
        self._row.setContentsMargins(self._look.margin_px(self.width()), px(9), px(16), px(9))
        self._show_status()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin below the title, and show the hint or drop it."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _on_left(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self._field.setMaximumWidth(px(FIELD_PX))
        self._field.setMinimumWidth(px(NARROW_FIELD_PX))
        self._row.setSpacing(px(10))
        for name, button in self._buttons.items():
            button.setIcon(icon(self._look, name, ratio=self.devicePixelRatioF()))
            button.setIconSize(QSize(px(16), px(16)))
        self._fit()


def _flat_button(name: str, pressed: SignalInstance) -> QToolButton:
    button = QToolButton()
    button.setProperty("tone", "flat")
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(pressed)
    return button
