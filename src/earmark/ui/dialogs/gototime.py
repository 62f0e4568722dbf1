# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Ask for a time to go to; says what it understood while it is typed. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from earmark.domain.times import clock, parse_clock, spoken
from earmark.ui.common.theme import Look


class GoToTime(QDialog):
    """A field for a time, and beneath it what that time is or why it will not do.

    `duration_ms` 0 sets no limit.

    Signals:
        time_chosen: where to go, in ms.
    """

    time_chosen = Signal("qlonglong")  # type: ignore[arg-type]  # the stubs know only classes

    def __init__(self, look: Look, duration_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._duration_ms = duration_ms
        self.setWindowTitle("Go to time")
        self._label = _plain_label("&Time")
        self._field = QLineEdit()
        self._field.setPlaceholderText("11:04, 1:02:07, 90s or 1h 2m")
        self._label.setBuddy(self._field)
        self._answer = _plain_label("")
        self._answer.setWordWrap(True)
        buttons = QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        self._buttons = QDialogButtonBox(buttons)
        self._go = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._go.setText("Go")
        column = QVBoxLayout(self)
        for widget in (self._label, self._field, self._answer, self._buttons):
            column.addWidget(widget)
        self._field.textChanged.connect(self._on_typed)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.accepted.connect(self._on_accepted)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    @Slot()
    def _on_accepted(self) -> None:
        ms = self.time_ms()
        if ms is not None:
            self.time_chosen.emit(ms)

    def time_ms(self) -> int | None:
        """Return the time in the field, or None while it is no time within the recording."""
        ms = parse_clock(self._field.text())
        return ms if ms is not None and self._fits(ms) else None

    def _fits(self, ms: int) -> bool:
        # Whole seconds, so that the end as it is shown can be typed.
        return not self._duration_ms or ms // 1000 <= self._duration_ms // 1000

    def _understood(self) -> str:
        text = self._field.text().strip()
        ms = parse_clock(text)
        if not text:
            return f"The recording ends at {clock(self._duration_ms)}." if self._duration_ms else ""
        if ms is None:
            return "This is no time. Write it like 11:04, 1:02:07, 90s or 1h 2m."
        if not self._fits(ms):
            return f"{clock(ms)} is past the end: the recording ends at {clock(self._duration_ms)}."
        return f"{clock(ms)}, {spoken(ms)}"

    @Slot()
    def _on_typed(self) -> None:
        understood = self._understood()
        possible = self.time_ms() is not None
        wrong = bool(self._field.text().strip()) and not possible
        self._answer.setText(understood)
        palette, theme = self._answer.palette(), self._look.theme
        palette.setColor(self._answer.foregroundRole(), theme.error if wrong else theme.dim)
        self._answer.setPalette(palette)
        self._field.setAccessibleDescription(understood)
        self._go.setEnabled(possible)

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self.setPalette(self._look.theme.palette())
        for widget in (self._label, self._answer, self._go, *self._buttons.buttons()):
            widget.setFont(self._look.font(13))
        self._field.setFont(self._look.font(16))
        self._field.setMinimumWidth(px(300))
        self._answer.setMinimumHeight(self._answer.fontMetrics().lineSpacing() * 2)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(px(20), px(18), px(20), px(16))
            layout.setSpacing(px(8))
        self._on_typed()


def _plain_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
