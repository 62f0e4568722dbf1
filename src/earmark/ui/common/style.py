# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The one style sheet: buttons, fields, menus, bars and overlays, from theme and text scale.

Called by `app` and the shell with the application; main thread. Lengths are of the 100 % design and are
written as `@12`; colours are roles of the theme, written as `$accent`. What is not named here is drawn by
Fusion with the theme's palette.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from earmark.ui.common.theme import Look

TEXT_PX = 13
_NO_SHEET = ""

_SHEET = """
QToolTip { background: $toast; color: $on_toast; border: 1px solid $toast; padding: @4 @6; }

QMenuBar { background: $window; color: $text; border-bottom: 1px solid $border; padding: @5 @4; }
QMenuBar::item { background: transparent; padding: @5 @8; border-radius: @5; }
QMenuBar::item:selected { background: $tint; }
QMenuBar > QToolButton { background: transparent; border: none; padding: 0; }
QMenu { background: $page; color: $text; border: 1px solid $border; padding: @4; }
QMenu::item { padding: @5 @24 @5 @26; border-radius: @5; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $dim; }
QMenu::separator { height: 1px; background: $border; margin: @4 @8; }

QToolButton, QPushButton {
    background: $page; color: $text; border: 1px solid $border; border-radius: @7; padding: @5 @10;
    outline: none;
}
QToolButton:hover, QPushButton:hover { background: $tint; }
QToolButton:pressed, QPushButton:pressed { background: $border; }
QToolButton:checked, QPushButton:checked { background: $accent; color: $on_accent; border-color: $accent; }
QToolButton:disabled, QPushButton:disabled { background: $window; color: $dim; }
QPushButton[tone="mark"] { border-color: $mark; }
QPushButton[tone="mark"]:disabled { border-color: $border; }
QToolButton[tone="flat"] { background: transparent; border-color: transparent; padding: @5; }
QToolButton[tone="flat"]:hover { background: $tint; }
QToolButton:focus, QPushButton:focus { border: 2px solid $accent; padding: @4 @9; }
QToolButton[tone="flat"]:focus { padding: @4; }
QToolButton:checked:focus, QPushButton:checked:focus { border-color: $text; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QLineEdit {
    placeholder-text-color: $dim;
    background: $page; color: $text; border: 1px solid $border; border-radius: @6; padding: @6 @9;
    selection-background-color: $selection; selection-color: $text;
}
QLineEdit:focus { border: 2px solid $accent; padding: @5 @8; }

QSlider { min-height: @18; }
QSlider::groove:horizontal { height: @4; border-radius: @2; background: $border; }
QSlider::sub-page:horizontal { border-radius: @2; background: $accent; }
QSlider::handle:horizontal { width: @14; margin: -@5 0; border-radius: @7; background: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $text; width: @10; }

QScrollBar:vertical { width: @12; margin: 0; border: none; background: transparent; }
QScrollBar:horizontal { height: @12; margin: 0; border: none; background: transparent; }
QScrollBar::handle { margin: @3; border-radius: @3; background: $faint; }
QScrollBar::handle:vertical { min-height: @36; }
QScrollBar::handle:horizontal { min-width: @36; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

TransportBar { background: $window; border-top: 1px solid $border; }
Header, Welcome, QWidget#welcome-sheet { background: $page; }
Header { border-bottom: 1px solid $border; }
QLabel#dim, QLabel#menu-hint { color: $dim; }
QLabel#menu-hint { padding: @5 @9 @3 @14; }
QPushButton#link { background: transparent; border: 1px solid transparent; color: $accent; padding: @3 @6; }
QPushButton#link:hover { text-decoration: underline; }
QPushButton#link:focus { border: 1px solid $accent; }
QPushButton#segment { border-radius: 0; border-right-width: 0; padding: @5 @11; }
QPushButton#segment[place="first"] { border-top-left-radius: @7; border-bottom-left-radius: @7; }
QPushButton#segment[place="last"] {
    border-top-right-radius: @7; border-bottom-right-radius: @7; border-right-width: 1px;
}
QPushButton#segment[tight="true"], QPushButton#segment[tight="true"]:focus { padding: @5 @3; }
QPushButton#segment:focus { border-right-width: 2px; padding: @4 @10; }
QSplitter::handle { background: $border; }
NotesPane, LibraryPane { background: $window; }
QListView#rows { background: transparent; border: none; outline: none; }
QListView#cards, QListWidget#chapters { background: transparent; border: none; outline: none; }
QLabel#section { color: $dim; padding: @6 @6 @2 @8; }
QPushButton#section {
    background: transparent; border: 1px solid transparent; color: $dim; padding: @4 @6 @4 @7;
    text-align: left;
}
QPushButton#section:hover { color: $accent; }
QPushButton#section:focus { border: 1px solid $accent; }
QPlainTextEdit#card-field {
    background: $page; color: $text; border: 1px solid $accent; border-radius: @5; padding: @2;
    selection-background-color: $selection; selection-color: $text;
}
FindBar { background: $window; border-bottom: 1px solid $border; }
FindBar > QLabel { color: $dim; }
VolumePopup { background: $page; border: 1px solid $border; }
PlayButton, PlayButton:hover, PlayButton:pressed {
    background: $accent; border: 2px solid $accent; border-radius: @19; padding: 0;
}
PlayButton:hover { border-color: $tint; }
PlayButton:focus { border: 3px solid $text; padding: 0; }
PlayButton:disabled { background: $border; border-color: $border; }
Pill, Toast { background: $toast; color: $on_toast; border: 1px solid $toast; border-radius: @15; }
Pill, Pill:hover, Pill:pressed { background: $toast; padding: @7 @14; }
Pill:hover { border-color: $accent; }
DoubtCard { background: $page; border: 1px solid $dim; border-radius: @8; }
DoubtCard:focus { border: 2px solid $accent; }
Toast > QLabel { color: $on_toast; }
Toast > QPushButton, Toast > QPushButton:hover, Toast > QPushButton:pressed {
    background: transparent; color: $on_toast; border: 1px solid $dim; border-radius: @10; padding: @2 @10;
}
Toast > QPushButton:hover { border-color: $on_toast; }
Toast > QPushButton:focus { border: 2px solid $on_toast; padding: @1 @9; }
"""


