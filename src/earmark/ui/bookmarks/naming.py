# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The colours of bookmarks as the pane shows them, and the dialog in which they are named. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from earmark.domain.marks.colours import COLOURS, NAME_CHARS
from earmark.ui.common.theme import Look

_SIDE_PX = 14


def role_of(colour: str) -> str:
    """Return the theme's role of a kept colour, the usual one for a colour there is not."""
    return f"mark_{colour}" if colour and colour in COLOURS else "mark"


def swatch(look: Look, colour: str, ratio: float) -> QIcon:
    """Return a kept colour as an icon."""
    side = look.px(_SIDE_PX)
    picture = QPixmap(QSize(side, side) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade: QColor = getattr(look.theme, role_of(colour))
    painter.setBrush(shade)
    painter.drawRoundedRect(1, 1, side - 2, side - 2, look.px(3), look.px(3))
    painter.end()
    return QIcon(picture)


class ColourDialog(QDialog):
    """A field for each colour.

    Signals:
        named: the listener's names, by the colour as it is kept (a dict); those left empty are not in it.
    """

    named = Signal(object)

    def __init__(self, look: Look, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Name the colours")
        self._fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for kept, usual in COLOURS.items():
            field = QLineEdit(names.get(kept, ""))
            field.setMaxLength(NAME_CHARS)
            field.setPlaceholderText(usual)
            field.setAccessibleName(f"Name of {usual}")
            field.addAction(
                swatch(look, kept, self.devicePixelRatioF()), QLineEdit.ActionPosition.LeadingPosition
            )
            form.addRow(_plain(usual), field)
            self._fields[kept] = field
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        hint = _plain("What each colour means to you, such as “to check” or “quote”.")
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(look.px(340))
        self.accepted.connect(self._on_accepted)
        self._fields[""].setFocus()

    @Slot()
    def _on_accepted(self) -> None:
        self.named.emit({kept: field.text() for kept, field in self._fields.items()})


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
