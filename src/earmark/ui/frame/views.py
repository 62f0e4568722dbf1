# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""How it looks: theme, text size, motion, panes and the window's place, kept in the settings."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget

from earmark.settings import options
from earmark.settings.values import Values
from earmark.ui.common.style import apply_style, style_turns
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.frame.window import MainWindow

_DESIGN = QSize(1360, 860)
SCALE_STEP = 0.1
MIN_SCALE, MAX_SCALE = 0.5, 3.0


def wanted_theme(choice: str, hints: QStyleHints) -> str:
    """Return the theme's name for a choice of light, dark or system."""
    if choice != "system":
        return choice
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


class Views(QObject):
    """Applies the view's options and keeps what the listener changes."""

    def __init__(self, application: QApplication, look: Look, values: Values, window: MainWindow) -> None:
        super().__init__()
        self._application = application
        self._look = look
        self._values = values
        self._window = window
        self._stale = False  # whether another look was chosen than the one in force
        self._turns: Iterator[None] = iter(())
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._on_turn)
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_colour_scheme_changed)
        values.subscribe(options.THEME, self._on_option_changed)
        values.subscribe(options.TEXT_SCALE, self._on_option_changed)
        values.subscribe(options.REDUCED_MOTION, self._on_option_changed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def restore(self) -> None:
        """Give window and panes the place they had."""
        geometry = base64.b64decode(self._values.get(options.GEOMETRY))
        if not (geometry and self._window.restoreGeometry(QByteArray(geometry))):
            # Off screen nothing is too large; Qt makes up a small screen there.
            drawn_only = QGuiApplication.platformName() == "offscreen"
            room = _DESIGN if drawn_only else self._window.screen().availableSize()
            self._window.resize(_DESIGN.boundedTo(room))
        for pane, option in self._panes():
            self._window.show_pane(pane, self._values.get(option))
        self._window.set_pane_widths(self._values.get(options.PANE_WIDTHS))

    def keep(self) -> None:
        """Remember the place of window and panes."""
        geometry = self._window.saveGeometry().data()
        self._values.set(options.GEOMETRY, base64.b64encode(geometry).decode("ascii"))
        self._values.set(options.PANE_WIDTHS, self._window.pane_widths())

    def set_theme(self, name: str) -> None:
        """Choose light, dark or system."""
        self._values.set(options.THEME, name)

    def theme(self) -> str:
        """Return the choice in force."""
        return self._values.get(options.THEME)

    def change_scale(self, steps: int) -> None:
        """Make the text larger or smaller by tenths."""
        chosen = self._values.get(options.TEXT_SCALE)  # which may still be on its way
        scale = round(chosen + steps * SCALE_STEP, 2)
        self._values.set(options.TEXT_SCALE, min(MAX_SCALE, max(MIN_SCALE, scale)))

    def reset_scale(self) -> None:
        """Go back to the normal text size."""
        self._values.reset(options.TEXT_SCALE)

    def toggle_pane(self, pane: QWidget | None) -> None:
        """Fold a side pane away, or show it again and go there."""
        for known, option in self._panes():
            if known is pane:
                self._window.show_pane(known, known.isHidden())
                self._values.set(option, not known.isHidden())
                self._window.enter(self._window.page if known.isHidden() else known)

    def _panes(self) -> list[tuple[QWidget, options.Option[bool]]]:
        pairs = (
            (self._window.library_pane, options.LIBRARY_PANE),
            (self._window.notes_pane, options.NOTES_PANE),
        )
        return [(pane, option) for pane, option in pairs if pane is not None]

    @Slot()
    def _on_colour_scheme_changed(self) -> None:
        self._apply()

    def _on_option_changed(self, _value: object) -> None:
        self._apply()

    def _apply(self) -> None:
        self._stale = True
        if not self._timer.isActive():
            self._turns = self._restyle()
            self._on_turn()

    def _restyle(self) -> Iterator[None]:
        """Put the chosen look in force, in turns so that no key waits for all of it; the last is seen."""
        while self._stale:  # chosen anew meanwhile, by a key that is held
            self._stale = False
            theme = load_theme(wanted_theme(self._values.get(options.THEME), self._hints))
            scale = self._values.get(options.TEXT_SCALE)
            self._window.setUpdatesEnabled(False)
            yield from style_turns(self._application, Look(theme, scale))
            self._look.set(theme, scale, self._values.get(options.REDUCED_MOTION) == "on")
            yield
            self._window.setUpdatesEnabled(True)
            # Qt dropped what asked for painting meanwhile, but waits for it still: nothing would be painted.
            QCoreApplication.postEvent(self._window, QEvent(QEvent.Type.UpdateRequest))

    @Slot()
    def _on_turn(self) -> None:
        if next(self._turns, self._look) is None:
            self._timer.start()

    @Slot()
    def _on_look_changed(self) -> None:
        apply_style(self._application, self._look)
