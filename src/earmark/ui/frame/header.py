# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The head of the page: what is open, which of its transcripts is read, and what was mended in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from earmark.ui.common.theme import Look

_COVER_PX = 28
_TIGHT_PX = 270  # narrower, the switch has no room to spare
_LEAST_TITLE_PX = 240
_LEAST_CUT_PX = 60  # of a title that is cut to save a line
_LOW_PX = 480  # a window lower than this has no height to spare for a second line


class Header(QWidget):
    """Title, where it comes from, notes of the readers, and the switch between transcripts.

    Signals:
        track_chosen: index of the transcript to read.
        notes_requested: show what the reader mended.
    """

    track_chosen = Signal(int)
    notes_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._title_text = ""
        self._title = _plain_label(self)
        self._title.setObjectName("page-title")
        self._cover = QLabel(self)
        self._cover.setObjectName("cover")
        self._cover.hide()
        self._image: QImage | None = None
        self._subtitle = _plain_label(self)
        self._subtitle.setObjectName("dim")
        self._notes = QPushButton(self)
        self._notes.setObjectName("link")
        self._notes.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._notes.clicked.connect(self.notes_requested)
        self._switch = QWidget(self)
        self._switch.setObjectName("track-switch")
        self._switch.setAccessibleName("Transcript")
        self._switch_row = QHBoxLayout(self._switch)
        self._switch_row.setContentsMargins(0, 0, 0, 0)
        self._switch_row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.track_chosen)
        self._lines = QVBoxLayout(self)
        self._row, self._below = QHBoxLayout(), QHBoxLayout()
        self._lines.addLayout(self._row)
        self._lines.addLayout(self._below)
        for part in (self._cover, self._title, self._subtitle, self._notes):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._switch)
        self._below.addStretch(1)
        self._notes.hide()
        self._switch.hide()
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_title(self, title: str, subtitle: str) -> None:
        """Show what is open; both texts are shown as they are, never as markup."""
        self._title_text = title
        self._subtitle.setText(subtitle)
        self._elide()

    @Slot(object)
    def show_cover(self, image: QImage | None) -> None:
        """Show the recording's own picture, small, or none."""
        self._image = image
        self._cover.setVisible(image is not None)
        if image is not None:
            ratio = self.devicePixelRatioF()
            side = round(self._look.px(_COVER_PX) * ratio)
            scaled = image.scaled(
                QSize(side, side),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            self._cover.setPixmap(QPixmap.fromImage(scaled))
        self._elide()

    def show_notes(self, count: int) -> None:
        """Say how many notes there are: on what was mended or skipped, or how it was woven."""
        self._notes.setVisible(count > 0)
        self._notes.setText(f"{count} note{'' if count == 1 else 's'}")
        self._notes.setToolTip("What was mended, skipped or woven in this transcript")

    def show_tracks(self, names: Sequence[str], current: int) -> None:
        """Show the switch when there is something to switch between."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._switch_row.removeWidget(button)
            button.deleteLater()
        before = self._notes
        for index, name in enumerate(names):
            button = QPushButton(name.replace("&", "&&"), self._switch)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # to a screen reader, one of several
            button.setChecked(index == current)
            button.setObjectName("segment")
            button.setProperty("place", _place(index, len(names)))
            button.setProperty("tight", False)
            button.setMinimumWidth(1)  # a narrow window cuts names rather than the last button
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(f"{name} transcript")
            self._group.addButton(button, index)
            self._switch_row.addWidget(button)
            QWidget.setTabOrder(before, button)  # a new widget would be last of the whole window
            before = button
        self._switch.setVisible(len(names) > 1)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the title takes what the others leave."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        """Give the title its room: where it gets narrow, where it comes from is left out.

        Then the switch takes a line of its own, if there is height for it, and only then the title is cut.
        """
        side = self._look.margin_px(self.width())
        margins = self._lines.contentsMargins()
        if margins.left() != side:
            self._lines.setContentsMargins(side, margins.top(), side, margins.bottom())
        self._tighten(self.width() < self._look.px(_TIGHT_PX))
        title = self._title.fontMetrics().horizontalAdvance(self._title_text)
        taken = sum(self._width_of(part) for part in (self._cover, self._notes) if not part.isHidden())
        room = self.width() - taken - 2 * side
        switch = 0 if self._switch.isHidden() else self._width_of(self._switch)
        low = self.window().height() < self._look.px(_LOW_PX)
        least = min(title, self._look.px(_LEAST_CUT_PX if low else _LEAST_TITLE_PX))
        below = bool(switch) and room - switch < least
        self._place_switch(below)
        room -= 0 if below else switch
        beside = room - self._width_of(self._subtitle)
        there = bool(self._subtitle.text()) and beside >= min(title, self._look.px(_LEAST_TITLE_PX))
        self._subtitle.setVisible(there)
        self._title.setText(
            self._title.fontMetrics().elidedText(
                self._title_text, Qt.TextElideMode.ElideRight, max(0, beside if there else room)
            )
        )
        self._title.setAccessibleName(self._title_text)

    def _tighten(self, tight: bool) -> None:
        """Let the names of transcripts have the room around them."""
        for button in self._group.buttons():
            if button.property("tight") is not tight:
                button.setProperty("tight", tight)
                button.style().unpolish(button)
                button.style().polish(button)

    def _place_switch(self, below: bool) -> None:
        line, other = (self._below, self._row) if below else (self._row, self._below)
        if line.indexOf(self._switch) < 0:
            other.removeWidget(self._switch)
            line.insertWidget(0 if below else line.count(), self._switch)
            self._lines.setSpacing(self._look.px(8) if below else 0)
            # What holds the header is in the middle of laying it out and takes no notice of a new height.
            QTimer.singleShot(0, self, self.updateGeometry)

    def _width_of(self, part: QWidget) -> int:
        return part.sizeHint().width() + self._look.px(24)

    @Slot()
    def _on_look_changed(self) -> None:
        px = self._look.px
        self._title.setFont(self._look.font(18, bold=True))
        self._subtitle.setFont(self._look.font(14))
        side = self._lines.contentsMargins().left()  # as wide as there is room for
        self._lines.setContentsMargins(side, px(11), side, px(11))
        self._lines.setSpacing(0 if self._below.count() < 2 else px(8))
        self._row.setSpacing(px(14))
        # As high as the switch, there or not: the title does not hop from recording to recording.
        # (A button asks for the size of its words, which a font's own height may fall short of by rounding.)
        self._title.setMinimumHeight(self.fontMetrics().size(0, "X").height() + 2 * px(5) + 2)
        self.show_cover(self._image)


def _plain_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return label


def _place(index: int, count: int) -> str:
    if index == 0:
        return "first"
    return "last" if index == count - 1 else "middle"
