# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""From a command id to what carries it out: the one door for keys, menus, scripts and tests.

`commands/verbs.py` registers the handlers. Main thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from earmark.base.errors import BugError, UserError
from earmark.commands.arguments import Value, read_argument
from earmark.commands.catalogue import COMMANDS, CommandSpec

Pending = Future[Any]
Handler = Callable[..., object]
Question = Callable[[], bool]


class _Entry(NamedTuple):
    handler: Handler
    enabled: Question | None
    checked: Question | None


class Registry(QObject):
    """The commands of one window.

    Signals:
        ran: id of a command that was carried out (what it stores may still be on its way).
        refused: the plain sentence why `attempt` did not carry out a command.
    """

    ran = Signal(str)
    refused = Signal(str)

    def __init__(self, specs: Sequence[CommandSpec] = COMMANDS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in specs}
        self._entries: dict[str, _Entry] = {}

    def register(
        self,
        command: str,
        handler: Handler,
        enabled: Question | None = None,
        checked: Question | None = None,
    ) -> None:
        """Let `handler` carry out a command of the catalogue.

        The handler is called with the command's argument, or with nothing; it may return a future, done
        when what it stores is committed (anything else it returns is dropped). `enabled` tells whether
        the command is possible now, or raises the UserError that says why not; `checked` tells whether what
        it switches is on.
        """
        if command not in self._specs:
            raise BugError(f"{command} is not in the catalogue")
        if command in self._entries:
            raise BugError(f"{command} has a handler already")
        self._entries[command] = _Entry(handler, enabled, checked)

    def specs(self) -> tuple[CommandSpec, ...]:
        """Return the specs in the order of the catalogue."""
        return tuple(self._specs.values())

    def missing(self) -> tuple[str, ...]:
        """Return the ids nobody carries out."""
        return tuple(command for command in self._specs if command not in self._entries)

    def can_run(self, command: str) -> bool:
        """Tell whether a command exists and is possible now."""
        entry = self._entries.get(command)
        try:
            return entry is not None and (entry.enabled is None or entry.enabled())
        except UserError:
            return False

    def checkable(self, command: str) -> bool:
        """Tell whether a command switches something on and off."""
        entry = self._entries.get(command)
        return entry is not None and entry.checked is not None

    def checked(self, command: str) -> bool:
        """Tell whether what a command switches is on."""
        entry = self._entries.get(command)
        return entry is not None and entry.checked is not None and entry.checked()

    def run(self, command: str, *args: Value) -> Pending | None:
        """Carry out a command; `args` are read as its argument says, texts included.

        Returns the handler's future when there is something to wait for. Raises UserError
        ("unknown-command", "bad-argument", "not-now", or the handler's own) with one plain sentence.
        """
        spec = self._specs.get(command)
        entry = self._entries.get(command)
        if spec is None or entry is None:
            raise UserError("unknown-command", f"There is no command “{command}”.", command=command)
        values = read_argument(spec, args)
        if entry.enabled is not None and not entry.enabled():
            raise UserError("not-now", f"“{spec.title}” is not possible now.", command=command)
        result = entry.handler(*values)
        self.ran.emit(command)
        return result if isinstance(result, Future) else None

    def attempt(self, command: str, *args: Value) -> None:
        """Carry out a command for a key or a menu: a refusal is told by `refused`, not raised."""
        try:
            self.run(command, *args)
        except UserError as error:
            self.refused.emit(error.message)
