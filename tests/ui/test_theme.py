# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Every text can be read on what it is written on, in both themes; every drawing takes the theme's colour."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from earmark.base.paths import resource
from earmark.ui.common.icons import glyph, icon
from earmark.ui.common.style import apply_style, style_sheet
from earmark.ui.common.theme import Look, Theme, load_theme

THEMES = ("light", "dark")
READABLE = 4.5  # WCAG 2 AA for text
VISIBLE = 3.0  # WCAG 2 AA for parts of controls and marks

TEXT_ON = {
    "text": ("window", "page", "tint", "hit", "selection"),
    "dim": ("window", "page", "tint"),
    "accent": ("window", "page", "tint"),
    "mark_text": ("window", "page", "tint"),
    "uncertain": ("window", "page", "tint"),
    "error": ("window", "page", "tint"),
    "on_accent": ("accent",),
    "on_toast": ("toast",),
}


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def role(theme: Theme, name: str) -> QColor:
    colour: QColor = getattr(theme, name)
    return colour


def test_black_on_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), [(t, g) for t, grounds in TEXT_ON.items() for g in grounds])
def test_text_can_be_read(name: str, text: str, ground: str) -> None:
    theme = load_theme(name)
    assert contrast(role(theme, text), role(theme, ground)) >= READABLE


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("bar", ["accent", "toast"])
def test_bars_and_pills_stand_out(name: str, bar: str) -> None:
    theme = load_theme(name)
    for ground in ("window", "page"):
        assert contrast(role(theme, bar), role(theme, ground)) >= VISIBLE


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_the_style_sheet_is_filled_in_and_understood(qtbot: QtBot, name: str, scale: float) -> None:
    sheet = style_sheet(Look(load_theme(name), scale))
    assert not re.search(r"[$@]", sheet)
    assert load_theme(name).accent.name() in sheet


@pytest.mark.parametrize("path", sorted(resource("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_takes_the_colour_it_is_given(qtbot: QtBot, path: object) -> None:
    name = getattr(path, "stem", "")
    if "currentColor" not in resource("icons", f"{name}.svg").read_text("utf-8"):
        pytest.skip("the program's own icon keeps its colours")
    red = QColor("#ff0000")
    image = glyph(name, red, 32).toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() > 250
    }
    assert seen == {"#ff0000"}


def test_a_glyph_is_sharp_on_a_dense_screen(qtbot: QtBot) -> None:
    pixmap = glyph("play", QColor("black"), 16, ratio=2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)


def test_a_disabled_glyph_is_dim(qtbot: QtBot) -> None:
    look = Look(load_theme("light"))
    made = icon(look, "play")
    image = made.pixmap(16, made.Mode.Disabled).toImage()
    assert image.pixelColor(8, 8).name() == look.theme.dim.name()


def test_widgets_that_are_there_already_take_font_and_size(qtbot: QtBot, qapp: QApplication) -> None:
    before, sheet, palette = QFont(qapp.font()), qapp.styleSheet(), qapp.palette()
    qapp.setStyleSheet("")
    window = QMainWindow()
    qtbot.addWidget(window)
    button = QPushButton("Play", window)
    window.show()
    try:
        for scale, size_px in ((1.0, 13), (2.0, 26), (1.0, 13)):
            look = Look(load_theme("dark"), scale)
            apply_style(qapp, look)
            QApplication.processEvents()
            assert (button.font().family(), button.font().pixelSize()) == (look.font(13).family(), size_px)
    finally:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)
        qapp.setFont(before)


@pytest.mark.parametrize("percent", range(80, 310, 7))
def test_the_play_button_is_round_at_every_size(percent: int) -> None:
    look = Look(load_theme("light"), percent / 100)
    button = style_sheet(look).partition("PlayButton, ")[2]
    radius = re.search(r"border-radius: (\d+)px", button)
    assert radius is not None
    assert look.px(38) - 2 <= 2 * int(radius[1]) <= look.px(38)


def test_another_look_styles_each_widget_twice_at_most(qtbot: QtBot, qapp: QApplication) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    innermost: QWidget = window
    for _ in range(8):  # Qt would style the innermost once more for each of these
        innermost = QWidget(innermost)
    button = QPushButton("One", innermost)
    styled = StyleChanges(button)
    look = Look(load_theme("light"))
    try:
        apply_style(qapp, look)
        window.show()
        styled.count = 0
        apply_style(qapp, look)
        assert styled.count <= 2
    finally:
        qapp.setStyleSheet("")


class StyleChanges(QObject):
    """Counts how often a widget is styled."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return False
