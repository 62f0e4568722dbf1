# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What an empty window says: how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from earmark.ui.common.theme import Look

_MOST_RECENT = 5


class Welcome(QScrollArea):
    """Shown while nothing is open; scrolls where large text has too little room.

    Signals:
        recent_chosen: path of a recording opened before.
    """

    recent_chosen = Signal(object)

    def __init__(self, look: Look, open_file: QAction, open_sample: QAction) -> None:
        super().__init__()
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have it, and bring themselves into sight
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        sheet = QWidget()
        sheet.setObjectName("welcome-sheet")
        self._heading = QLabel("Drop a recording and its transcript here")
        self._hint = QLabel("The words move beside the sound. Search, jump and quote with the keyboard.")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setObjectName("dim")
        self._column = QVBoxLayout(sheet)
        self._column.addStretch(2)
        for label in (self._heading, self._hint):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(label)  # as wide as there is room: lines break for that width
        self._buttons: list[tuple[QPushButton, QAction]] = []
        for action in (open_file, open_sample):
            button = QPushButton()
            self._buttons.append((button, action))
            action.changed.connect(self._on_actions_changed)
            button.clicked.connect(action.trigger)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._last_button = button
            if self.focusProxy() is None:
                self.setFocusProxy(button)
        self._recent_heading = QLabel("Last recordings")
        self._recent_heading.setTextFormat(Qt.TextFormat.PlainText)
        self._recent_heading.setObjectName("section")
        self._column.addWidget(self._recent_heading, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recent = QVBoxLayout()
        self._column.addLayout(self._recent)
        self._column.addStretch(3)
        self.setWidget(sheet)
        self._on_actions_changed()
        self.show_recent([])
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_recent(self, recordings: Sequence[tuple[Path, str]]) -> None:
        """List the recordings opened last (path, title), newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        self._recent_heading.setVisible(bool(recordings))
        before = self._last_button
        for path, title in recordings[:_MOST_RECENT]:
            button = QPushButton(title.replace("&", "&&"))
            button.setObjectName("link")
            button.setToolTip(str(path))
            button.setProperty("path", str(path))
            button.setMinimumWidth(1)  # a long title is cut off rather than the sheet made wider
            button.clicked.connect(self._on_recent_clicked)
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            QWidget.setTabOrder(before, button)  # a new widget would be last of the whole window
            before = button

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the style sheet has been put on all of it by now, and has taken the fonts with it."""
        super().showEvent(event)
        self._on_look_changed()

    @Slot()
    def _on_actions_changed(self) -> None:
        """Say what the commands are called, and by which keys."""
        for button, action in self._buttons:
            title, _, key = action.text().partition("\t")
            button.setText(f"{title} ({key})" if key else title)
            button.setToolTip(action.toolTip())

    @Slot()
    def _on_recent_clicked(self) -> None:
        self.recent_chosen.emit(Path(self.sender().property("path")))

    @Slot()
    def _on_look_changed(self) -> None:
        self._heading.setFont(self._look.font(22, bold=True))
        self._hint.setFont(self._look.font(15))
        self._column.setSpacing(self._look.px(14))
