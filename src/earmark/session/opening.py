# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Files in, something to listen to out: which file is what, its sidecars, and their reading.

Everything here runs on a worker; nothing touches a widget or the player.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from earmark.base.errors import UserError
from earmark.domain.chapters import Chapter
from earmark.domain.items import Fingerprint
from earmark.domain.marks.links import woven_of
from earmark.domain.outline import Outline
from earmark.domain.reading import build_outline
from earmark.domain.shifting import shift
from earmark.domain.timeline import Timeline
from earmark.domain.transcript import Transcript
from earmark.formats.chapters import read_chapters
from earmark.formats.registry import TRANSCRIPT_SUFFIXES, read_file
from earmark.playback.mediafile import media_fault
from earmark.store.library.fingerprints import fingerprint

VIDEO_SUFFIXES = frozenset(".mp4 .m4v .webm .mkv .mov .avi .mpg .mpeg .ogv .wmv .flv .ts".split())
MEDIA_SUFFIXES = VIDEO_SUFFIXES | frozenset(
    ".mp3 .m4a .m4b .aac .ogg .oga .opus .wav .flac .wma .aiff .aif .au .mka .ac3 .amr .3gp .wv .tta".split()
)


_TYPED_SUFFIXES = frozenset({".txt", ".md"})  # what people write transcripts in


class Track(NamedTuple):
    """One transcript of what is open, ready for the page."""

    name: str
    path: Path | None
    transcript: Transcript
    outline: Outline
    timeline: Timeline | None  # None where nothing has a time
    shift_ms: int = 0  # how far the listener moved its times
    words_from: Path | None = None  # of a woven one: where its words come from

    @property
    def identity(self) -> str:
        """What bookmarks made on it remember it by; empty where that is nothing."""
        return woven_of(self.words_from) if self.words_from else str(self.path or "")

    @property
    def end_ms(self) -> int:
        """Until when its words go, as far as that is known."""
        return self.timeline.end_ms if self.timeline else 0

    @property
    def hand_made(self) -> bool:
        """Whether a person typed it: right words, and stamps that say when a turn starts but not its end."""
        return all(cue.end_ms is None for cue in self.transcript.cues)

    @property
    def woven(self) -> bool:
        """Whether it was woven here from others."""
        return self.path is None and self.transcript.format == "woven"


class Opened:
    """What a request to open came to; `problems` are sentences about files that could not be used."""

    def __init__(self, asked_for: frozenset[Path]) -> None:
        self.asked_for = asked_for
        self.media: Path | None = None
        self.tracks: list[Track] = []
        self.chapters: tuple[Chapter, ...] = ()
        self.problems: list[UserError] = []
        self.others: list[Path] = []
        self.mark: Fingerprint | None = None
        self.beside: list[
            Path
        ] = []  # what belongs to it by name; without a recording, whether it is there or not
        self.first: Path | None = None  # of the transcripts, as they were named
        self.waiting: list[Path] = []  # transcripts still to be read, by `load_rest`

    @property
    def identity(self) -> Path | None:
        """The file by which this is known again: the recording, or the first transcript without one."""
        return self.media or self.first

    @property
    def empty(self) -> bool:
        """Whether there is nothing to listen to or read."""
        return self.media is None and not self.tracks


def load(paths: Sequence[Path], *, first_page_only: bool = False) -> Opened:
    """Sort `paths` into recording, transcripts and chapters, add sidecars, and read them.

    With `first_page_only` a recording's hand-made transcript is read, which the page shows first, and the
    others wait: the first page is there sooner.
    """
    opened = Opened(frozenset(path.absolute() for path in paths))
    transcripts: list[Path] = []
    for path in paths:
        _sort(path.absolute(), opened, transcripts)
    if opened.media is None and transcripts and not opened.others:
        opened.media = _recording_beside(transcripts[0])
    if opened.media is not None:
        opened.beside = sidecars(opened.media)
        transcripts += [p for p in opened.beside if p not in transcripts]
    typed = [p for p in transcripts if p.suffix.lower() in _TYPED_SUFFIXES]
    now = typed if first_page_only and opened.media is not None and typed else transcripts
    for path in now:
        _read(path, opened)
    opened.waiting = [path for path in transcripts if path not in now]
    opened.first = opened.tracks[0].path if opened.tracks else None
    if opened.media is None and opened.first is not None:
        opened.beside = [opened.first.with_suffix(ending) for ending in TRANSCRIPT_SUFFIXES]
    opened.tracks = named(opened.tracks)
    opened.chapters = opened.chapters or _chapters_beside(opened.media or next(iter(transcripts), None))
    _mark(opened)
    return opened


def load_rest(opened: Opened) -> Opened:
    """Read the transcripts that wait."""
    rest = Opened(opened.asked_for)
    for path in opened.waiting:
        _read(path, rest)
    return rest


def _mark(opened: Opened) -> None:
    """Take the fingerprint; what turns out to be no recording is not opened, and what was open goes on."""
    if opened.media is not None and (fault := media_fault(opened.media)) is not None:
        opened.problems.append(fault)
        opened.media = None
    path = opened.identity
    if path is None:
        return
    try:
        opened.mark = fingerprint(path)
    except UserError as error:
        opened.problems.append(error)
        opened.media = None


def same_talk(one: Track, other: Track) -> bool:
    """Tell by their words whether two transcripts are of one recording."""
    # Not needed for the first page, and it brings a matcher with it.
    from earmark.weave.pairing import THRESHOLD, pair_share

    return pair_share(one.transcript, other.transcript) >= THRESHOLD


def sidecars(media: Path) -> list[Path]:
    """Return the transcripts that belong to a recording by name: `talk.vtt`, `talk.en.vtt`, `talk.txt`."""
    try:
        beside = sorted(media.parent.iterdir())
    except OSError:
        return []
    return [p for p in beside if p.suffix.lower() in TRANSCRIPT_SUFFIXES and _belongs(p, media)]


