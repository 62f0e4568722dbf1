# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bookmarks wherever they are seen: in the notes pane, in the page's margin, on the timeline. GUI thread."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial

from PySide6.QtCore import QObject, Slot

from earmark.base.errors import UserError
from earmark.commands.catalogue import CARD_KEYS
from earmark.commands.registry import Registry
from earmark.domain.folding import fold
from earmark.domain.heard import HeardMap
from earmark.domain.items import Anchor, Bookmark
from earmark.domain.marks.colours import COLOURS
from earmark.domain.times import spoken
from earmark.formats.export import time_range
from earmark.playback.player import PlayState
from earmark.session.marks.marks import Marks
from earmark.session.marks.places import Spot
from earmark.session.naming import shown_title
from earmark.session.steering.parts import SessionParts
from earmark.settings import options
from earmark.settings.values import Values
from earmark.ui.bookmarks.card import Card, label
from earmark.ui.bookmarks.naming import role_of
from earmark.ui.bookmarks.pane import NotesPane
from earmark.ui.frame.window import MainWindow
from earmark.ui.shell.margin import Marking

_UNCERTAIN = "These words were not found again in this transcript; the old place is kept."
_NOT_KEPT = "Not kept yet: the store refused it. The next change tries again."
_MOST_TAGS, _TAG_CHARS = 20, 40


class NotesBinder(QObject):
    """Keeps what is shown true to the notebook, and hands the listener's wishes on."""

    def __init__(
        self,
        window: MainWindow,
        pane: NotesPane,
        parts: SessionParts,
        marks: Marks,
        registry: Registry,
        values: Values,
    ) -> None:
        super().__init__()
        self._window = window
        self._pane = pane
        session = self._session = parts.session
        self._player = parts.player
        self._marks = marks
        self._registry = registry
        self._values = values
        self._marking = Marking(window.page, window.transport.seekbar)
        self._everything = False
        self._hint = ""
        self._unfolded = False  # for a note; to be folded away again
        self._paused = False
        marks.capture.attach(window.page)
        window.page.word_activated.connect(marks.capture.begin_anew)
        window.transport.seekbar.sought.connect(marks.capture.begin_anew)
        marks.capture.marked.connect(self._on_marked)
        marks.capture.note_wanted.connect(self._on_note_wanted)
        marks.travel.reached.connect(pane.reveal)
        marks.places.changed.connect(self._on_changed)
        marks.notebook.failed.connect(session.problem)
        marks.hearing.changed.connect(self._on_heard)
        window.closing.connect(pane.list.finish)
        session.opened.connect(self._on_opened)
        session.opened.connect(window.toast.withdraw)
        session.described.connect(self._on_described)
        parts.tracker.position_ticked.connect(self._on_position_ticked)
        pane.scope_changed.connect(self._on_scope_changed)
        marks.colours.changed.connect(self._on_colours_named)
        pane.list.play_requested.connect(marks.travel.play)
        pane.list.note_written.connect(self._on_note_written)
        pane.list.tags_written.connect(self._on_tags_written)
        pane.chapters.chapter_chosen.connect(parts.listening.seek)
        pane.set_colours(marks.colours.own())
        self._on_described()  # something may be open already
        self._on_heard(marks.hearing.heard)

    def name_keys(self, capture: str, note: str) -> None:
        """Take in the keys that the hints name."""
        self._hint = f"No bookmarks yet. {capture} marks what was just heard, {note} adds a note."
        edit = next(key for key, command in CARD_KEYS.items() if command == "bookmark.edit")
        self._pane.set_invitation(f"Add a note ({edit})")
        self._marks.places.tell_all()

    # What is shown

    @Slot(object)
    def _on_changed(self, ids: set[str] | None) -> None:
        if ids is None:
            self._begin_anew()
            return
        cards = [self._make(one) for one in ids]
        self._pane.change_cards(ids, [card for card in cards if card is not None])
        here = filter(None, map(self._marks.places.get, ids))
        self._marking.change(ids, ((one, spot, role_of(one.colour)) for one, spot in here))

    def _begin_anew(self) -> None:
        """Let go of what is not to be seen any more; what is to be seen is told of after this."""
        self._pane.set_scope(self._everything, self._hint if self._everything or self._session.files else "")
        here = self._marks.places.recording
        everything = self._everything
        held = self._marks.notebook.all()
        self._pane.keep_cards({one.id for one in held if everything or one.recording == here})
        self._marking.clear()

    @Slot()
    def _on_described(self) -> None:
        self._pane.show_chapters([(c.start_ms, c.title) for c in self._session.chapters])

    @Slot()
    def _on_opened(self) -> None:
        self._on_described()
        self._marks.notebook.load()  # what is open may be a recording the store did not know

    @Slot("qlonglong")
    def _on_position_ticked(self, ms: int) -> None:
        starts = [chapter.start_ms for chapter in self._session.chapters]
        self._pane.chapters.set_now(bisect_right(starts, ms) - 1)

    @Slot(object)
    def _on_heard(self, heard: HeardMap) -> None:
        self._window.transport.seekbar.set_heard(heard)

    @Slot(bool)
    def _on_scope_changed(self, everything: bool) -> None:
        self._everything = everything
        self._marks.places.tell_all()

    def _make(self, bookmark: str) -> Card | None:
        """Return the card of a bookmark; None where it is not to be shown."""
        notebook, places = self._marks.notebook, self._marks.places
        here, held = places.get(bookmark), notebook.get(bookmark)
        if held is None or (here is None and not self._everything):
            return None
        spot = places.spot(held)
        warning = _NOT_KEPT if notebook.is_refused(bookmark) else "" if spot.sure else _UNCERTAIN
        source = self._source(held) if self._everything else ""
        return _make_card(
            held, self._marks.colours.of(held.colour), spot, warning, source, notebook.is_kept(bookmark)
        )

    def _source(self, bookmark: Bookmark) -> str:
        recording = self._marks.notebook.recordings.get(bookmark.recording)
        return shown_title(recording) if recording else ""

    @Slot()
    def _on_colours_named(self) -> None:
        self._pane.set_colours(self._marks.colours.own())
        self._marks.places.tell_all()

    # What was marked

    @Slot(str, str)
    def _on_marked(self, bookmark: str, sentence: str) -> None:
        self._pane.reveal(bookmark)
        self._window.toast.show_text(sentence, "Undo", partial(self._registry.attempt, "edit.undo"))

    @Slot(str)
    def _on_note_wanted(self, bookmark: str) -> None:
        self._window.toast.withdraw()  # of the bookmark before
        if self._pane.isHidden():
            self._pane.show()
            self._unfolded = True
        if self._values.get(options.NOTE_PAUSES) and self._player.state is PlayState.PLAYING:
            self._paused = True
            self._player.pause()
        self._pane.write_note(bookmark)

    # What was written

    @Slot(str, str)
    def _on_note_written(self, bookmark: str, text: str) -> None:
        if self._unfolded:
            self._unfolded = False
            self._pane.hide()
        if self._paused:
            self._paused = False
            self._player.play()
        if not self._pane.list.hasFocus() or self._pane.isHidden():
            self._window.page.setFocus()
        held = self._marks.notebook.get(bookmark)
        if held is not None and text != held.note:
            self._keep("Edit note", held._replace(note=text))

    @Slot(str, str)
    def _on_tags_written(self, bookmark: str, text: str) -> None:
        held = self._marks.notebook.get(bookmark)
        words = [
            " ".join(word.split()).lstrip("#")[:_TAG_CHARS] for word in text.replace("\n", ",").split(",")
        ]
        tags = tuple(dict.fromkeys(word for word in words if word))[:_MOST_TAGS]
        if held is not None and tags != held.tags:
            self._keep("Edit tags", held._replace(tags=tags))

    def _keep(self, title: str, bookmark: Bookmark) -> None:
        try:
            self._marks.notebook.keep(title, [bookmark])
        except UserError as error:
            self._session.problem.emit(error)


