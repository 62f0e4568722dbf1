# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Everything built once, in the order of the floors, and taken down in the opposite order.

profile → store → settings → runner → player, tracker, looper → session → commands → window → binders →
door. Every object gets what it needs here and nowhere else.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from earmark.app.crash import CrashHooks
from earmark.app.errands import Errands
from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.commands.registry import Registry
from earmark.commands.verbs import bind_listening, bind_marks, bind_reading, bind_undo, bind_weaving
from earmark.playback.deck import Deck
from earmark.playback.loops import Looper
from earmark.playback.nullplayer import NullPlayer
from earmark.playback.player import Player
from earmark.playback.tracker import Tracker
from earmark.session.attention import Attention, JumpHistory
from earmark.session.finding import Finder
from earmark.session.hearing import Hearing
from earmark.session.library.parts import LibraryParts
from earmark.session.listening import Listening
from earmark.session.marks.marks import Marks
from earmark.session.memory import Memory
from earmark.session.repeating import Repeating
from earmark.session.session import Session
from earmark.session.stepping import Stepping
from earmark.session.undo import UndoHistory
from earmark.session.woven.correcting import Correcting
from earmark.session.woven.walking import Walking
from earmark.session.woven.weaving import Weaving
from earmark.settings import options
from earmark.settings.values import Values
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner
from earmark.ui.common.theme import Look, load_theme
from earmark.ui.frame.views import wanted_theme
from earmark.ui.shell.assembly import Shell
from earmark.ui.shell.bindings import sample_path

if TYPE_CHECKING:
    from earmark.app.wishes import Wishes


def make_sounding_player() -> Player:
    """Return the player with sound; loads Qt's multimedia, so it is called after the first paint."""
    # A tenth of a second; the page is painted before.
    from earmark.playback.availability import playback_available, quiet_ffmpeg

    if (fault := playback_available()) is not None:
        return NullPlayer(fault=lambda _path: fault)  # says what is missing for whatever is opened

    from earmark.playback.qtplayer import QtPlayer

    player = QtPlayer()
    if not logging.getLogger("earmark.playback").isEnabledFor(logging.DEBUG):
        quiet_ffmpeg()
    return player


class Program(QObject):
    """The running program; `close` ends it."""

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
        self.profile = profile
        self.runner = runner
        self.player = player
        self.store = Store.open(profile)
        self.values = Values(self.store.settings.all(), self._save_setting)
        self.tracker = Tracker(player)
        self.looper = Looper(player)
        self.memory = Memory(self.store, runner, player, self.looper)
        self.session = Session(player, self.tracker, runner, self.memory)
        self.attention = Attention()
        self.listening = Listening(self.session, player, self.attention, JumpHistory(now_s))
        stepping = Stepping(self.session, player, self.listening)
        self.repeating = Repeating(self.session, player, self.looper, self.listening, stepping)
        self.finder = Finder(runner)
        self.undo = UndoHistory()
        correcting = Correcting(self.session, self.memory, self.store, runner, self.undo)
        self.weaving = Weaving(self.session, self.memory, correcting, runner, self.values)
        self.walking = Walking(self.session, self.weaving, correcting, player, self.listening)
        self.hearing = Hearing(self.session, player, self.memory, self.store, runner)
        self.marks = Marks(
            self.session,
            player,
            self.memory,
            self.listening,
            self.store,
            runner,
            self.undo,
            self.hearing,
            now_s,
        )
        self.library = LibraryParts(
            profile,
            self.store,
            runner,
            self.values,
            self.undo,
            self.session,
            self.memory,
            player,
            self.tracker,
            self.attention,
            self.listening,
            self.hearing,
        )
        self.registry = Registry()
        bind_listening(self.registry, self.session, self.listening, stepping, self.repeating)
        bind_reading(self.registry, self.session, self.attention, self.finder)
        bind_undo(self.registry, self.undo)
        bind_marks(self.registry, self.session, self.marks)
        bind_weaving(self.registry, self.weaving, self.walking, self.values)
        hints = application.styleHints()
        self.look = Look(
            load_theme(wanted_theme(self.values.get(options.THEME), hints)),
            self.values.get(options.TEXT_SCALE),
            self.values.get(options.REDUCED_MOTION) == "on",
        )
        if files:
            self.session.open(files)  # before the window is built, so that both go on at once
        self.shell = Shell(
            application,
            self.look,
            self.values,
            self.registry,
            self.session,
            player,
            self.tracker,
            self.looper,
            self.attention,
            self.listening,
            self.repeating,
            self.finder,
            self.undo,
            self.weaving,
            self.walking,
            self.marks,
            self.library,
            self.memory,
            runner,
        )
        self.shell.window.closing.connect(self._on_closing)
        self._volume()
        self.memory.failed.connect(self._on_store_failed)
        self.marks.notebook.load()
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
        if not isinstance(error, UserError):
            raise error
        self.session.problem.emit(error)

    @Slot(float)
    def _on_volume_changed(self, volume: float) -> None:
        self.values.set(options.VOLUME, volume)

    @Slot(bool)
    def _on_muted_changed(self, muted: bool) -> None:
        self.values.set(options.MUTED, muted)

    @Slot()
    def _on_closing(self) -> None:
        self.memory.keep()
        self.hearing.keep()
        self.shell.views.keep()

    def close(self) -> None:
        """Save, let go of the sound, finish what is being written, close the store."""
        if not self._closed:
            self._closed = True
            self.library.close()
            self.player.close()
            self.runner.close()
            self.store.close()


def run_window(
    arguments: argparse.Namespace, profile: Profile, files: list[Path], links: Sequence[str] = ()
) -> int:
    """Open the window, with files or where a link leads; run until it closes; return the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Earmark")
    application.setDesktopFileName("earmark")
    application.setStyle("Fusion")
    profile.make()
    hooks = CrashHooks(profile)
    deck = Deck(make_sounding_player, partial(NullPlayer, real_time=True))
    deck.hold()
    wanted = [sample_path()] if arguments.sample else files
    program = Program(application, profile, Runner(), deck, time.monotonic, wanted)
    for link in links[-1:]:
        program.marks.travel.follow_link(link)
    alone = bool(arguments.run or arguments.screenshot)
    painted = AfterPaint(program, deck, alone)
    errands = Errands(
        program.shell.window,
        program.session,
        deck,
        program.registry,
        bool(wanted),
        arguments.run,
        arguments.screenshot,
        arguments.screenshot_after,
        painted.begin,
    )
    try:
        errands.start()
        application.exec()
    finally:
        painted.close()
        program.close()
        hooks.close()
    return errands.exit_code


class AfterPaint:
    """What can wait until the first page is painted: the sound system, and the door for other programs."""

    def __init__(self, program: Program, deck: Deck, alone: bool) -> None:
        self._program = program
        self._deck = deck
        self._alone = alone
        self._wishes: Wishes | None = None

    def begin(self) -> None:
        """Make them."""
        from earmark.app.wishes import Wishes  # brings Qt's network with it

        program = self._program
        wishes = Wishes(
            program.profile,
            program.registry,
            program.session,
            program.marks.travel,
            program.shell.window,
        )
        if wishes.open():
            self._wishes = wishes
        elif not self._alone:
            sys.stderr.write("earmark: another window runs with this profile but does not answer.\n")
        self._deck.release()
        program.library.begin()
        gc.enable()
        gc.freeze()  # what a program is built of is not searched for garbage while it plays

    def close(self) -> None:
        """Close the door."""
        if self._wishes is not None:
            self._wishes.close()
