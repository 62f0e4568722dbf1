# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The value of every option: typed, checked, kept, and told to whoever listens. For the main thread.

Where values are kept is the caller's affair: `stored` is what was kept, `save` keeps one value (the program
hands in the store's setting table, written on its lane).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from earmark.base.errors import BugError
from earmark.settings.options import OPTIONS, Option

T = TypeVar("T")
_log = logging.getLogger("earmark.settings")


class Values:
    """What each option is now."""

    def __init__(self, stored: Mapping[str, Any], save: Callable[[str, Any], None]) -> None:
        self._save = save
        self._values: dict[str, Any] = {}
        self._listeners: dict[str, list[Callable[[Any], None]]] = {}
        self.refused: dict[str, Any] = {}
        for key, value in stored.items():
            self._take(key, value)

    def get(self, option: Option[T]) -> T:
        """Return the value of an option."""
        value: T = self._values.get(option.key, option.default)
        return value

    def set(self, option: Option[T], value: T) -> None:
        """Set an option, keep it, and tell its listeners; a value it does not accept is a bug."""
        if not option.accepts(value):
            raise BugError(f"{option.key} cannot be {value!r}")
        if value == self.get(option):
            return
        self._values[option.key] = value
        self._save(option.key, value)
        for listener in tuple(self._listeners.get(option.key, ())):
            listener(value)

    def reset(self, option: Option[T]) -> None:
        """Set an option to what it is at first."""
        self.set(option, option.default)

    def subscribe(self, option: Option[T], listener: Callable[[T], None]) -> Callable[[], None]:
        """Call `listener(value)` on every change; returns the function that ends it."""
        listeners = self._listeners.setdefault(option.key, [])
        listeners.append(listener)

        def end() -> None:
            if listener in listeners:
                listeners.remove(listener)

        return end

    def _take(self, key: str, value: Any) -> None:
        option = OPTIONS.get(key)
        if option is None:
            return  # of a newer program: kept in the store, not ours to judge
        if option.accepts(value):
            self._values[key] = value
        else:
            self.refused[key] = value
            _log.warning("the stored value %r of %s is not possible; the default is used", value, key)
