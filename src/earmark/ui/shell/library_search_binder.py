# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Searching the library from its pane: type, look at a hit, play it, play through all. GUI thread.

Searching never moves playback. Esc empties the field and gives the focus back to the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Slot

from earmark.commands.registry import Registry
from earmark.domain.terms import terms
from earmark.session.library.keeper import LibraryKeeper
from earmark.session.library.parts import LibraryParts
from earmark.session.library.searching import Found
from earmark.session.locating import sentence_of, spans_of
from earmark.session.session import Session
from earmark.session.steering.visiting import Moment
from earmark.settings import options
from earmark.settings.values import Values
from earmark.store.search.searcher import SearchHit
from earmark.ui.frame.window import MainWindow
from earmark.ui.library.pane import LibraryPane


class LibrarySearchBinder(QObject):
    """The field, what is found, and where it leads."""

    def __init__(
        self, pane: LibraryPane, window: MainWindow, library: LibraryParts, session: Session, values: Values
    ) -> None:
        super().__init__()
        self._pane = pane
        self._window = window
        self._keeper: LibraryKeeper = library.keeper
        self._search = library.search
        self._visits = library.visits
        self._session = session
        self._values = values
        self._found = Found("", (), 0, (), 0.0)
        self._sought: frozenset[str] = frozenset()
        self._marked: list[tuple[int, int, int]] = []
        self._played: list[SearchHit] = []  # those that are played through
        self._left_out = ""  # what to say of those that are not
        pane.query_changed.connect(self._on_query_changed)
        pane.hit_opened.connect(self._on_hit_opened)
        pane.hit_played.connect(self._on_hit_played)
        pane.left.connect(self.leave)
        library.search.found.connect(self._on_found)
        library.search.failed.connect(session.problem)
        library.visits.arrived.connect(self._on_arrived)
        library.visits.played.connect(self._on_played)
        library.visits.played_on.connect(self._on_played_on)
        library.visits.ended.connect(self._on_played_through)

    def bind(self, registry: Registry) -> None:
        """Register the commands of searching."""
        registry.register("library.search", self.open_search)
        registry.register("library.play_hits", self.play_hits, self._has_timed_hits)
        registry.ran.connect(self._visits.on_command)

    def _has_timed_hits(self) -> bool:
        return any(hit.start_ms is not None for hit in self._found.hits)

    @property
    def found(self) -> Found:
        """What is listed."""
        return self._found

    def open_search(self, text: str | None = None) -> None:
        """Put the focus into the field, unfolding the pane if it is folded away."""
        if self._pane.isHidden():
            self._pane.show()
            self._values.set(options.LIBRARY_PANE, True)
        self._pane.open_search(text)

    @Slot()
    def leave(self) -> bool:
        """End the search and give the focus back; False when there was none."""
        there = self._pane.is_searching or self._pane.field.hasFocus()
        self._mark([])
        self._pane.show_library()
        self._window.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return there

    def play_hits(self) -> None:
        """Play through every hit that is listed and has a time."""
        found = self._found
        self._played = [hit for hit in found.hits if hit.start_ms is not None]
        self._left_out = left_out(len(self._played), len(found.hits), found.total)
        self._sought = _sought(self._played)
        self._visits.play_through([self._moment(hit) for hit in self._played])

    @Slot(str)
    def _on_query_changed(self, query: str) -> None:
        self._search.search(query)
        if not query.strip():
            self._pane.show_library()

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        self._found = found
        if self._pane.is_searching:
            self._pane.show_found(found, counting=found.total is None)

    def _moment(self, hit: SearchHit) -> Moment:
        entry = self._keeper.entry(hit.recording)
        files = entry.paths if entry is not None else (hit.transcript,)
        return Moment(files, hit.start_ms, hit.end_ms, hit.text)

    def _mark(self, spans: list[tuple[int, int, int]]) -> None:
        """Show on the page which words were gone to; the marks of finding in it are left alone."""
        before, self._marked = self._marked, spans
        if spans or before:
            self._window.page.set_hits(self._marks_in if spans else None, spans)

    def _marks_in(self, paragraph: int) -> list[tuple[int, int]]:
        return [(start, end) for at, start, end in self._marked if at == paragraph]

    @Slot(object)
    def _on_hit_opened(self, hit: SearchHit) -> None:
        self._sought = _sought([hit])
        self._visits.look(self._moment(hit))

    @Slot(object)
    def _on_hit_played(self, hit: SearchHit) -> None:
        self._sought = _sought([hit])
        self._visits.play(self._moment(hit))

    @Slot(object)
    def _on_arrived(self, moment: Moment) -> None:
        """Show the line that is said at a moment."""
        outline = self._session.outline
        if outline is None:
            return
        sentence = sentence_of(outline, self._session.timeline, moment.start_ms, moment.text)
        if sentence is not None:
            self._window.page.show_sentence(sentence, focus=True)
            self._mark(spans_of(outline, sentence, self._sought))

    @Slot(object)
    def _on_played(self, moments: tuple[Moment, ...]) -> None:
        """Mark the words of what is played, where they are those that were looked for."""
        outline, timeline = self._session.outline, self._session.timeline
        if outline is None or not moments[0].text:
            return
        found = (sentence_of(outline, timeline, one.start_ms, one.text) for one in moments)
        sentences = dict.fromkeys(one for one in found if one is not None)
        self._mark([span for one in sentences for span in spans_of(outline, one, self._sought)])

    @Slot(int, int, int)
    def _on_played_on(self, first: int, last: int, count: int) -> None:
        numbers = f"Hit {first + 1:,}" if first == last else f"Hits {first + 1:,} – {last + 1:,}"
        self._window.toast.show_text(f"{numbers} of {count:,}")
        self._pane.show_hit(self._played[first])

    @Slot(bool)
    def _on_played_through(self, whole: bool) -> None:
        if whole:
            self._window.toast.show_text(f"All hits were played{self._left_out}.")


def _sought(hits: Sequence[SearchHit]) -> frozenset[str]:
    """Return the words that were looked for, as they are said in hits."""
    return frozenset(term for hit in hits for start, end in hit.spans for term in terms(hit.text[start:end]))


def left_out(played: int, listed: int, total: int | None) -> str:
    """Return what is to be added to "All hits were played"."""
    parts = []
    if played < listed:
        parts.append(f"{listed - played:,} without a time")
    if total is not None and total > listed:
        parts.append(f"{total - listed:,} that are not listed")
    return " but " + " and ".join(parts) if parts else ""
