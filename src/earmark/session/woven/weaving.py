# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Makes the woven transcript of what is open, in the background, and keeps it as the listener wants it.

Main thread. Where a hand-made and a machine transcript are there it is made without asking; which words to
keep can be chosen. That choice and the voices are remembered with the recording.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from earmark.base.errors import UserError, expected
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.session.tracks import WOVEN, Track, weavable
from earmark.session.woven.correcting import Correcting
from earmark.session.woven.values import Doubt, Dress, Dressed
from earmark.settings import options
from earmark.settings.values import Values
from earmark.tasks.runner import Cancel, Job, Runner

if TYPE_CHECKING:
    from earmark.session.woven.dressing import Basis

_WORDS, _VOICES, _TOLD = "weave_words", "weave_voices", "weave_told"  # what is remembered of a recording


def _make(
    words: Track, others: list[Track], dress: Dress, cancel: Cancel, base: Basis | None = None
) -> tuple[Basis, Dressed]:
    """Weave where that was not done yet, and dress; on a worker."""
    # The aligner takes a while to load, which the first page does not wait for.
    from earmark.session.woven.dressing import dressed, woven_of

    made = base or woven_of(words, others, lambda: cancel.cancelled)
    return made, dressed(made, dress, WOVEN, others[0].shift_ms)


