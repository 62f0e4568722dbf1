# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Files in, something to listen to out: which file is what, its sidecars, and their reading.

Everything here runs on a worker; nothing touches a widget or the player.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from earmark.base.errors import UserError
from earmark.domain.chapters import Chapter
from earmark.domain.items import Fingerprint
from earmark.formats.chapters import read_chapters
from earmark.formats.registry import TRANSCRIPT_SUFFIXES, read_file
from earmark.playback.mediafile import bears_mark, media_fault
from earmark.session.tracks import Track, belong_together, make_track, named
from earmark.store.library.fingerprints import fingerprint

VIDEO_SUFFIXES = frozenset(".mp4 .m4v .webm .mkv .mov .avi .mpg .mpeg .ogv .wmv .flv .ts".split())
MEDIA_SUFFIXES = VIDEO_SUFFIXES | frozenset(
    ".mp3 .m4a .m4b .aac .ogg .oga .opus .wav .flac .wma .aiff .aif .au .mka .ac3 .amr .3gp .wv .tta".split()
)
_TYPED_SUFFIXES = frozenset({".txt", ".md"})  # what people write transcripts in
_CHAPTER_ENDINGS = (".chapters.json", ".chapters.vtt", ".psc", ".chapters.xml")


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
        # What belongs to it by name; without a recording, whether it is there or not.
        self.beside: list[Path] = []
        self.first: Path | None = None  # of the transcripts, as they were named
        self.waiting: list[Path] = []  # transcripts still to be read, by `load_rest`
        self.joins = False  # transcripts alone, of what is open already

    @property
    def identity(self) -> Path | None:
        """The file by which this is known again: the recording, or the first transcript without one."""
        return self.media or self.first

    @property
    def empty(self) -> bool:
        """Whether there is nothing to listen to or read."""
        return self.media is None and not self.tracks


def load(
    paths: Sequence[Path], *, first_page_only: bool = False, among: Sequence[Track] | None = None
) -> Opened:
    """Sort `paths` into recording, transcripts and chapters, add sidecars, and read them.

    With `first_page_only` a recording's hand-made transcript is read, which the page shows first, and the
    others wait: the first page is there sooner. `among` are the transcripts of what is open already, which
    others of the same words join; None where they may not.
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
    if among is not None and opened.media is None and opened.tracks:
        opened.joins = not among or belong_together(opened.tracks, among)
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


def sidecars(media: Path) -> list[Path]:
    """Return the transcripts that belong to a recording by name: `talk.vtt`, `talk.en.vtt`, `talk.txt`."""
    beside = _folder_of(media)
    return [p for p in beside if p.suffix.lower() in TRANSCRIPT_SUFFIXES and _belongs(p, media)]


def _belongs(path: Path, media: Path) -> bool:
    if path == media or _is_chapters(path) or not path.is_file():
        return False
    return path.name.startswith(media.stem + ".") or path.name.startswith(media.name + ".")


def _is_chapters(path: Path) -> bool:
    return path.name.lower().endswith(_CHAPTER_ENDINGS)


def _recording_beside(transcript: Path) -> Path | None:
    """Return the recording whose name a transcript's name begins with, if it lies in the same folder."""
    recordings = (p for p in _folder_of(transcript) if p.suffix.lower() in MEDIA_SUFFIXES)
    return next((path for path in recordings if _belongs(transcript, path)), None)


def _folder_of(path: Path) -> list[Path]:
    """Return what lies in a file's folder, by name; nothing where it may not be looked into."""
    try:
        return sorted(path.parent.iterdir())
    except OSError:
        return []


def _sort(path: Path, opened: Opened, transcripts: list[Path]) -> None:
    suffix = path.suffix.lower()
    if path.is_dir():
        opened.problems.append(UserError("directory", f"{path.name} is a folder, not a recording."))
    elif not path.exists():
        opened.problems.append(UserError("missing", f"There is no file {path}."))
    elif _is_chapters(path):
        opened.chapters = _try_chapters(path, opened)
    elif suffix in MEDIA_SUFFIXES or _looks_recorded(path):
        if opened.media is None:
            opened.media = path
        else:
            opened.others.append(path)
    elif path not in transcripts:
        transcripts.append(path)


def _looks_recorded(path: Path) -> bool:
    """Tell media without a telling name from text by how it begins; a transcript's name always wins."""
    if path.suffix.lower() in TRANSCRIPT_SUFFIXES:
        return False
    return bears_mark(path) and media_fault(path) is None  # a text may begin like one: "MAC said"


def _read(path: Path, opened: Opened) -> None:
    try:
        transcript = read_file(path)
    except UserError as error:
        # A sidecar nobody named that is no transcript (cover notes, say) is no problem worth a sentence.
        if path in opened.asked_for:
            opened.problems.append(error)
        return
    opened.tracks.append(make_track("", path, transcript))


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
    for ending in _CHAPTER_ENDINGS:
        beside = path.with_name(stem + ending)
        if beside.is_file():
            try:
                return read_chapters(beside)
            except UserError:
                return ()
    return ()
