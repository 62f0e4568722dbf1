# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""A short notice that goes by itself, with one thing to do about it ("Undo"). Main thread.

It never takes the focus. It stays while the pointer is on it or its button has the keyboard, so that
nobody has to hurry.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from earmark.ui.common.overlay import Floater
from earmark.ui.common.theme import Look

SHOWN_MS = 6_000
WIDEST_PX = 560
MOST_LINES = 3


class Toast(QFrame):
    """A dark pill above the lower edge of its parent.

    Signals:
        action_chosen: the listener pressed the button.
    """

    action_chosen = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._host = parent
        self._act: Callable[[], None] | None = None
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._on_pressed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        self._row.addWidget(self._button)
        # High enough to leave the pill in sight below it.
        self._floater = Floater(
            look, self, parent, Qt.AlignmentFlag.AlignHCenter, up_px=62, side_px=0, fit=self._fit
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._on_time_up)
        look.changed.connect(self._on_look_changed)
        self.hide()

    def show_text(self, text: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a sentence, plain, with a button where `action` names one; replaces what was shown.

        `act` is called when the button is pressed, besides `action_chosen`.
        """
        self._act = act
        self._button.setText(action.replace("&", "&&"))
        self._button.setVisible(bool(action))
        self._label.setAccessibleName(text)
        self._lay_out()
        self._timer.start()

    @Slot()
    def withdraw(self) -> None:
        """Offer no longer what the button does: the listener went on; a mere sentence stays its time."""
        if self._button.text():
            self._timer.stop()
            self.hide()

    def _lay_out(self) -> None:
        """Show what is to be said as large as text is now."""
        for widget in (self._label, self._button):
            widget.setFont(self._look.font(13, bold=widget is self._button))
        px = self._look.px
        right, high = (
            (8, 6) if self._button.text() else (16, 8)
        )  # its ends are round: it is no lower than that
        self._row.setContentsMargins(px(16), px(high), px(right), px(high))
        self._row.setSpacing(px(14))
        self.show()
        self._floater.place()

    def text(self) -> str:
        """Return what is shown, whole."""
        return self._label.accessibleName()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go some time after the pointer went."""
        self._timer.start()
        super().leaveEvent(event)

    def _fit(self) -> None:
        """Break a long sentence into lines; what is longer than a few is cut off."""
        beside = self._button.sizeHint().width() if self._button.isVisibleTo(self) else 0
        room = min(self._look.px(WIDEST_PX), self._host.width() - self._look.px(32))
        room = max(self._look.px(80), room - beside - self._look.px(46))
        metrics, flags = self._label.fontMetrics(), Qt.TextFlag.TextWordWrap
        whole = " ".join(self.text().split())
        size = metrics.boundingRect(QRect(0, 0, room, 10_000), flags, whole).size()
        if round(size.height() / metrics.lineSpacing()) > MOST_LINES:
            closing = "”" if whole.endswith("”") else ""
            whole = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, (MOST_LINES - 1) * room) + closing
            size = metrics.boundingRect(QRect(0, 0, room, 10_000), flags, whole).size()
        self._label.setText(whole)
        self._label.setFixedSize(size.width() + 2, size.height())
        self._row.activate()

    @Slot()
    def _on_pressed(self) -> None:
        act, self._act = self._act, None
        self.hide()
        self._timer.stop()
        self.action_chosen.emit()
        if act is not None:
            act()

    @Slot()
    def _on_look_changed(self) -> None:
        if self.isVisible():
            self._lay_out()

    @Slot()
    def _on_time_up(self) -> None:
        if self._button.hasFocus():
            self._timer.start()
        else:
            self.hide()
