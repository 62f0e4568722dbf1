# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Who gets a bare key: the widget with the focus, or a command. For the window; GUI thread.

A bare key (layer B) runs its command unless a text input has the focus. A control keeps the few keys that
work it, but only when it got the focus by keyboard: after a click on a button, Space still plays. Enter,
Up, Down, Page and Home keys are never taken from the page. Esc goes to the innermost thing that can be left.

The router sits on the window and on whichever widget has had the focus, not on the application: an event
filter in Python on every event of the program would be felt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QTreeView,
    QWidget,
)

from earmark.commands.catalogue import by_id
from earmark.commands.keymap import Keymap, normal
from earmark.commands.registry import Registry
from earmark.ui.keys.latinkeys import latin_letter

_MODIFIER = Qt.KeyboardModifier
_HELD = _MODIFIER.ShiftModifier | _MODIFIER.ControlModifier | _MODIFIER.AltModifier | _MODIFIER.MetaModifier
_ALT_GR = _MODIFIER.ControlModifier | _MODIFIER.AltModifier  # as Windows tells it
_TEXT_INPUTS = (QLineEdit, QAbstractSpinBox, QKeySequenceEdit)
_SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})
_SPACE = frozenset({Qt.Key.Key_Space})


@dataclass(frozen=True, slots=True)
class _Exit:
    leave: Callable[[], bool]
    inside: QWidget | None


class KeyRouter(QObject):
    """Routes bare keys and Esc of one window."""

    def __init__(self, registry: Registry, keymap: Keymap, window: QWidget, app: QApplication) -> None:
        super().__init__(window)
        self._registry = registry
        self._keymap = keymap
        self._window = window
        self._app = app
        self._exits: list[_Exit] = []
        self._focused: QWidget | None = None
        self._by_keyboard = False
        window.installEventFilter(self)
        app.focusChanged.connect(self._on_focus_changed)

    def set_keymap(self, keymap: Keymap) -> None:
        """Put other keys in force."""
        self._keymap = keymap

    def add_escape(self, leave: Callable[[], bool], inside: QWidget | None = None) -> None:
        """Let Esc call `leave`, which tells whether there was something to leave.

        With the focus within `inside` it is called before all others, the innermost first; after that, and
        after the focused widget itself, all are called in the order added until one has left.
        """
        self._exits.append(_Exit(leave, inside))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: take a key press from a widget of the window, or let it go on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return not event.isAutoRepeat() and self._escape(watched)
        command = self._command(event)
        if command is None or self._keeps(watched, event) or self._keeps(self._window.focusWidget(), event):
            return False
        spec = by_id(command)
        if not event.isAutoRepeat() or (spec is not None and spec.repeats):
            self._registry.attempt(command)
        return True

    def _command(self, event: QKeyEvent) -> str | None:
        """Return the command of a key: by the sign it types, else by the key and what is held.

        `?` is Shift+ß on one keyboard and AltGr+something on another, but it always types `?`.
        """
        held = event.modifiers() & _HELD
        sign = event.text()
        if len(sign) == 1 and sign.isprintable() and not sign.isalnum() and sign != " ":
            ctrl_alt = held & ~_MODIFIER.ShiftModifier
            found = self._keymap.bare_command(normal(sign)) if ctrl_alt in (_MODIFIER(0), _ALT_GR) else None
            if found:
                return found
        letter = latin_letter(event, self._app.platformName())
        key = Qt.Key(ord(letter)) if letter else Qt.Key(event.key())
        pressed = QKeySequence(QKeyCombination(held, key))
        return self._keymap.bare_command(pressed.toString(QKeySequence.SequenceFormat.PortableText))

    def _keeps(self, widget: QWidget | None, event: QKeyEvent) -> bool:
        if widget is None:
            return False
        if _takes_text(widget):
            return True
        plain = not event.modifiers() & _HELD
        return (
            plain and self._by_keyboard and widget is self._focused and event.key() in _working_keys(widget)
        )

    def _escape(self, watched: QWidget) -> bool:
        if watched is self._window:
            return any(way.leave() for way in self._exits)
        if watched is not self._window.focusWidget():
            return False  # on its way up; the innermost ones were asked already
        widget: QWidget | None = watched
        while widget is not None:
            for way in self._exits:
                if way.inside is widget and way.leave():
                    return True
            widget = widget.parentWidget()
        return False

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self._focused or now.window() is not self._window:
            return  # nothing here has the focus, or the window came back to what had it
        self._focused = now
        self._by_keyboard = self._app.mouseButtons() == Qt.MouseButton.NoButton
        now.installEventFilter(self)


def _takes_text(widget: QWidget) -> bool:
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, _TEXT_INPUTS)


def _working_keys(widget: QWidget) -> frozenset[Qt.Key]:
    """Return the bare keys that work a control."""
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        exclusive = widget.autoExclusive() or (group is not None and group.exclusive())
        return _SPACE | _SIDEWAYS if exclusive else _SPACE
    if isinstance(widget, QComboBox):
        return _SPACE
    if isinstance(widget, QAbstractSlider | QTabBar | QTreeView):
        return _SIDEWAYS
    return frozenset()
