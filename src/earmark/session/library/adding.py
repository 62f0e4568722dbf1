# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Files and folders into the library, in steps; `session/library/keeper.py` and `earmark add` walk them.

`find` and `look_at` read files and `index` writes the index: a worker each. `keep` writes the listener's
store: its lane. Nothing here knows of Qt. Whoever walks the steps again goes on where they stopped, since
what is known is not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from earmark.base.cancelling import Cancelled, never
from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.desktop.embedded import embedded_transcripts
from earmark.desktop.tags import Tags, read_tags
from earmark.domain.items import Fingerprint, Recording
from earmark.domain.transcript import Transcript
from earmark.formats.registry import TRANSCRIPT_SUFFIXES, read_file
from earmark.playback.mediafile import bears_mark, media_fault, unplayable
from earmark.session.library.matching import matched
from earmark.session.library.readings import Readings
from earmark.session.naming import shown_title
from earmark.session.opening import MEDIA_SUFFIXES
from earmark.store.library.fingerprints import fingerprint
from earmark.store.library.importing import Item, Outcome, Progress, import_items
from earmark.store.library.index import Library, Stamp
from earmark.store.library.scanning import Group, Scan, scan
from earmark.store.made.recordings import Remembered
from earmark.store.user import Store

BATCH = 50  # recordings between two looks at whether to go on
_NOT_TALK = frozenset(
    {"readme", "license", "licence", "copying", "changelog"}
)  # texts that lie in any folder
_EMBEDDED = "embedded"  # folder of the cache for transcripts that were inside a recording


@dataclass(frozen=True, slots=True)
class Seen:
    """A recording that was looked at and is to be kept."""

    group: Group
    mark: Fingerprint
    tags: Tags
    read: Mapping[Path, Transcript] = field(default_factory=dict)  # what was read already, to be indexed
    problem: UserError | None = None  # what of it could not be had; the rest is kept


def find(
    paths: Iterable[Path],
    recordings: Iterable[Recording] = (),
    library: Library | None = None,
    readings: Readings | None = None,
    report: Callable[[Progress], None] = lambda _: None,
    cancelled: Cancelled = never,
) -> Scan:
    """Return what lies in files and folders, that of one recording together (see `matching`).

    It is also paired with `recordings`, those of the store: by name, and by words with what `library` has.
    `readings` takes up what is read for that, and `look_at` takes it from there.
    """
    named = dict.fromkeys(path.absolute() for path in paths)
    found = scan(named, MEDIA_SUFFIXES, TRANSCRIPT_SUFFIXES, cancelled)
    groups = [_without_tables(group, named) for group in found.groups]
    talks = [one for one in groups if one.media or (one.transcripts and _may_be_talk(one, named))]
    groups = matched(talks, by_path(recordings), library, readings or Readings(), report, cancelled)
    return replace(found, groups=tuple(groups))


def _may_be_talk(group: Group, named: Container[Path]) -> bool:
    return group.path in named or group.path.stem.casefold() not in _NOT_TALK


def _without_tables(group: Group, named: Container[Path]) -> Group:
    """Leave out tables that are no transcripts; one the listener named is theirs to add."""
    kept = tuple(path for path in group.transcripts if path in named or not _is_mere_table(path))
    return group if len(kept) == len(group.transcripts) else Group(group.media, kept)


def _is_mere_table(path: Path) -> bool:
    if path.suffix.lower() != ".tsv":
        return False
    transcript = _readable(path)
    return transcript is not None and transcript.format != "whisper-tsv"


def _readable(path: Path) -> Transcript | None:
    try:
        return read_file(path)
    except (UserError, OSError):
        return None  # it is told when it is indexed


def by_path(recordings: Iterable[Recording]) -> dict[Path, Recording]:
    """Return recordings by their files: by each transcript too, a recording's own file going first."""
    recordings = list(recordings)
    held = {path: one for one in recordings if not one.removed for path in one.transcripts}
    return held | {one.path: one for one in recordings}


def is_known(group: Group, known: Mapping[Path, Recording]) -> Recording | None:
    """Return the recording a group is when nothing about it is new, judged by names and size alone.

    `known` is of `by_path`: a transcript of a recording is known, also when it is named alone.
    """
    one = known.get(group.path)
    if one is None or one.removed or not set(group.transcripts) <= set(one.transcripts):
        return None
    if group.path != one.path:
        return one if group.media is None else None
    if any(known[path].id != one.id and known[path].path == path for path in group.transcripts):
        return None  # a transcript of it is a recording by itself, too
    if any(path.parent.parent.name == _EMBEDDED and not path.exists() for path in one.transcripts):
        return None  # the cache was emptied: it is taken out of its container again
    try:
        return one if group.path.stat().st_size == one.fingerprint.size else None
    except OSError:
        return None


