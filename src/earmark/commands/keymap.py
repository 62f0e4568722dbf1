# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Which key belongs to which command: the catalogue's keys and the listener's changes. Immutable.

Layer A keys work everywhere, also while typing. Layer B keys ("bare") are those a text input needs for
itself: characters, Space, Backspace, and the arrows left and right. Which layer a key is in follows from the
key, so a change names keys only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from earmark.commands.catalogue import COMMANDS, FIXED_KEYS, CommandSpec

_FORMAT = QKeySequence.SequenceFormat
_MODIFIER = Qt.KeyboardModifier
_SIDEWAYS = {Qt.Key.Key_Left, Qt.Key.Key_Right}
_EDITING = _SIDEWAYS | {Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space}
_LAST_CHARACTER = 0x10FFFF  # Qt's keys for characters are the characters; all others lie above


class Conflict(NamedTuple):
    """A key that `command` names and does not get: `holder` has it, or, if None, no key is called so.

    Keys of the page and Esc have the holder "" (see FIXED_KEYS).
    """

    key: str
    command: str
    holder: str | None


class Keymap:
    """The keys in force.

    `changes` maps ids to all keys of a command and stands in for the catalogue's; it wins over the keys of
    commands that were not changed. `characters` is the switch for single-character keys (WCAG 2.1.4).
    """

    def __init__(
        self,
        specs: Sequence[CommandSpec] = COMMANDS,
        changes: Mapping[str, Sequence[str]] | None = None,
        characters: bool = True,
    ) -> None:
        changes = changes or {}
        self._characters = characters
        self._holders = {normal(key): "" for _, keys in FIXED_KEYS for key in keys}
        self._keys: dict[str, list[str]] = {spec.id: [] for spec in specs}
        self._conflicts: list[Conflict] = []
        for spec in sorted(specs, key=lambda spec: spec.id not in changes):
            for key in changes.get(spec.id, spec.keys + spec.bare):
                self._give(spec.id, key)

    @classmethod
    def from_settings(cls, changes: Mapping[str, object], characters: bool) -> Keymap:
        """Return the keymap of a settings file; entries that are no list of keys are as if not there."""
        lists = {
            command: [str(key) for key in keys] for command, keys in changes.items() if isinstance(keys, list)
        }
        return cls(COMMANDS, lists, characters)

    def _give(self, command: str, key: str) -> None:
        name = normal(key)
        if not name:
            self._conflicts.append(Conflict(key, command, None))
        elif name in self._holders:
            self._conflicts.append(Conflict(name, command, self._holders[name]))
        elif self._characters or not is_character(name):
            self._holders[name] = command
            self._keys[command].append(name)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Keys that were named and not given."""
        return tuple(self._conflicts)

    def keys(self, command: str) -> tuple[str, ...]:
        """Return the layer A keys of a command, as portable texts."""
        return tuple(key for key in self._keys.get(command, ()) if not is_bare(key))

    def bare(self, command: str) -> tuple[str, ...]:
        """Return the layer B keys of a command, as portable texts."""
        return tuple(key for key in self._keys.get(command, ()) if is_bare(key))

    def shown(self, command: str) -> tuple[str, ...]:
        """Return all keys of a command as this system writes them, media keys left out."""
        return tuple(native(key) for key in self._keys.get(command, ()) if "Media" not in key)

    def handiest(self, command: str) -> str:
        """Return the key of a command that a menu or a tooltip names: of each layer's first the shorter."""
        named = [key for key in self.keys(command) if "Media" not in key][:1] + list(self.bare(command)[:1])
        return min(map(native, named), key=len, default="")

    def bare_command(self, key: str) -> str | None:
        """Return the command of a layer B key in normal form, or None."""
        command = self._holders.get(key)  # a key that Qt has no name for comes as ""
        return command if command and is_bare(key) else None


def normal(key: str) -> str:
    """Return a key in Qt's portable spelling; empty if it is not the name of one key."""
    sequence = QKeySequence.fromString(key, _FORMAT.PortableText)
    return sequence.toString(_FORMAT.PortableText) if sequence.count() == 1 else ""


def native(key: str) -> str:
    """Return a portable key as this system writes it."""
    return QKeySequence.fromString(key, _FORMAT.PortableText).toString(_FORMAT.NativeText)


def is_bare(key: str) -> bool:
    """Tell whether a text input needs the key for itself (layer B)."""
    pressed = _pressed(key)
    held = pressed.keyboardModifiers()
    if held & (_MODIFIER.AltModifier | _MODIFIER.MetaModifier):
        return False
    if held & _MODIFIER.ControlModifier:
        return pressed.key() in _SIDEWAYS
    return pressed.key() in _EDITING or pressed.key() <= _LAST_CHARACTER


def is_character(key: str) -> bool:
    """Tell whether the key types a single visible character."""
    pressed = _pressed(key)
    return is_bare(key) and Qt.Key.Key_Space < pressed.key() <= _LAST_CHARACTER


def _pressed(key: str) -> QKeyCombination:
    sequence = QKeySequence.fromString(key, _FORMAT.PortableText)
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # missing from PySide6's stubs
    return pressed