def _belongs(path: Path, media: Path) -> bool:
    if path == media or _is_chapters(path) or not path.is_file():
        return False
    return path.name.startswith(media.stem + ".") or path.name.startswith(media.name + ".")


def _is_chapters(path: Path) -> bool:
    return path.name.lower().endswith((".chapters.json", ".chapters.vtt", ".psc", ".chapters.xml"))


def _recording_beside(transcript: Path) -> Path | None:
    """Return the recording whose name a transcript's name begins with, if it lies in the same folder."""
    try:
        beside = sorted(transcript.parent.iterdir())
    except OSError:
        return None
    for path in beside:
        if path.suffix.lower() in MEDIA_SUFFIXES and _belongs(transcript, path):
            return path
    return None


def _sort(path: Path, opened: Opened, transcripts: list[Path]) -> None:
    suffix = path.suffix.lower()
    if path.is_dir():
        opened.problems.append(UserError("directory", f"{path.name} is a folder, not a recording."))
    elif not path.exists():
        opened.problems.append(UserError("missing", f"There is no file {path}."))
    elif _is_chapters(path):
        opened.chapters = _try_chapters(path, opened)
    elif suffix in MEDIA_SUFFIXES or _looks_binary(path):
        if opened.media is None:
            opened.media = path
        else:
            opened.others.append(path)
    elif path not in transcripts:
        transcripts.append(path)


def _looks_binary(path: Path) -> bool:
    """Tell media without a telling name from text by its first bytes; a transcript's name always wins."""
    if path.suffix.lower() in TRANSCRIPT_SUFFIXES or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError:
        return False
    return (
        head[:4] in {b"OggS", b"RIFF", b"fLaC", b"\x1aE\xdf\xa3"}
        or head[:3] == b"ID3"
        or head[4:8] == b"ftyp"
    )


def _read(path: Path, opened: Opened) -> None:
    try:
        transcript = read_file(path)
    except UserError as error:
        # A sidecar nobody named that is no transcript (cover notes, say) is no problem worth a sentence.
        if path in opened.asked_for:
            opened.problems.append(error)
        return
    opened.tracks.append(make_track("", path, transcript))


def make_track(name: str, path: Path | None, transcript: Transcript) -> Track:
    """Prepare a transcript for the page: a second of work for 100,000 cues."""
    outline = build_outline(transcript)
    return Track(name, path, transcript, outline, Timeline(outline) if transcript.timed else None)


def named(tracks: Iterable[Track]) -> list[Track]:
    """Name tracks Human and Machine where that tells them apart, else by what differs in their files."""
    listed = sorted(tracks, key=lambda track: not track.hand_made)
    names = ["Human" if track.hand_made else "Machine" for track in listed]
    if len(set(names)) < len(names):
        stems = [track.path.name if track.path else "" for track in listed]
        common = _common_prefix(stems)
        names = [
            name if names.count(name) == 1 else stem[len(common) :] or stem
            for name, stem in zip(names, stems, strict=True)
        ]
    return [t if t.name == name else t._replace(name=name) for name, t in zip(names, listed, strict=True)]


def belong_together(new: Sequence[Track], old: Sequence[Track]) -> bool:
    """Tell whether new transcripts are of the recording the old ones are of; a tenth of a second an hour."""
    return all(any(same_talk(one, other) for other in old) for one in new)


def best_track(tracks: Sequence[Track]) -> Track | None:
    """Return the one to read first: right words on right times, else exact times, else what there is."""
    timed = [track for track in tracks if track.transcript.timed]
    for wanted in (lambda t: t.transcript.format == "woven", lambda t: not t.hand_made):
        if found := [track for track in timed if wanted(track)]:
            return found[0]
    return next(iter(timed or tracks), None)


def weavable(tracks: Sequence[Track]) -> bool:
    """Tell whether right words and exact times are both there, so that they are woven without asking."""
    return any(t.hand_made for t in tracks) and any(t.transcript.timed and not t.hand_made for t in tracks)


def first_track(tracks: Sequence[Track]) -> Track | None:
    """Return the one to read at opening: the hand-made one where the same words are woven in a moment."""
    return next(t for t in tracks if t.hand_made) if weavable(tracks) else best_track(tracks)


def shifted(tracks: Sequence[Track], shift_ms: int) -> list[Track]:
    """Return the tracks with their times moved to `shift_ms` against what their files say."""
    return [_shifted(track, shift_ms - track.shift_ms, shift_ms) for track in tracks]


def _shifted(track: Track, delta_ms: int, shift_ms: int) -> Track:
    moved = make_track(track.name, track.path, shift(track.transcript, delta_ms))
    return moved._replace(shift_ms=shift_ms)


def _common_prefix(names: Sequence[str]) -> str:
    shortest = min(names, key=len, default="")
    for length in range(len(shortest), 0, -1):
        if all(name.startswith(shortest[:length]) for name in names):
            return shortest[:length]
    return ""


def _try_chapters(path: Path, opened: Opened) -> tuple[Chapter, ...]:
    try:
        return read_chapters(path)
    except UserError as error:
        opened.problems.append(error)
        return ()


def _chapters_beside(path: Path | None) -> tuple[Chapter, ...]:
    if path is None:
        return ()
    stem = path.name.split(".")[0] if path.suffix.lower() in TRANSCRIPT_SUFFIXES else path.stem
    for ending in (".chapters.json", ".chapters.vtt", ".psc", ".chapters.xml"):
        beside = path.with_name(stem + ending)
        if beside.is_file():
            try:
                return read_chapters(beside)
            except UserError:
                return ()
    return ()
