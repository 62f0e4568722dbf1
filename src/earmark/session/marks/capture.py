# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Marks what was just heard, so that it works with eyes closed. Main thread.

The sentence that is being said is meant when it is past its first third, else the one before. The same
command again within three seconds, with nothing else between, takes one sentence more from before. A
selection on the page is taken as it is. Just before the first sentence that one is meant. Without words the
moment itself is marked.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError
from earmark.domain.items import Anchor, Bookmark
from earmark.domain.marks.anchors import Place, anchor_sentences, anchor_span
from earmark.domain.outline import Outline
from earmark.domain.times import clock
from earmark.playback.player import Player, PlayState
from earmark.session.marks.notebook import Notebook
from earmark.session.memory import Memory
from earmark.session.session import Session

AGAIN_S = 3.0
HEARD_SHARE = 1 / 3  # of a sentence: from here on it counts as heard
SOON_MS = 5_000  # before the first sentence, by so much at most, it is the one that is meant
STEP_BACK_MS = 5_000  # what "one sentence more" is where there are no sentences


class Reading(Protocol):
    """What the listener looks at; the page."""

    def selected_span(self) -> tuple[Place, Place] | None:
        """Return the selection in reading order."""
        raise NotImplementedError

    def focused_sentence(self) -> int | None:
        """Return the sentence that has the focus."""
        raise NotImplementedError

    def clear_selection(self) -> None:
        """Select nothing."""
        raise NotImplementedError


class _Capture(NamedTuple):
    """What was marked last, and when: what pressing again goes on from."""

    bookmark: Bookmark
    outline: Outline | None
    first: int
    last: int
    at_s: float


class Capture(QObject):
    """The verbs that make bookmarks.

    Signals:
        marked: id of a bookmark that is on the disk now, and a sentence about it.
        note_wanted: id of a new bookmark whose note the listener is about to write.
    """

    marked = Signal(str, str)
    note_wanted = Signal(str)

    def __init__(
        self,
        session: Session,
        player: Player,
        memory: Memory,
        notebook: Notebook,
        now_s: Callable[[], float],
    ) -> None:
        super().__init__()
        self._session = session
        self._player = player
        self._memory = memory
        self._notebook = notebook
        self._now_s = now_s
        self._reading: Reading | None = None
        self._latest: _Capture | None = None
        session.track_changed.connect(self.begin_anew)
        session.opened.connect(self.begin_anew)

    def attach(self, reading: Reading) -> None:
        """Take selections from this page."""
        self._reading = reading

    def capture(self) -> Future[Any]:
        """Mark what was just heard or is selected; again within three seconds: one sentence more."""
        now_s = self._now_s()
        if self._latest is not None and now_s - self._latest.at_s <= AGAIN_S:
            return self._extend(self._latest, now_s)
        made = self._make(now_s)
        self._latest = made
        return self._kept("Bookmark", "Bookmarked", made.bookmark)

    def note(self, text: str = "") -> Future[Any]:
        """Mark what was just heard or is selected, always anew, with a note; without a text, ask for it."""
        made = self._make(self._now_s(), text)
        kept = self._kept("Bookmark with a note", "Bookmarked", made.bookmark, tell=bool(text))
        if not text:
            self.note_wanted.emit(made.bookmark.id)
        return kept

    @Slot(str)
    def on_command(self, command: str) -> None:
        """Take note that another command was carried out: the next capture is one of its own."""
        if command != "bookmark.capture":
            self._latest = None

    @Slot()
    def begin_anew(self) -> None:
        """Let the next capture be one of its own: the listener went elsewhere."""
        self._latest = None

    def _make(self, now_s: float, note: str = "") -> _Capture:
        self._notebook.check_writable()
        recording, track = self._memory.recording, self._session.track
        if recording is None:
            raise UserError("nothing-open", "Nothing is open that could be marked.")
        anchor, outline, first, last = self._anchor()
        bookmark = Bookmark(
            os.urandom(16).hex(),
            recording.id,
            anchor,
            track.identity if track and outline else "",
            (outline.speaker(first) or "") if outline else "",
            note,
        )
        if self._reading is not None:
            self._reading.clear_selection()  # or the next capture, eyes closed, would mark it once more
        return _Capture(bookmark, outline, first, last, now_s)

    def _anchor(self) -> tuple[Anchor, Outline | None, int, int]:
        outline = self._session.outline
        selected = self._reading.selected_span() if self._reading else None
        if outline is not None and selected is not None:
            anchor = anchor_span(outline, *selected)
            if anchor.quote:
                last = outline.sentence_at(selected[1][0], max(0, selected[1][1] - 1))
                return anchor, outline, outline.sentence_at(*selected[0]), last
        heard = self._heard()
        if outline is not None and heard is not None:
            return anchor_sentences(outline, heard, heard), outline, heard, heard
        if not self._session.can_play:
            raise UserError("no-line", "Choose a line first: this transcript has no times.")
        at = self._player.position_ms()
        return Anchor("", start_ms=at, end_ms=at), None, 0, 0

    def _heard(self) -> int | None:
        """Return the sentence that was just heard; where nothing sounds, the one with the focus."""
        outline, timeline = self._session.outline, self._session.timeline
        if outline is None or timeline is None:
            alone = outline is not None and self._session.media is None
            return self._reading.focused_sentence() if alone and self._reading else None
        position = self._player.position_ms()
        now = timeline.sentence_at(position)
        if self._session.media is None and (now is None or self._player.state is not PlayState.PLAYING):
            chosen = self._reading.focused_sentence() if self._reading else None
            return now if chosen is None else chosen
        if now is None:  # nothing was said yet: what is about to be said is meant
            first_ms = timeline.next_change_ms(position) or 0
            return timeline.sentence_at(first_ms) if first_ms <= position + SOON_MS else None
        if now == 0:
            return now
        start_ms, end_ms = outline.sentences[now].start_ms or 0, outline.sentences[now].end_ms
        if end_ms is None:
            later = timeline.next_change_ms(position)
            following = outline.sentences[now + 1].start_ms if now + 1 < len(outline.sentences) else None
            end_ms = following or later or start_ms
        return now - 1 if position < start_ms + (end_ms - start_ms) * HEARD_SHARE else now

    def _extend(self, latest: _Capture, now_s: float) -> Future[Any]:
        held = self._notebook.get(latest.bookmark.id)
        if held is None:  # undone meanwhile
            self._latest = None
            return self.capture()
        first, anchor = latest.first, held.anchor
        if latest.outline is not None:
            first = max(0, first - 1)
            whole = anchor_sentences(latest.outline, first, latest.last)
            anchor = whole
        elif anchor.start_ms is not None:
            anchor = anchor._replace(start_ms=max(0, anchor.start_ms - STEP_BACK_MS))
        speaker = (latest.outline.speaker(first) or "") if latest.outline else ""
        bookmark = held._replace(anchor=anchor, speaker=speaker)
        self._latest = latest._replace(bookmark=bookmark, first=first, at_s=now_s)
        return self._kept("Bookmark one line more", "Bookmarked from", bookmark)

    def _kept(self, title: str, said: str, bookmark: Bookmark, *, tell: bool = True) -> Future[Any]:
        kept = self._notebook.keep(title, [bookmark])
        start = bookmark.anchor.start_ms
        words = " ".join(bookmark.anchor.quote.split())
        sentence = f"{said} {clock(start)}" if start is not None else "Bookmarked"
        sentence += f": “{words}”" if words else "."

        def told(done: Future[Any]) -> None:
            if done.exception() is None and tell:
                self.marked.emit(bookmark.id, sentence)

        kept.add_done_callback(told)
        return kept
