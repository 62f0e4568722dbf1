# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The card at a disagreement: both wordings, and one key that keeps the other. GUI thread.

It is put at the words by whoever owns it; it knows nothing of transcripts.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from earmark.ui.common.theme import Look

WIDEST_PX = 460
_GAP_PX = 6
_LINE_PX = 27  # of the page
_NARROW_PX = 270  # with less, buttons do without their keys
_LOW_PX = 240  # in a page lower than this the number is only said to screen readers
_NOTHING = "nothing"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DoubtCard(QFrame):
    """Floats in the page near the words in doubt, with lines of context left in sight around them.

    Signals:
        keep_requested: put the other wording in.
        left: close the card.
    """

    keep_requested = Signal()
    left = Signal()

    def __init__(self, look: Look, page: QWidget) -> None:
        super().__init__(page)
        self._look = look
        self._count = _label("dim")
        self._names = [_label("dim"), _label("dim")]
        self._wordings = [_label(""), _label("")]
        self._act = ""
        self._keep = _button()
        self._keep.clicked.connect(self.keep_requested)
        self._close = _button()
        self._close.clicked.connect(self.left)
        self._grid = QGridLayout()
        for row, (name, wording) in enumerate(zip(self._names, self._wordings, strict=True)):
            wording.setWordWrap(True)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignBaseline)
            self._grid.addWidget(wording, row, 1, Qt.AlignmentFlag.AlignBaseline)
        self._grid.setColumnStretch(1, 1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._keep)
        self._buttons.addWidget(self._close)
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._count)
        self._column.addLayout(self._grid)
        self._column.addLayout(self._buttons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def show_wordings(
        self, number: tuple[int, int], standing: tuple[str, str], other: tuple[str, str]
    ) -> None:
        """Take (name of its transcript, words) of the wording that stands in the text, and of the other.

        All of it is shown as it is, never as markup.
        """
        at, count = number
        self._count.setText(f"Disagreement {at} of {count}")
        for row, (name, words) in enumerate((standing, other)):
            self._names[row].setText(name)
            self._wordings[row].setText(words or f"({_NOTHING})")
        act = f"Keep “{self._short(other[1])}”" if other[1] else "Leave it out"
        self._act = act.replace("&", "&&")
        self._name_buttons(narrow=False)
        self.setAccessibleName(
            f"Disagreement {at} of {count}. {standing[0]}, in the text: {standing[1] or _NOTHING}. "
            f"{other[0]}: {other[1] or _NOTHING}. "
            + (f"Enter keeps {other[1]}." if other[1] else "Enter leaves it out.")
        )

    def place(self, words: QRect, room: QRect) -> None:
        """Stand below `words` and two lines more, else above them and one, else as near as there is room.

        Both are in the parent's coordinates.
        """
        width, height = self._size_in(room).toTuple()
        gap = self._look.px(_GAP_PX)
        left = max(room.left(), min(words.left() - gap, room.right() - width))
        above, below, line = words.top() - gap - height, words.bottom() + gap, self._look.px(_LINE_PX)
        places = (below + 2 * line, above - line, below, above)
        fitting = [place for place in places if room.top() <= place <= room.bottom() - height]
        if fitting:
            top = fitting[0]
        else:  # a low window: beside the words
            top = max(room.top(), min(words.top(), room.bottom() - height))
            left = words.right() + 2 * gap
            if left + width > room.right():
                left = max(room.left(), words.left() - 2 * gap - width)
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()

    def _name_buttons(self, *, narrow: bool) -> None:
        self._keep.setText(self._act if narrow else f"{self._act} (Enter)")
        self._close.setText("Close" if narrow else "Close (Esc)")

    def room_px(self, room: QRect) -> int:
        """Return how much height it takes in a room, with what it keeps free around it."""
        return self._size_in(room).height() + 2 * self._look.px(_GAP_PX)

    def _size_in(self, room: QRect) -> QSize:
        self._count.setVisible(room.height() >= self._look.px(_LOW_PX))
        self._name_buttons(narrow=room.width() < self._look.px(_NARROW_PX))
        width = min(self.sizeHint().width(), self._look.px(WIDEST_PX), room.width())
        self._column.activate()
        height = self._column.totalHeightForWidth(width)
        return QSize(width, height if height > 0 else self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the other wording; other keys are the window's."""
        if event.key() not in _ENTER:
            event.ignore()
        elif self._close.hasFocus():
            self.left.emit()
        else:
            self.keep_requested.emit()

    def _short(self, words: str) -> str:
        metrics = self._keep.fontMetrics()
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, self._look.px(180))

    @Slot()
    def _on_look_changed(self) -> None:
        px, font = self._look.px, self._look.font
        self._count.setFont(font(12))
        for name, wording in zip(self._names, self._wordings, strict=True):
            name.setFont(font(12))
            wording.setFont(font(16, bold=wording is self._wordings[0]))
        for button in (self._keep, self._close):
            button.setFont(font(13))
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(5))
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(2))
        self._buttons.setSpacing(px(8))


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    return label


def _button() -> QPushButton:
    button = QPushButton()
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
