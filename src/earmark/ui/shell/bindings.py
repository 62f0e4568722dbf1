# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Binds the commands that need a widget: dialogs, panes, the find bar, copying, quitting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from earmark.base.paths import sample
from earmark.commands.registry import Registry
from earmark.domain.times import clock, spoken
from earmark.formats.registry import TRANSCRIPT_SUFFIXES
from earmark.session.opening import MEDIA_SUFFIXES
from earmark.session.outcome import Outcome
from earmark.session.quoting import quote
from earmark.session.steering.parts import SessionParts
from earmark.settings import options
from earmark.settings.values import Values
from earmark.ui.dialogs.files import FileAsker
from earmark.ui.frame.views import Views
from earmark.ui.frame.window import MainWindow
from earmark.ui.shell.find_binder import FindBinder


class WindowCommands:
    """What a command does to the window; one short method each."""

    def __init__(
        self,
        window: MainWindow,
        views: Views,
        find: FindBinder,
        parts: SessionParts,
        values: Values,
        show_keys: Callable[[], None],
        show_about: Callable[[], None],
        ask_time: Callable[[], None],
        files: FileAsker,
    ) -> None:
        self._window = window
        self._views = views
        self._find = find
        self._session = parts.session
        self._listening = parts.listening
        self._player = parts.player
        self._values = values
        self._show_keys = show_keys
        self._show_about = show_about
        self._ask_time = ask_time
        self._files = files

    def bind(self, registry: Registry) -> None:
        """Register every command of the window."""
        verb, window, views = registry.register, self._window, self._views
        verb("file.open", self.open_file)
        verb("file.sample", self.open_sample)
        verb("app.quit", self.quit)
        verb("go.time", self.go_to_time, self._has_something)
        verb("find.open", self._find.open, self._has_words)
        verb("find.close", self._find.close, lambda: self._find.is_open)
        verb("edit.copy", self.copy, self._has_words)
        verb("edit.copy_quote", self.copy_quote, self._has_words)
        verb("view.where", self.where, self._has_something)
        verb("view.library_pane", lambda: views.toggle_pane(window.library_pane))
        verb("view.notes_pane", lambda: views.toggle_pane(window.notes_pane))
        verb("view.page", window.page.enter)
        verb("view.next_pane", partial(window.walk_panes, +1))
        verb("view.previous_pane", partial(window.walk_panes, -1))
        verb("view.text_larger", lambda: views.change_scale(+1))
        verb("view.text_smaller", lambda: views.change_scale(-1))
        verb("view.text_reset", views.reset_scale)
        for name in ("light", "dark", "system"):
            verb(f"view.theme_{name}", *self._theme(name))
        verb("help.keys", self._show_keys)
        verb("help.about", self._show_about)

    def _theme(self, name: str) -> tuple[Callable[[], None], None, Callable[[], bool]]:
        return (lambda: self._views.set_theme(name), None, lambda: self._views.theme() == name)

    def _has_something(self) -> bool:
        return self._session.can_play

    def _has_words(self) -> bool:
        return self._session.outline is not None

    def open_file(self, path: Path | None = None) -> Future[None] | None:
        """Open a file, or ask for some; a script that names one hears what became of it."""
        if path is None:
            media, texts = _globs(MEDIA_SUFFIXES), _globs(TRANSCRIPT_SUFFIXES)
            forms = f"All files (*);;Recordings ({media});;Transcripts ({texts})"
            self._files.ask_several("Open recordings and transcripts", forms, self._session.open)
            return None
        outcome = Outcome(self._session, self._player)
        self._session.open([path.absolute()])
        return outcome.future

    def open_sample(self) -> None:
        """Open the sample."""
        self._session.open([sample()])

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self._window.close()

    def go_to_time(self, ms: int | None = None) -> None:
        """Go to a time, asking for it unless it is given."""
        if ms is None:
            self._ask_time()
        else:
            self._listening.seek(ms)

    def copy(self) -> None:
        """Copy the selected words, else the line."""
        page, outline = self._window.page, self._session.outline
        selected = page.selected_text()
        sentence = self._line()
        if selected:
            QGuiApplication.clipboard().setText(selected)
        elif outline is not None and sentence is not None:
            QGuiApplication.clipboard().setText(outline.text(sentence))

    def copy_quote(self) -> None:
        """Copy the selected lines, else the line, with speaker and time."""
        outline = self._session.outline
        sentence = self._line()
        chosen = self._window.page.selected_sentences()
        if chosen is None and sentence is not None:
            chosen = range(sentence, sentence + 1)
        if outline is not None and chosen is not None:
            QGuiApplication.clipboard().setText(quote(outline, chosen, self._session.title))
            self._window.toast.show_text("Copied with speaker and time.")

    def _line(self) -> int | None:
        page = self._window.page
        focused = page.focused_sentence() if page.hasFocus() else None
        return focused if focused is not None else self._listening.now()

    def where(self) -> None:
        """Pause and say where playback is; the next play key goes on. An option plays on, quietly."""
        if self._values.get(options.WHERE_AM_I) == "pause":
            self._listening.pause()
        else:
            self._listening.lower_for_a_while()
        ms, outline, now = self._player.position_ms(), self._session.outline, self._listening.now()
        speaker = outline.speaker(now) if outline and now is not None else None
        line = outline.text(now) if outline and now is not None else ""
        self._window.toast.show_text(
            ", ".join(p for p in (clock(ms), speaker) if p) + (f": {line}" if line else "")
        )
        self._window.announce(". ".join(part for part in (spoken(ms), speaker, line) if part))


def _globs(suffixes: Iterable[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in sorted(suffixes))
