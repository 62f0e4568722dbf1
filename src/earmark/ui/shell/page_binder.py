# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Keeps the page in step: session, tracker and attention on one side, the page and its pill on the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.domain.timeline import Timeline
from earmark.domain.times import clock
from earmark.domain.transcript import Word
from earmark.session.steering.parts import SessionParts
from earmark.session.tracks import Track
from earmark.settings import options
from earmark.settings.values import Values
from earmark.ui.common.pill import Pill
from earmark.ui.frame.header import Header
from earmark.ui.page.view import PageView
from earmark.ui.shell.place_keeper import give_back, take

_NO_WORDS = "No transcript yet. Drop one here, or choose a file."


class PageBinder(QObject):
    """Shows what is said where it is read.

    Signals:
        refused: a plain sentence why a click could not be played.
    """

    refused = Signal(str)

    def __init__(
        self, page: PageView, pill: Pill, header: Header, parts: SessionParts, values: Values
    ) -> None:
        super().__init__()
        session, tracker, attention = parts.session, parts.tracker, parts.attention
        self._page = page
        self._pill = pill
        self._header = header
        self._session = session
        self._attention = attention
        self._listening = parts.listening
        self._shown: Track | None = None
        self._timeline: Timeline | None = None  # of what the page shows
        self._sentence: int | None = None
        self._word: Word | None = None
        self._at_ms = 0
        self._way_back = "back"
        session.opened.connect(self._on_opened)
        session.track_changed.connect(self._on_track_changed)
        session.tracks_changed.connect(self._on_tracks_changed)
        session.described.connect(self._on_described)
        tracker.sentence_changed.connect(self._on_sentence_changed)
        tracker.word_changed.connect(self._on_word_changed)
        tracker.position_ticked.connect(self._on_position_ticked)
        attention.changed.connect(self._on_attention_changed)
        page.browsing_started.connect(attention.browse)
        page.word_activated.connect(self._on_word_activated)
        header.track_chosen.connect(self._on_track_chosen)
        pill.clicked.connect(attention.follow)
        page.set_word_motion(values.get(options.WORD_MOTION))
        values.subscribe(options.WORD_MOTION, page.set_word_motion)

    @Slot()
    def _on_opened(self) -> None:
        if self._shown is None or self._shown is not self._session.track:
            self._shown = self._timeline = None
            self._page.show_outline(None)

    @Slot()
    def _on_described(self) -> None:
        self._header.show_title(self._session.title, self._session.subtitle)

    @Slot()
    def _on_track_changed(self) -> None:
        outline, track = self._session.outline, self._session.track
        if track is not None and track is self._shown:
            return
        self._shown = track
        now = self._listening.now()
        kept = take(self._page, self._timeline, following=self._attention.following)
        self._timeline = self._session.timeline
        self._page.show_outline(outline, _NO_WORDS if outline is None else "")
        self._header.show_title(self._session.title, self._session.subtitle)
        self._header.show_notes(len(track.transcript.notes) if track else 0)
        self._show_tracks()
        self._sentence, self._word = None, None
        if now is not None:
            self._page.show_sentence(now)
        give_back(self._page, kept, self._timeline)

    @Slot()
    def _on_tracks_changed(self) -> None:
        self._show_tracks()

    def _show_tracks(self) -> None:
        tracks, track = self._session.tracks, self._session.track
        current = tracks.index(track) if track in tracks else -1
        self._header.show_tracks([t.name for t in tracks], current)

    @Slot(object)
    def _on_sentence_changed(self, sentence: int | None) -> None:
        self._sentence, self._word = sentence, None
        self._page.set_now(sentence, None)

    @Slot(object)
    def _on_word_changed(self, word: Word | None) -> None:
        self._word = word
        self._page.set_now(self._sentence, word)

    @Slot("qlonglong")
    def _on_position_ticked(self, ms: int) -> None:
        self._at_ms = ms
        if not self._attention.following:
            self._say_where()
        elif self._timeline is not None:
            self._page.show_start()

    @Slot(bool)
    def _on_attention_changed(self, following: bool) -> None:
        self._page.set_following(following)
        if following or self._session.timeline is None:
            self._pill.hide()
            if self._timeline is not None:
                self._page.show_start()
        else:
            self._say_where()

    def name_key(self, key: str) -> None:
        """Take the key that follows again, "" where there is none; the pill itself can always be clicked."""
        self._way_back = f"{key} returns" if key else "back"

    def _say_where(self) -> None:
        self._pill.show_text(f"Browsing — {self._way_back} to {clock(self._at_ms)}")

    @Slot(int, int)
    def _on_word_activated(self, paragraph: int, offset: int) -> None:
        try:
            self._listening.play_from(paragraph, offset)
        except UserError as error:
            self.refused.emit(error.message)

    @Slot(int)
    def _on_track_chosen(self, index: int) -> None:
        if 0 <= index < len(self._session.tracks):
            self._session.show_track(self._session.tracks[index])
