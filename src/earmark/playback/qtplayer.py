# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The player with sound, on QtMultimedia with FFmpeg; the only importer of QtMultimedia.

Import it late: it costs a tenth of a second. Main thread.

What QMediaPlayer gets wrong, and what is done about it here (measured with Qt 6.10 to 6.12):

- A source change tells of the old recording once more, and a seek before LoadedMedia is dropped: every
  recording gets a QMediaPlayer of its own (0.1 ms), and the start waits for LoadedMedia.
- `stop()`, `setAudioOutput()` and whatever else takes a renderer down sometimes never return: the caller
  holds Python's lock and waits for the renderer's thread, which waits for Python's lock, because it prints
  a warning that Python handles, or asks the Python half of QAudioOutput whether `disconnectNotify` is
  overridden. So each QMediaPlayer has a QAudioOutput of its own that it keeps, and both are taken down
  only by the event loop (`_let_go`), where Python's lock is free; see also `_settle_overrides`.
- A pipe hangs it: `media_fault` comes first.
- Noise and subtitles load without error; an mp3 without index, or one cut off, lies about its length, and
  at its real end leaps to the false one: see `_loaded` and `_ended`.
- A rate of 0 ends the recording; BufferedMedia comes and goes: neither is used.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl, Slot
from PySide6.QtMultimedia import (
    QAudioOutput,
    QMediaDevices,
    QMediaFormat,
    QMediaMetaData,
    QMediaPlayer,
    QtAudio,
)

from earmark.base.errors import UserError
from earmark.playback.clock import WordClock
from earmark.playback.mediafile import media_fault, unplayable
from earmark.playback.player import Player, PlayState

# A position is reported this long (wall time) before it is heard; more where the pitch is mended.
# Measured with recordings of recordings; a machine without sound hears nothing, at once.
LATENCY_MS = 30.0
PITCH_LATENCY_MS = 100.0
# An end this much before the stated length is the real end; less may be a main thread that was busy.
EARLY_END_MS = 3_000
# These formats always state a length; without one they hold no sound.
_ALWAYS_TIMED = (QMediaFormat.FileFormat.MP3, QMediaFormat.FileFormat.Wave)


