# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What lies in the files and folders the listener adds: recordings, and the transcripts that are theirs.

Nothing here touches the store; run it on a worker. Which endings are recordings and transcripts the caller
says. Pairs are made by name here (`talk.mp3` with `talk.vtt`, `talk.en.vtt`); by words in `pairing`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from earmark.base.cancelling import Cancelled, never
from earmark.base.errors import UserError

_CHAPTERS = (".chapters.json", ".chapters.vtt", ".chapters.xml")  # beside a recording, but no transcript


@dataclass(frozen=True, slots=True)
class Group:
    """A recording and its transcripts; `media` is None where there are only transcripts."""

    media: Path | None
    transcripts: tuple[Path, ...]

    @property
    def path(self) -> Path:
        """The file the recording is known by."""
        return self.media if self.media is not None else self.transcripts[0]


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found, in order of path, and what could not be looked at."""

    groups: tuple[Group, ...]
    problems: tuple[UserError, ...]


def scan(
    paths: Iterable[Path],
    media_endings: Collection[str],
    transcript_endings: Collection[str],
    cancelled: Cancelled = never,
) -> Scan:
    """Look through files and folders; hidden files and links to folders are passed over.

    A file that is named brings along what lies beside it and belongs to it by name. What cannot be looked at
    is listed in the order it is met in.
    """
    problems: list[UserError] = []
    found: set[Path] = set()
    named = dict.fromkeys(path.absolute() for path in paths)
    endings = {*media_endings, *transcript_endings}
    for path in named:
        for file in _files(path, endings, problems):
            if cancelled():
                break
            found.add(file)
    found.update(_belonging(named.keys() & found, media_endings, transcript_endings))
    media = sorted(path for path in found if path.suffix.lower() in media_endings)
    transcripts = sorted(path for path in found if _is_transcript(path, transcript_endings))
    return Scan(tuple(sorted(_paired(media, transcripts), key=lambda group: group.path)), tuple(problems))


def _belonging(
    named: Collection[Path], media_endings: Collection[str], transcript_endings: Collection[str]
) -> Iterator[Path]:
    """Yield the transcripts of recordings that are named, and the recordings of transcripts that are."""
    beside = sorted({path for folder in {path.parent for path in named} for path in _lying_in(folder)})
    media = [path for path in beside if path.suffix.lower() in media_endings]
    recordings = _by_name(path for path in media if path not in named)
    recordings |= _by_name(path for path in media if path in named)
    for path in beside:
        owner = _owner(path, recordings) if _is_transcript(path, transcript_endings) else None
        if owner is not None and (path in named or owner in named) and path.is_file() and owner.is_file():
            yield from (path, owner)


def _lying_in(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError:
        return []  # the files that are named may be read all the same


def _is_transcript(path: Path, endings: Collection[str]) -> bool:
    return path.suffix.lower() in endings and not path.name.lower().endswith(_CHAPTERS)


def _files(path: Path, endings: Collection[str], problems: list[UserError]) -> Iterator[Path]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        problems.append(UserError("file-missing", f"{path} is not there.", path=path, detail=str(error)))
        return
    if stat.S_ISREG(mode):
        yield path
    elif stat.S_ISDIR(mode):
        yield from _files_in(path, endings, problems)
    else:
        problems.append(UserError("file-irregular", f"{path} is not a file.", path=path))


def _files_in(folder: Path, endings: Collection[str], problems: list[UserError]) -> Iterator[Path]:
    """Yield what has one of the endings, by folder and name."""

    def unreadable(error: OSError) -> None:
        where = error.filename or folder
        problems.append(UserError("folder-unreadable", f"The folder {where} cannot be read.", path=where))

    for held, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(held, name)
            if not name.startswith(".") and file.suffix.lower() in endings:
                yield from _files(file, (), problems)


def _paired(media: list[Path], transcripts: list[Path]) -> Iterator[Group]:
    """Give each transcript to the recording whose name it begins with; the longest name wins."""
    recordings = _by_name(media)
    given: dict[Path, list[Path]] = {path: [] for path in media}
    alone: dict[tuple[Path, str], list[Path]] = {}
    for path in transcripts:
        owner = _owner(path, recordings)
        if owner is not None:
            given[owner].append(path)
        else:
            alone.setdefault((path.parent, _names(path)[-1]), []).append(path)
    yield from (Group(path, tuple(theirs)) for path, theirs in given.items())
    yield from (Group(None, tuple(together)) for together in alone.values())


def _by_name(media: Iterable[Path]) -> dict[tuple[Path, str], Path]:
    """Return recordings by folder and name; of two with one name the first."""
    return {(path.parent, path.stem.casefold()): path for path in reversed(list(media))}


def _owner(transcript: Path, recordings: Mapping[tuple[Path, str], Path]) -> Path | None:
    keys = ((transcript.parent, name) for name in _names(transcript))
    return next((recordings[key] for key in keys if key in recordings), None)


def _names(path: Path) -> list[str]:
    """Return what a transcript may be called after: `talk.en` of `talk.en.vtt`, then `talk`."""
    name = path.stem.casefold()
    names = [name]
    base, dot, ending = name.rpartition(".")
    # A language or a role ("en", "pt-br", "human"), not the rest of a title ("vol. 2 the light").
    if dot and base and len(ending) <= 12 and ending.replace("-", "").replace("_", "").isalpha():
        names.append(base)
    return names
