# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the first page needs, built once, in the order of the floors, and taken down in the opposite order.

profile → store → settings → player, tracker, looper → session → front of the window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from earmark.base.errors import expected
from earmark.base.paths import Profile
from earmark.commands.registry import Registry
from earmark.playback.player import Player
from earmark.session.steering.parts import SessionParts
from earmark.settings import options
from earmark.settings.values import Values
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.frame.views import wanted_theme
from earmark.ui.shell.front import Front


class Core(QObject):
    """Store, player, session and the window as it first appears; `close` lets go of them."""

    def __init__(
        self,
        application: QApplication,
        profile: Profile,
        runner: Runner,
        player: Player,
        now_s: Callable[[], float],
        files: Sequence[Path] = (),
    ) -> None:
        super().__init__()
        self.application = application
        self.profile = profile
        self.runner = runner
        self.player = player
        self.now_s = now_s
        self.store = Store.open(profile, blank=True)
        self.values = Values(self.store.settings.all(), self._save_setting)
        self.parts = SessionParts(player, self.store, runner, now_s)
        self.session, self.memory = self.parts.session, self.parts.memory
        self.registry = Registry()
        hints = application.styleHints()
        self.look = Look(
            load_theme(wanted_theme(self.values.get(options.THEME), hints)),
            self.values.get(options.TEXT_SCALE),
            self.values.get(options.REDUCED_MOTION) == "on",
        )
        if files:
            self.session.open(files)  # before the window is built, so that both go on at once
        self.front = Front(application, self.look, self.values, self.registry, self.parts)
        self.window = self.front.window
        self.window.closing.connect(self._on_closing)
        self._volume()
        self.memory.failed.connect(self._on_store_failed)
        for notice in self.store.notices:
            self.session.problem.emit(notice)
        self._closed = False

    def _volume(self) -> None:
        self.player.set_volume(self.values.get(options.VOLUME))
        self.player.set_muted(self.values.get(options.MUTED))
        self.player.volume_changed.connect(self._on_volume_changed)
        self.player.muted_changed.connect(self._on_muted_changed)

    def _save_setting(self, key: str, value: Any) -> None:
        if not self.store.read_only:
            write = partial(self.store.settings.save, key, value)
            self.runner.run(write, None, self._on_store_failed, lane=Lane.STORE, owner=self)

    def _on_store_failed(self, error: Exception) -> None:
        self.session.problem.emit(expected(error))

    @Slot(float)
    def _on_volume_changed(self, volume: float) -> None:
        self.values.set(options.VOLUME, volume)

    @Slot(bool)
    def _on_muted_changed(self, muted: bool) -> None:
        self.values.set(options.MUTED, muted)

    @Slot()
    def _on_closing(self) -> None:
        self.memory.keep()
        self.front.views.keep()

    def close(self) -> None:
        """Save, let go of the sound, finish what is being written, close the store."""
        if not self._closed:
            self._closed = True
            self.player.close()
            self.runner.close()
            self.store.close()
