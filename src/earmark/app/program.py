# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Everything built once, in the order of the floors, and taken down in the opposite order.

core (store, session, front of the window) → first paint → furniture (all the rest) → door → sound. Every
object gets what it needs in these three modules and nowhere else.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from earmark.app.core import Core
from earmark.app.crash import CrashHooks
from earmark.app.errands import Errands
from earmark.base.paths import Profile, sample
from earmark.playback.deck import Deck
from earmark.playback.nullplayer import NullPlayer
from earmark.playback.player import Player
from earmark.tasks.runner import Runner

if TYPE_CHECKING:
    from earmark.app.furniture import Furniture
    from earmark.app.wishes import Wishes

# How long a worker keeps the interpreter when the window wants it. Painting asks for it a dozen times, which
# at Python's own 5 ms held up one turn for 60; half a millisecond costs a worker nothing to speak of.
_SWITCH_S = 0.0005


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


class Program:
    """The running program: its core at once, everything else by `furnish` when the first page is painted."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._rest: Furniture | None = None
        core.window.closing.connect(self._on_closing)

    def furnish(self) -> Furniture:
        """Build the rest, once, and let it catch up with what is open."""
        if self._rest is None:
            # A third of a second that the first page does not need.
            from earmark.app.furniture import Furniture

            self._rest = Furniture(self.core)
            self.core.session.retell()
        return self._rest

    def _on_closing(self) -> None:
        if self._rest is not None:
            self._rest.hearing.keep()

    def close(self) -> None:
        """Take everything down; what is being stored is finished first."""
        if self._rest is not None:
            self._rest.library.close()
        self.core.close()


def run_window(
    arguments: argparse.Namespace, profile: Profile, files: list[Path], links: Sequence[str] = ()
) -> int:
    """Open the window, with files or where a link leads; run until it closes; return the exit code."""
    # Asked for in this way, the style needs no object of Python's, for which 500 names would be made.
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("Earmark")
    application.setDesktopFileName("earmark")
    profile.make()
    hooks = CrashHooks(profile)
    deck = Deck(make_sounding_player, partial(NullPlayer, real_time=True))
    deck.hold()
    wanted = [sample()] if arguments.sample else files
    core = Core(application, profile, Runner(), deck, time.monotonic, wanted)
    program = Program(core)
    alone = bool(arguments.run or arguments.screenshot)
    painted = AfterPaint(program, deck, alone, links)
    errands = Errands(core, arguments.run, arguments.screenshot, arguments.screenshot_after, painted.begin)
    try:
        errands.start()
        application.exec()
    finally:
        painted.close()
        program.close()
        hooks.close()
    return errands.exit_code


class AfterPaint:
    """What waits until the first page is painted: the rest of the window, the sound, the door."""

    def __init__(self, program: Program, deck: Deck, alone: bool, links: Sequence[str]) -> None:
        self._program = program
        self._deck = deck
        self._alone = alone
        self._links = links
        self._wishes: Wishes | None = None
        self._sound_check: QObject | None = None

    def begin(self) -> None:
        """Make them."""
        from earmark.app.soundcheck import SoundCheck  # what comes after the first paint
        from earmark.app.wishes import Wishes  # brings Qt's network with it
        from earmark.playback.availability import playback_available

        core, rest = self._program.core, self._program.furnish()
        wishes = Wishes(core, rest.marks.travel)
        if wishes.open():
            self._wishes = wishes
        elif not (self._alone or core.store.read_only):
            sys.stderr.write("earmark: another window runs with this profile but does not answer.\n")
        for link in self._links[-1:]:
            rest.marks.travel.follow_link(link)
        self._deck.release()
        rest.library.begin()
        sys.setswitchinterval(_SWITCH_S)
        gc.enable()
        gc.freeze()  # what a program is built of is not searched for garbage while it plays
        core.session.track_changed.connect(gc.freeze)  # nor is a transcript of 100,000 cues
        if not self._alone:  # who asked for a picture or a command does not wait for the sound
            self._sound_check = SoundCheck(core.session, playback_available)
            rest.upkeep.begin()

    def close(self) -> None:
        """Close the door."""
        if self._wishes is not None:
            self._wishes.close()