class QtPlayer(Player):
    """Plays what FFmpeg in Qt plays, on the system's default output, also when that changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = WordClock(_now_ms)
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_outputs_changed)
        self._media: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None
        self._path = Path()
        self._start_ms = 0
        self._duration_ms = 0
        self._is_loaded = False
        self._wants_play = False
        self._heard = False  # whether this recording ever moved while playing
        self._closed = False

    # Opening

    def open(self, path: Path | None, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Load a recording and stay paused at `start_ms`; None closes what is open. Plays no silence."""
        self._let_go()
        self._is_loaded = self._wants_play = self._heard = False
        self._start_ms = max(0, start_ms) if path is not None else 0
        self._clock.jump(self._start_ms)
        self._set_duration(0)
        self._set_state(PlayState.EMPTY if path is None else PlayState.LOADING)
        if path is None or self._closed:
            return
        self._path = path
        fault = media_fault(path)
        if fault is not None:
            self._fail(fault)
            return
        self._media = media = QMediaPlayer(self)
        media.mediaStatusChanged.connect(self._on_status_changed)
        media.errorOccurred.connect(self._on_error)
        media.positionChanged.connect(self._on_position_changed)
        media.durationChanged.connect(self._on_duration_changed)
        self._output = output = QAudioOutput(media)
        _settle_overrides(output, self._on_volume_settled)
        output.setVolume(_loudness(self._volume))
        output.setMuted(self._muted)
        media.setAudioOutput(output)
        media.setPlaybackRate(self._rate)
        self._set_latency(self._rate)
        media.setSource(QUrl.fromLocalFile(str(path.absolute())))

    @Slot(object)
    def _on_status_changed(self, status: QMediaPlayer.MediaStatus) -> None:
        if not self._is_loaded and status is QMediaPlayer.MediaStatus.LoadedMedia:
            self._is_loaded = True  # seeking announces LoadedMedia again, at once
            self._loaded()
        elif status is QMediaPlayer.MediaStatus.EndOfMedia and self.state is PlayState.PLAYING:
            self._ended()
        elif status is QMediaPlayer.MediaStatus.InvalidMedia:
            self._fail(unplayable(self._path))

    @Slot(object)
    def _on_error(self, error: QMediaPlayer.Error) -> None:
        if error is not QMediaPlayer.Error.NoError:
            self._fail(unplayable(self._path))

    def _loaded(self) -> None:
        media = self._opened()
        if not media.hasAudio() and not (media.hasVideo() and media.duration() > 0):
            # Subtitles and pictures "play" for ever.
            self._fail(UserError("no-sound", f"{self._path.name} has no sound in it."))
            return
        if media.duration() <= 0 and _file_format(media) in _ALWAYS_TIMED:
            self._fail(unplayable(self._path))
            return
        self._set_duration(media.duration())
        # A position remembered from a longer file: better the start than an end nobody asked for.
        start_ms = self._start_ms if self._start_ms < (self._duration_ms or 2**62) else 0
        media.pause()
        if start_ms:
            media.setPosition(start_ms)
        self._clock.jump(start_ms)
        self._set_state(PlayState.PAUSED)
        if self._wants_play:
            self.play()

    def _fail(self, fault: UserError) -> None:
        if self.state is PlayState.EMPTY:
            return
        self._let_go()
        self._clock.jump(0)
        self._set_duration(0)
        self._set_state(PlayState.EMPTY)
        self.failed.emit(fault)

    def _let_go(self) -> None:
        media, self._media, self._output = self._media, None, None
        self._clock.stop()
        if media is None:
            return
        media.blockSignals(True)
        media.pause()
        # Taken down, with its output, by the event loop: not inside a slot of one of its signals, and not
        # while Python's lock is held, which one of its threads may be waiting for.
        media.deleteLater()

    # Playing

    def play(self) -> None:
        """Play from where it is; from the start when it has ended."""
        self._wants_play = True
        if self.state is PlayState.ENDED:
            self._move(0)
        elif self.state is not PlayState.PAUSED:
            return
        self._clock.start()
        self._set_state(PlayState.PLAYING)
        if self._wants_play:  # still, after everybody was told
            self._opened().play()

    def pause(self) -> None:
        """Pause."""
        self._wants_play = False
        if self.state is PlayState.PLAYING:
            self._opened().pause()
            self._clock.stop()
            self._set_state(PlayState.PAUSED)

    def seek(self, ms: int) -> None:
        """Go to a position, clamped to the recording; plays on if it played."""
        ms = max(0, ms)
        if self.state is PlayState.LOADING:
            self._start_ms = ms
            self._clock.jump(ms)
            self.sought.emit(ms)
        elif self.state is not PlayState.EMPTY:
            if self._duration_ms and ms >= self._duration_ms:
                self._seek_end()
                return
            if self.state is PlayState.ENDED:
                self._opened().pause()
                self._set_state(PlayState.PAUSED)
            self._move(ms)

    def _move(self, ms: int) -> None:
        self._clock.jump(ms)  # first: QMediaPlayer reports the new position from within the call
        self._opened().setPosition(ms)
        self.sought.emit(ms)

    def _seek_end(self) -> None:
        # QMediaPlayer would end by itself, but only if it plays, and a moment later.
        self._opened().pause()
        self._clock.stop()
        self._wants_play = False
        self._clock.jump(self._duration_ms)
        self.sought.emit(self._duration_ms)
        self._set_state(PlayState.ENDED)

    def _ended(self) -> None:
        if not self._heard and not self._duration_ms:
            self._fail(unplayable(self._path))
            return
        reached_ms = self._clock.position_ms()
        self._clock.stop()
        self._wants_play = False
        if not self._duration_ms or reached_ms + EARLY_END_MS < self._duration_ms:
            self._set_duration(reached_ms)
        self._clock.jump(self._duration_ms)
        self._set_state(PlayState.ENDED)

    @Slot("qlonglong")
    def _on_position_changed(self, ms: int) -> None:
        if self.state is PlayState.PLAYING:
            self._heard = self._heard or ms > 0
            self._clock.report(ms)
            self.position_reported.emit(ms)

    @Slot("qlonglong")
    def _on_duration_changed(self, ms: int) -> None:
        if self.state not in (PlayState.EMPTY, PlayState.LOADING) and ms > 0:
            self._set_duration(ms)

    def position_ms(self) -> int:
        """Return the position heard now."""
        position_ms = self._clock.position_ms()
        return min(position_ms, self._duration_ms) if self._duration_ms else position_ms

    def duration_ms(self) -> int:
        """Return the length, 0 where unknown; corrected when the recording ends before it."""
        return self._duration_ms

    # Sound

    def _apply_rate(self, rate: float) -> None:
        if self._media is not None:
            self._media.setPlaybackRate(rate)
        self._clock.set_rate(rate)
        self._set_latency(rate)

    def _apply_volume(self, volume: float) -> None:
        if self._output is not None:
            self._output.setVolume(_loudness(volume))

    def _apply_muted(self, muted: bool) -> None:
        if self._output is not None:
            self._output.setMuted(muted)

    @Slot(float)
    def _on_volume_settled(self) -> None:
        """Do nothing: `_settle_overrides` connects it for a moment."""

    @Slot()
    def _on_outputs_changed(self) -> None:
        default = QMediaDevices.defaultAudioOutput()
        if self._output is not None and default != self._output.device():
            self._output.setDevice(default)
        self._set_latency(self._rate)

    def close(self) -> None:
        """Let go of the recording and of the sound system."""
        self.open(None)
        self._closed = True
        for media in self.findChildren(QMediaPlayer):
            # No event loop may run after this. Python's lock is free in here, see `_let_go`.
            QCoreApplication.sendPostedEvents(media, QEvent.Type.DeferredDelete.value)

    def _set_latency(self, rate: float) -> None:
        if QMediaDevices.defaultAudioOutput().isNull():
            self._clock.set_latency(0.0)
        else:
            self._clock.set_latency(LATENCY_MS + (PITCH_LATENCY_MS if rate != 1.0 else 0.0))

    def _opened(self) -> QMediaPlayer:
        assert self._media is not None  # the states that reach here have one
        return self._media

    def _set_state(self, state: PlayState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)

    def _set_duration(self, ms: int) -> None:
        if ms != self._duration_ms:
            self._duration_ms = ms
            self.duration_changed.emit(ms)


def _settle_overrides(output: QAudioOutput, slot: Callable[[], None]) -> None:
    """Let PySide learn here, and not in a renderer's thread, that `disconnectNotify` is not overridden.

    WORKAROUND for a deadlock between Qt's signal lock and Python's (PySide 6.11): once PySide knows, it
    does not ask for Python's lock again.
    """
    output.volumeChanged.connect(slot)
    output.volumeChanged.disconnect(slot)


def _loudness(volume: float) -> float:
    scale = QtAudio.VolumeScale
    return QtAudio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)


def _file_format(media: QMediaPlayer) -> object:
    return media.metaData().value(QMediaMetaData.Key.FileFormat)


def _now_ms() -> float:
    return time.monotonic() * 1000