def _one_line(text: str) -> str:
    return " ".join(text[:200].split())


def _make_card(bookmark: Bookmark, colour: str, spot: Spot, warning: str, source: str, solid: bool) -> Card:
    usual = COLOURS.get(bookmark.colour, "")
    stretch = len(spot.sentences) > 1
    time = time_range(Anchor("", start_ms=spot.start_ms, end_ms=spot.end_ms if stretch else None))
    quote = _one_line(bookmark.anchor.quote)
    said = [
        spoken(spot.start_ms) if spot.start_ms is not None else "No time",
        quote,
        f"Note: {bookmark.note}" if bookmark.note else "",
        f"Tags: {', '.join(bookmark.tags)}" if bookmark.tags else "",
        f"Colour: {colour}" if colour else "",
        source,
        warning,
    ]
    looked_through = " ".join(
        (bookmark.anchor.quote, bookmark.note, bookmark.speaker, source, *bookmark.tags)
    )
    return Card(
        bookmark.id,
        time,
        quote,
        bookmark.note,
        bookmark.tags,
        role_of(bookmark.colour),
        colour,
        warning,
        source,
        ". ".join(part.rstrip(".") for part in said if part),
        fold(looked_through),
        tuple(map(label, (*bookmark.tags, *filter(None, (colour, usual))))),
        -1 if spot.start_ms is None else spot.start_ms,
        bookmark.number,
        solid,
    )
