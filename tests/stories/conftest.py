# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The real program for stories: real window, real store, real files; time is in the test's hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from earmark.app.core import Core
from earmark.app.furniture import Furniture
from earmark.app.program import Program
from earmark.base.paths import Profile
from earmark.playback.nullplayer import NullPlayer
from earmark.tasks.runner import Runner

SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "keepers-logbook.opus"
SAMPLE_MS = 130_000


class Parts:
    """What the program is built of as one, for stories to reach into."""

    def __init__(self, core: Core, furniture: Furniture) -> None:
        self._built = (core, core.parts, furniture)

    def __getattr__(self, name: str):
        return next(getattr(part, name) for part in self._built if hasattr(part, name))


class Story:
    """A program to be told what to do by command id."""

    def __init__(self, qtbot, profile: Path) -> None:
        self.now_s = 1_000.0
        self._closed = False
        self.player = NullPlayer(length_ms=SAMPLE_MS)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._plain = application.font(), application.palette()
        core = Core(application, Profile.at(profile), Runner(), self.player, lambda: self.now_s)
        self._whole = Program(core)
        self.program = Parts(core, self._whole.furnish())
        self.qtbot = qtbot
        self.window = self.program.shell.window
        self.page = self.program.shell.page
        self.session = self.program.session
        self.said: list[str] = []
        self.program.session.problem.connect(lambda error: self.said.append(error.message))
        self.program.registry.refused.connect(self.said.append)
        self.window.show()
        self.window.activateWindow()

    def open(self, *paths: Path) -> Story:
        with self.qtbot.waitSignal(self.session.settled, timeout=10_000):
            self.session.open(list(paths))
        return self

    def open_sample(self) -> Story:
        return self.open(SAMPLE)

    def do(self, command: str, *args: object) -> None:
        self.program.registry.run(command, *args)

    def play(self, ms: int) -> None:
        self.do("player.play")
        self.player.advance(ms)

    def sentence(self) -> str:
        """Return the words that are highlighted."""
        now = self.program.tracker.sentence()
        return self.session.outline.text(now) if now is not None else ""

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self.window.close()
        self.program.runner.wait_idle()
        self._whole.close()
        # Or every later window would be styled together with all that came before it.
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # What the window made of the application's look is not for the tests that follow.
        application = self.program.application
        application.setStyleSheet("")
        application.setFont(self._plain[0])
        application.setPalette(self._plain[1])


@pytest.fixture
def tell(qtbot, tmp_path: Path) -> Iterator[Callable[[], Story]]:
    """Start programs with one profile, one after the other; the one before is closed."""
    stories: list[Story] = []

    def start() -> Story:
        if stories:
            stories[-1].close()
        stories.append(Story(qtbot, tmp_path / "profile"))
        return stories[-1]

    yield start
    for story in stories:
        story.close()


@pytest.fixture
def story(tell: Callable[[], Story]) -> Story:
    """Return a program with an empty profile."""
    return tell()


@pytest.fixture
def sample(story: Story) -> Story:
    """Return a program with the sample open."""
    return story.open_sample()
