# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The look: colours by role from `resources/themes`, and the type sizes.

A widget gets the `Theme` that is in force and repaints when `Look.changed` brings another; no colour and
no font size is written anywhere else.
"""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette

from earmark.base.paths import resource

PAGE_TEXT_PX = 17
LINE_CHARS = 68
_MARGIN_PX = 40
_APART_PX = 0.4


class Theme(NamedTuple):
    """One colour for each role of the interface; contrast of every role is held by tests/ui."""

    name: str
    window: QColor  # bars and panes
    page: QColor  # the transcript, fields, buttons, cards
    border: QColor
    text: QColor
    dim: QColor  # speakers, times, hints
    accent: QColor  # current word, bars, focus ring, played part
    on_accent: QColor
    tint: QColor  # current sentence, chosen rows
    hit: QColor  # search hits behind text
    hit_mark: QColor  # search hits on the timeline
    mark: QColor  # bookmarks
    mark_rose: QColor
    mark_moss: QColor
    mark_sky: QColor
    mark_plum: QColor
    mark_text: QColor
    uncertain: QColor  # dotted underline of disagreements
    toast: QColor
    on_toast: QColor
    error: QColor
    selection: QColor

    def palette(self) -> QPalette:
        """Return the palette that ordinary widgets use."""
        palette = QPalette()
        role = QPalette.ColorRole
        pairs = {
            role.Window: self.window,
            role.WindowText: self.text,
            role.Base: self.page,
            role.AlternateBase: self.window,
            role.Text: self.text,
            role.PlaceholderText: self.dim,
            role.Button: self.page,
            role.ButtonText: self.text,
            role.Highlight: self.accent,
            role.HighlightedText: self.on_accent,
            role.ToolTipBase: self.toast,
            role.ToolTipText: self.on_toast,
            role.Link: self.accent,
            role.Mid: self.border,
            role.Dark: self.dim,
            role.Light: self.page,
            role.Accent: self.accent,
        }
        for key, colour in pairs.items():
            palette.setColor(key, colour)
        for key in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, key, self.dim)
        return palette


@cache
def load_theme(name: str) -> Theme:
    """Read a theme by name (`light` or `dark`)."""
    table = json.loads(resource("themes", f"{name}.json").read_text("utf-8"))
    base: dict[str, str] = table["base"]
    roles: dict[str, str] = table["roles"]
    return Theme(name, **{name: _colour(base, roles[name]) for name in Theme._fields[1:]})


def _colour(base: dict[str, str], value: str) -> QColor:
    return QColor(base.get(value, value))


class Look(QObject):
    """The theme and text size in force, for every widget that paints.

    Signals:
        changed: theme, text size or motion changed; look at the attributes again.
    """

    changed = Signal()

    def __init__(self, theme: Theme, scale: float = 1.0, reduced_motion: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self.scale = scale
        self.reduced_motion = reduced_motion

    def set(
        self, theme: Theme | None = None, scale: float | None = None, reduced_motion: bool | None = None
    ) -> None:
        """Put another theme, text scale (1.0 = 100 %) or motion preference in force."""
        self.theme = theme or self.theme
        self.scale = self.scale if scale is None else scale
        self.reduced_motion = self.reduced_motion if reduced_motion is None else reduced_motion
        self.changed.emit()

    def px(self, size: float) -> int:
        """Return a length of the 100 % design in pixels at the text scale in force."""
        return round(size * self.scale)

    def margin_px(self, width_px: int) -> int:
        """Return how far in a strip above the page begins that is so wide."""
        return min(self.px(_MARGIN_PX), width_px // 20)

    def font(self, size_px: float, *, bold: bool = False, italic: bool = False) -> QFont:
        """Return the interface font at a size of the 100 % design."""
        font = QFont(_family())
        font.setPixelSize(max(6, self.px(size_px)))
        font.setBold(bold)
        font.setItalic(italic)
        return font

    def capitals(self) -> QFont:
        """Return the font of small headings in capitals, set a little apart."""
        font = self.font(11, bold=True)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _APART_PX * self.scale)
        return font

    def mono(self, size_px: float) -> QFont:
        """Return the fixed-width font for times."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(max(6, self.px(size_px)))
        return font


@cache
def _family() -> str:
    # Asked one by one: the list of all families takes longer than the window's first paint allows.
    for name in ("Inter", "Noto Sans", "Segoe UI", "SF Pro Text", "Cantarell", "Ubuntu", "DejaVu Sans"):
        if QFontInfo(QFont(name)).family() == name:
            return name
    return QFont().family()
