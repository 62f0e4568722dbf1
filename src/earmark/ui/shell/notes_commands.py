# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Binds the commands for the bookmarks that are chosen in the notes pane. GUI thread."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from earmark.base.errors import UserError, expected
from earmark.commands.registry import Registry
from earmark.desktop.stretches import ENDINGS, FFMPEG_MISSING, ffmpeg_program, save_stretch
from earmark.domain.items import Bookmark
from earmark.domain.marks.colours import COLOURS, colour_of
from earmark.domain.marks.links import link_to
from earmark.domain.times import clock
from earmark.session.marks.marks import Marks
from earmark.session.session import Session
from earmark.tasks.runner import Cancel, Lane, Runner
from earmark.ui.bookmarks.naming import ColourDialog
from earmark.ui.bookmarks.pane import NotesPane
from earmark.ui.common.theme import Look
from earmark.ui.dialogs.files import FileAsker
from earmark.ui.frame.window import MainWindow


class NotesCommands(QObject):
    """What a command does to the chosen bookmarks."""

    def __init__(
        self,
        look: Look,
        window: MainWindow,
        pane: NotesPane,
        session: Session,
        marks: Marks,
        registry: Registry,
        runner: Runner,
        files: FileAsker,
    ) -> None:
        super().__init__()
        self._look = look
        self._window = window
        self._pane = pane
        self._session = session
        self._marks = marks
        self._registry = registry
        self._runner = runner
        self._saving: Cancel | None = None
        self._files = files
        window.closing.connect(self._on_closing)
        pane.colour_chosen.connect(self._on_colour_chosen)

    def bind(self) -> None:
        """Register every command."""
        verb, some, one = self._registry.register, self._has_chosen, self._has_current
        verb("bookmark.play", self.play, one)
        verb("bookmark.edit", self.edit, one)
        verb("bookmark.tags", self.tags, one)
        verb("bookmark.colour", self.colour, some)
        verb("bookmark.name_colours", self.name_colours)
        verb("bookmark.copy_link", self.copy_link, one)
        verb("bookmark.save_audio", self.save_audio, self._has_stretch)
        verb("bookmark.delete", self.delete, some)

    # The chosen ones

    def _has_chosen(self) -> bool:
        if not self._pane.list.chosen():
            raise UserError("no-bookmark", "Choose a bookmark in the notes pane first.")
        return True

    def _has_current(self) -> bool:
        if self._pane.list.current() is None:
            raise UserError("no-bookmark", "Choose a bookmark in the notes pane first.")
        return True

    def _has_stretch(self) -> bool:
        if ffmpeg_program() is None:
            raise UserError("ffmpeg-missing", FFMPEG_MISSING)
        return self._has_current()

    def _current(self) -> Bookmark:
        current = self._pane.list.current()
        held = self._marks.notebook.get(current) if current else None
        if held is None:
            raise UserError("no-bookmark", "Choose a bookmark in the notes pane first.")
        return held

    def play(self) -> None:
        """Play from the bookmark the list is at."""
        self._marks.travel.play(self._current().id)

    def edit(self) -> None:
        """Write the note of the bookmark the list is at."""
        self._pane.show()
        self._pane.write_note(self._current().id)

    def tags(self) -> None:
        """Write the tags of the bookmark the list is at."""
        self._pane.show()
        self._pane.list.write_tags(self._current().id)

    def colour(self, name: str) -> Future[Any] | None:
        """Give the chosen bookmarks a colour, by its name."""
        names = self._marks.colours.own()
        colour = colour_of(name, names)
        if colour is None:
            listed = ", ".join({**COLOURS, **names}.values())
            raise UserError("no-colour", f"There is no colour “{name}”; there are {listed}.")
        return self._give_colour(self._pane.list.chosen(), colour)

    @Slot(object, str)
    def _on_colour_chosen(self, bookmarks: list[str], colour: str) -> None:
        self._files.attempt(partial(self._give_colour, bookmarks, colour))

    def _give_colour(self, bookmarks: list[str], colour: str) -> Future[Any] | None:
        held = [one for one in map(self._marks.notebook.get, bookmarks) if one is not None]
        changed = [one._replace(colour=colour) for one in held if one.colour != colour]
        return self._marks.notebook.keep("Give a colour", changed) if changed else None

    def name_colours(self) -> None:
        """Let the listener name the colours."""
        dialog = ColourDialog(self._look, self._marks.colours.own(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(self._marks.colours.give)
        dialog.open()

    def delete(self) -> Future[Any]:
        """Delete the chosen bookmarks, undoably."""
        chosen = self._pane.list.chosen()
        said = "1 bookmark" if len(chosen) == 1 else f"{len(chosen)} bookmarks"
        kept = self._marks.notebook.delete(f"Delete {said}", chosen)
        kept.add_done_callback(partial(self._deleted, said))
        return kept

    def _deleted(self, said: str, kept: Future[Any]) -> None:
        if kept.exception() is None:
            undo = partial(self._registry.attempt, "edit.undo")
            self._window.toast.show_text(f"Deleted {said}.", "Undo", undo)

    def copy_link(self) -> None:
        """Copy the link that leads back to the bookmark."""
        held = self._current()
        QGuiApplication.clipboard().setText(link_to(held.recording, held.anchor.start_ms))
        self._window.toast.show_text("Copied a link to this moment.")

    # A stretch as audio

    def save_audio(self, path: Path | None = None) -> Future[Any] | None:
        """Save the stretch of the bookmark the list is at; asks where, unless it is told."""
        held = self._current()
        recording = self._marks.notebook.recordings.get(held.recording)
        spot = self._marks.places.spot(held)
        if spot.start_ms is None or recording is None or not recording.path.exists():
            raise UserError("no-audio", "There is no recording here to save a stretch of.")
        end_ms = spot.end_ms if spot.end_ms is not None else spot.start_ms
        start_ms, end_ms = spot.start_ms, max(end_ms, spot.start_ms + 1_000)
        save = partial(self._save_stretch, recording.path, start_ms, end_ms)
        if path is not None:
            return save(path)
        stem = f"{recording.path.stem} {clock(start_ms).replace(':', '.')}"
        forms = f"Audio ({' '.join('*' + ending for ending in ENDINGS)})"
        self._files.ask_where("Save the stretch as audio", forms, f"{stem}.mp3", save)
        return None

    def _save_stretch(self, source: Path, start_ms: int, end_ms: int, target: Path) -> Future[Any]:
        cancel = self._saving = Cancel()

        def work() -> bool:
            return save_stretch(source, target, start_ms, end_ms, lambda: cancel.cancelled)

        stretch = f"{clock(start_ms)} – {clock(end_ms)}"
        self._window.toast.show_text(f"Saving {stretch}…", "Cancel", cancel.cancel)
        done = partial(self._on_saved, target)
        return self._runner.promise(work, Lane.WORK, done, self._on_unsaved, self)

    def _on_saved(self, target: Path, whole: bool) -> None:
        self._saving = None
        self._window.toast.show_text(f"Saved {target.name}." if whole else "Nothing was saved.")

    def _on_unsaved(self, error: Exception) -> None:
        self._saving = None
        self._session.problem.emit(expected(error))

    @Slot()
    def _on_closing(self) -> None:
        if self._saving is not None:
            self._saving.cancel()  # or ffmpeg would go on after the window
