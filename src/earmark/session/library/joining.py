# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Whatever is opened joins the library: the recording, its transcripts, and what its tags say. Main thread.

It waits a moment after opening, so that the page and the sound come first. What is shown without any words is
looked into: a container may hold its transcript.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from earmark.base.errors import UserError, expected
from earmark.base.paths import Profile
from earmark.desktop.tags import Tags, read_tags
from earmark.domain.items import Recording
from earmark.session.library.adding import remembered, transcripts_inside
from earmark.session.library.importer import Importer
from earmark.session.memory import Memory
from earmark.session.session import Session
from earmark.store.user import Store
from earmark.tasks.runner import Lane, Runner

_AFTER_MS = 800


class _Looked(NamedTuple):
    """What a recording says of itself, and the transcripts inside it."""

    tags: Tags = Tags()
    inside: tuple[Path, ...] = ()
    problem: UserError | None = None


class Joining(QObject):
    """Brings what is open into the library.

    Signals:
        joined: the recording that is open is in the library (Recording).
        cover_found: the picture in the recording's tags (bytes; empty for none).
        failed: UserError.
    """

    joined = Signal(object)
    cover_found = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        store: Store,
        profile: Profile,
        runner: Runner,
        session: Session,
        memory: Memory,
        importer: Importer,
    ) -> None:
        super().__init__()
        self._profile = profile
        self._store = store
        self._runner = runner
        self._session = session
        self._memory = memory
        self._importer = importer
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.join)
        session.settled.connect(self._timer.start)

    @Slot()
    def join(self) -> None:
        """Bring in what is open now."""
        self._timer.stop()
        recording, files = self._memory.recording, self._session.files
        if recording is None or not files or self._store.read_only:
            return
        media = self._session.media
        transcripts = tuple(path for path in files if path != media)
        self._runner.run(
            partial(_looked_into, recording, media, self._profile, apart=bool(self._session.tracks)),
            partial(self._on_looked, recording, transcripts),
            self._on_failed,
            owner=self,
        )

    def _on_looked(self, recording: Recording, transcripts: tuple[Path, ...], looked: _Looked) -> None:
        if looked.problem is not None:
            self.failed.emit(looked.problem)
        tags = looked.tags
        what = remembered(dict.fromkeys((*transcripts, *recording.transcripts, *looked.inside)), tags)
        what.pop("duration_ms", None)  # the player knows better
        track = self._session.track
        if not recording.title and not tags.title and track is not None and track.transcript.title:
            what["title"] = track.transcript.title
        self._runner.run(
            partial(self._store.recordings.remember, recording.id, **what),
            partial(self._on_remembered, looked),
            self._on_failed,
            lane=Lane.STORE,
            owner=self,
        )

    def _on_remembered(self, looked: _Looked, recording: Recording) -> None:
        self._importer.index([recording])
        tags, now = looked.tags, self._memory.recording
        if now is not None and now.id == recording.id:
            if looked.inside and not self._session.tracks and not self._session.opening:
                self._session.open(looked.inside)
            self._memory.learn(recording)
            if tags.date:
                self._memory.set_view("date", tags.date)
            self._session.describe(tags.chapters)
            self.cover_found.emit(tags.cover)
        self.joined.emit(recording)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(expected(error))


def _looked_into(recording: Recording, media: Path | None, profile: Profile, *, apart: bool) -> _Looked:
    """Return what a recording holds beside its sound; on a worker. `apart`: its words are elsewhere."""
    if media is None:
        return _Looked()
    inside: list[Path] = []
    problem = None
    try:
        inside = [] if apart else transcripts_inside(media, recording.fingerprint, profile)
    except UserError as error:
        problem = error
    return _Looked(read_tags(media), tuple(inside), problem)