class Weaving(QObject):
    """The woven transcript of the session.

    Signals:
        changed: other doubts, or the same ones settled otherwise; the session has the new transcript.
        told: a sentence about the weave worth saying once.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self, session: Session, memory: Memory, correcting: Correcting, runner: Runner, values: Values
    ) -> None:
        super().__init__()
        self._session = session
        self._memory = memory
        self._correcting = correcting
        self._runner = runner
        self._values = values
        self._sources: list[Track] = []  # the transcripts that were considered last
        self._pair: tuple[Track, list[Track]] | None = None
        self._base: Basis | None = None
        self._dressed: Dressed | None = None
        self._job: Job | None = None
        self._holding = False
        session.opened.connect(self._on_opened)
        session.tracks_changed.connect(self._on_tracks_changed)
        correcting.changed.connect(self._redress)
        values.subscribe(options.SKIPPED, self._on_skipped_changed)

    # What there is

    @property
    def track(self) -> Track | None:
        """The woven track of the session."""
        return next((track for track in self._session.tracks if track.woven), None)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Where the wordings differ, by time; none without a woven track."""
        track = self.track
        if track is None or self._dressed is None:
            return ()
        moved_ms = track.shift_ms - self._dressed.track.shift_ms
        if not moved_ms:
            return self._dressed.doubts
        return tuple(
            d._replace(start_ms=max(0, d.start_ms + moved_ms), end_ms=max(0, d.end_ms + moved_ms))
            for d in self._dressed.doubts
        )

    def given(self) -> list[Track]:
        """Return the transcripts that were opened: all but the woven one."""
        return [track for track in self._session.tracks if not track.woven]

    @property
    def words_from(self) -> Track | None:
        """The transcript whose words are kept now."""
        return self._pair[0] if self._pair else None

    # What the listener chooses

    def choices(self) -> list[Track]:
        """Return the transcripts whose words can be kept, since another gives the times."""
        given = self.given()
        return [one for one in given if any(_gives_times(other) for other in given if other is not one)]

    def can_choose(self) -> bool:
        """Tell whether there is a choice that was not made already."""
        choices = self.choices()
        return len(choices) > 1 or (len(choices) == 1 and self._pair is None)

    def choose(self, name: str) -> None:
        """Weave, keeping the words of the transcript with this name, and show it."""
        wanted = next((t for t in self.choices() if t.name.casefold() == name.strip().casefold()), None)
        if wanted is None or wanted.path is None:
            names = ", ".join(track.name for track in self.choices())
            raise UserError("no-such-track", f"The words of “{name}” cannot be kept; there are: {names}.")
        self._memory.set_view(_WORDS, wanted.path.name)
        self._memory.set_track(WOVEN)
        self._sources = []
        self._on_tracks_changed()

    @property
    def voices(self) -> str:
        """Who speaks: "" as the files say, "two" where two voices alternate, "flipped" the other way."""
        return self._memory.view(_VOICES)

    def can_alternate(self) -> bool:
        """Tell whether two voices may be told apart: nobody is named."""
        return self._dressed is not None and not self._dressed.named

    def can_flip(self) -> bool:
        """Tell whether there are two voices to exchange."""
        if self._dressed is None:
            return False
        if not self._dressed.named:
            return bool(self.voices)
        cues = self._dressed.track.transcript.cues
        return len({cue.speaker for cue in cues if cue.speaker}) == 2

    def alternate_voices(self) -> None:
        """Let two voices take turns, or nobody be named again."""
        self._set_voices("" if self.voices else "two")

    def flip_voices(self) -> None:
        """Exchange the two voices."""
        plain = "" if self._dressed is not None and self._dressed.named else "two"
        self._set_voices(plain if self.voices == "flipped" else "flipped")

    def _set_voices(self, voices: str) -> None:
        self._memory.set_view(_VOICES, voices)
        self._redress()

    # Making it

    @Slot()
    def _on_opened(self) -> None:
        self._stop()
        self._sources, self._pair, self._base, self._dressed = [], None, None, None

    @Slot()
    def _on_tracks_changed(self) -> None:
        given = self.given()
        if len(given) == len(self._sources) and all(
            a.path == b.path and a.transcript is b.transcript
            for a, b in zip(given, self._sources, strict=True)
        ):
            return
        self._stop()
        self._sources = given
        self._pair, self._base = self._chosen(given), None
        if self._pair is not None:
            self._hold()
            self._job = self._correcting.recall(self._weave, self._on_recall_failed)

    def _on_recall_failed(self, error: Exception) -> None:
        """Weave without the corrections where the store cannot be read; they are still in it."""
        self._session.problem.emit(expected(error))
        self._weave()

    def _chosen(self, given: list[Track]) -> tuple[Track, list[Track]] | None:
        """Return the track whose words are kept and those that give the times, those with words first."""
        name = self._memory.view(_WORDS)
        words = next((t for t in given if t.path is not None and t.path.name == name), None)
        if words is None and weavable(given):
            words = next(track for track in given if track.hand_made)
        if words is None:
            return None
        others = [track for track in given if track is not words and _gives_times(track)]
        others.sort(key=lambda track: not any(cue.words for cue in track.transcript.cues))
        return (words, others) if others else None

    def _weave(self) -> None:
        if self._pair is None:
            return
        cancel = Cancel()
        dress = Dress(self._correcting.laid, self.voices, self._values.get(options.SKIPPED))
        work = partial(_make, *self._pair, dress, cancel, self._base)
        self._job = self._runner.run(work, self._on_woven, self._on_failed, owner=self, cancel=cancel)

    @Slot()
    def _redress(self) -> None:
        if self._base is not None:
            self._stop()
            self._hold()
            self._weave()

    def _on_woven(self, made: tuple[Basis, Dressed]) -> None:
        self._job = None
        self._base, self._dressed = made
        self._session.set_woven(self._dressed.track)
        self.changed.emit()
        self._release()
        telling = self._dressed.telling
        if telling and telling != self._memory.view(_TOLD):
            self._memory.set_view(_TOLD, telling)
            self.told.emit(telling)

    def _on_failed(self, error: Exception) -> None:
        self._job = self._pair = self._dressed = None
        self._session.set_woven(None)
        self.changed.emit()
        self._release()
        self._session.problem.emit(expected(error))

    @Slot(object)
    def _on_skipped_changed(self, _shown: bool) -> None:
        self._redress()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._release()

    def _hold(self) -> None:
        if not self._holding:
            self._holding = True
            self._session.hold()

    def _release(self) -> None:
        if self._holding:
            self._holding = False
            self._session.release()


def _gives_times(track: Track) -> bool:
    """Tell whether a transcript says exactly enough when its words are said: stamps of turns do not."""
    return track.transcript.timed and not track.hand_made