def look_at(
    group: Group, profile: Profile, readings: Readings | None = None, cancelled: Cancelled = never
) -> Seen:
    """Return a recording with its fingerprint and tags; raises UserError.

    A transcript inside the recording is one of its transcripts. One that is no recording, or broken, is a
    problem, and its transcripts stand alone. What has no recording must have words: else the file would be in
    the library for nothing.
    """
    tags = Tags()
    if group.media is not None:
        tags = read_tags(group.media)
        fault = _fault_of(group.media, tags)
        if fault is not None:
            if not group.transcripts:
                raise fault
            text = Group(None, group.transcripts)
            return replace(look_at(text, profile, readings, cancelled), problem=fault)
    taken = {path: readings.take(path) for path in group.transcripts} if readings is not None else {}
    read = {path: transcript for path, transcript in taken.items() if transcript is not None}
    mark = fingerprint(group.path)
    if group.media is not None:
        problem, inside = None, []
        try:
            inside = transcripts_inside(group.media, mark, profile, cancelled)
        except UserError as error:
            problem = error
        group = Group(group.media, (*group.transcripts, *inside))
        return Seen(group, mark, tags, read, problem)
    for path in group.transcripts:
        try:
            if path not in read:
                read[path] = read_file(path)
        except UserError as error:
            error.data.setdefault("path", path)
            if len(group.transcripts) == 1:
                raise
    if not read:
        first = group.transcripts[0]
        raise UserError("no-words", f"Neither {first.name} nor what belongs to it can be read.", path=first)
    if not any(transcript.cues for transcript in read.values()):
        first = group.transcripts[0]
        raise UserError("no-words", f"{first.name} holds no words.", path=first)
    return Seen(group, mark, tags, read)


def _fault_of(media: Path, tags: Tags) -> UserError | None:
    """Return why a file is no recording, as far as can be told without playing it."""
    fault = media_fault(media)
    if fault is None and not tags.duration_ms and not bears_mark(media):
        fault = unplayable(media)
    return fault


def transcripts_inside(
    media: Path, mark: Fingerprint, profile: Profile, cancelled: Cancelled = never
) -> list[Path]:
    """Return the transcripts that are inside a recording, taken out into the cache; raises UserError."""
    return embedded_transcripts(media, profile.cache / _EMBEDDED / mark.slices, cancelled)


def keep(store: Store, seen: Iterable[Seen], *, revive: bool = True) -> list[Recording]:
    """Keep what was seen and return the recordings; on the store's lane.

    `revive` brings back what the listener had removed: wanted when they name it, not when looking again.
    """
    return store.recordings.add_all(
        [(one.group.path, one.mark, remembered(one.group.transcripts, one.tags)) for one in seen],
        revive=revive,
    )


@dataclass(frozen=True, slots=True)
class Before:
    """Where the recordings of the library were before something was added."""

    paths: Mapping[str, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, recordings: Iterable[Recording]) -> Before:
        """Take note of recordings."""
        return cls({one.id: one.path for one in recordings})

    def compared(self, kept: Sequence[Recording]) -> tuple[int, int]:
        """Return how many of what was kept are new, and how many were moved.

        New is also a recording of which there was only the transcript.
        """
        elsewhere = [one for one in kept if self.paths.get(one.id) != one.path]
        new = sum(self.paths.get(one.id) in {None, *one.transcripts} for one in elsewhere)
        return new, len(elsewhere) - new


def remembered(transcripts: Iterable[Path], tags: Tags) -> Remembered:
    """Return what is to be remembered of a recording that was looked at."""
    what: Remembered = {"transcripts": tuple(transcripts)}
    if tags.title:
        what["title"] = tags.title
    if tags.show:
        what["show"] = tags.show
    if tags.duration_ms:
        what["duration_ms"] = tags.duration_ms
    return what


def index(
    library: Library,
    recordings: Sequence[Recording],
    report: Callable[[Progress], None] = lambda _: None,
    cancelled: Cancelled = never,
    seen: Iterable[Seen] = (),
) -> Outcome:
    """Index the transcripts of recordings, new and changed ones; raises UserError if the index fails.

    What was read of those `seen` is not read again.
    """
    held = {path: transcript for one in seen for path, transcript in one.read.items()}
    with library.database.transaction():
        _follow_moves(library, recordings)
        for one in recordings:
            library.name(one.id, shown_title(one), one.show, one.path.stem, one.path.parent.name)
    items = [Item(one.id, path) for one in recordings for path in one.transcripts]

    def read(path: Path) -> Transcript:
        return held.pop(path, None) or read_file(path)

    return import_items(library, items, read, report, cancelled)


def _follow_moves(library: Library, recordings: Sequence[Recording]) -> None:
    """Tell the index of transcripts that lie elsewhere or are another's now: they are not read again."""
    held: dict[str, dict[Path, Stamp]] = {}
    holders: dict[Path, list[str]] = {}
    for (recording, path), stamp in library.stamps().items():
        held.setdefault(recording, {})[path] = stamp
        holders.setdefault(path, []).append(recording)
    for one in recordings:
        theirs = held.get(one.id, {})
        for old, stamp in theirs.items():
            if old in one.transcripts or old.exists():
                continue
            new = next((path for path in one.transcripts if path not in theirs and _is(path, stamp)), None)
            if new is not None:
                library.moved(one.id, old, new)
        # By these files it was known itself, before the recording they belong to was there.
        for path in set(one.older_paths).intersection(one.transcripts):
            for other in holders.get(path, ()):
                if other != one.id and held[other].keys() <= set(one.transcripts):
                    library.forget_recording(other)


def _is(path: Path, stamp: Stamp) -> bool:
    try:
        return Stamp.of(path) == stamp
    except OSError:
        return False