def style_sheet(look: Look) -> str:
    """Return the style sheet for the theme and text scale in force."""
    theme = look.theme
    colours = {role: getattr(theme, role).name() for role in theme._fields[1:]}
    colours["faint"] = _between(theme.dim, theme.window).name()
    sheet = re.sub(r"\$(\w+)", lambda match: colours[match[1]], _SHEET)
    # A radius of more than half the height is no radius to Qt: it is never rounded up.
    sheet = re.sub(r"radius: @(\d+)", lambda match: f"radius: {int(int(match[1]) * look.scale)}px", sheet)
    return re.sub(r"@(\d+)", lambda match: f"{look.px(int(match[1]))}px", sheet)


def apply_style(app: QApplication, look: Look) -> None:
    """Put the look in force on the whole application, if it is not: palette, font and style sheet."""
    for _ in style_turns(app, look):
        pass


def style_turns(app: QApplication, look: Look) -> Iterator[None]:
    """Do what `apply_style` does; the event loop may have a turn between any two steps."""
    sheet = style_sheet(look)
    if sheet == app.styleSheet():
        return
    # Qt styles every widget once for a first sheet, but once for each of its parents when it exchanges one.
    app.setStyleSheet(_NO_SHEET)
    app.setPalette(look.theme.palette())
    if app.font() != look.font(TEXT_PX):
        app.setFont(look.font(TEXT_PX))
        # Before the event loop runs, Qt does not tell the widgets that are already there.
        for widget in app.allWidgets():
            QApplication.sendEvent(widget, QEvent(QEvent.Type.ApplicationFontChange))
    yield
    app.setStyleSheet(sheet)
    yield


def _between(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2
    )
