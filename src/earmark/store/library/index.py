# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The library index: the words of every transcript, to be searched. It can be made again from the files.

A file of its own, apart from what the listener made, so that it can be large, quick and thrown away. One
`Library` is one connection, used by one thread at a time; open one to write (importing) and one for each
searcher. A damaged or outdated file is deleted and made anew; `unfilled` then says that the files are to be
read again, and goes on saying so, whoever opens it, until somebody has come to the end of it.
"""

from __future__ import annotations

import json
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

import apsw

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.domain.terms import terms
from earmark.domain.transcript import Transcript
from earmark.store.disk.database import Database, translated
from earmark.store.disk.paths import path_of, text_of
from earmark.store.library.indexfile import FILLED, UNFILLED, file_as_it_lies, file_in_memory, open_file
from earmark.store.library.passages import Reader, Row, key, passages_of, storable, turns_of
from earmark.store.library.wordings import same_terms

_PIECE_TERMS = 20_000


class Stamp(NamedTuple):
    """By what a file is known to be unchanged."""

    size: int
    modified_ns: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Return a file's stamp; raises OSError."""
        status = path.stat()
        return cls(status.st_size, status.st_mtime_ns)


class Match:
    """Called by FTS5 (as `collect`) for each transcript that matches: keeps where the phrases are in it.

    Of a single phrase only the number is kept (`hits`), unless it is above `enough` or the transcript is one
    of `compared`: to list every place of a common word takes longer than to find it.
    """

    def __init__(self) -> None:
        self.enough = 0
        self.compared: Container[int] = ()
        self.hits = 0
        self.places: list[list[int]] = []

    def __call__(self, match: apsw.FTS5ExtensionApi, *_: object) -> None:
        """Keep for each phrase the numbers of the terms it begins with."""
        if match.phrase_count == 1:
            self.hits = match.inst_count
            wanted = self.hits > self.enough or match.rowid in self.compared
            self.places = [match.phrase_locations(0)[0]] if wanted else []
        else:
            self.places = [match.phrase_locations(phrase)[0] for phrase in range(match.phrase_count)]
            self.hits = min(map(len, self.places))


class Library:
    """The index of one profile."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.match = Match()
        database.connection.register_fts5_function("collect", self.match)
        self.unfilled = database.version != FILLED

    @classmethod
    def open(cls, profile: Profile, *, anew: bool = False) -> Library:
        """Open the index, making it where it is missing, damaged or of another version; raises UserError.

        `anew` throws away what is there: for damage that a search or an import met ("store-damaged").
        """
        return cls(open_file(profile, anew=anew))

    @classmethod
    def to_search(cls, profile: Profile, *, in_memory: bool = False) -> Library:
        """Open the index to search it, also on a full disk or in a folder that cannot be written.

        Where there is none and none can be kept, `in_memory` makes one to be filled. Raises UserError.
        """
        try:
            library = cls.open(profile)
            if not (in_memory and library.unfilled and library.database.read_only):
                return library
            library.close()
        except UserError as error:
            if error.code in {"store-damaged", "store-busy"}:
                raise
            database = file_as_it_lies(profile)
            if database is not None:
                return cls(database)
            if not in_memory:
                raise
        return cls(file_in_memory())

    def mark_filled(self, filled: bool = True) -> None:
        """Note whether it holds all there is to hold; raises UserError."""
        version = FILLED if filled else UNFILLED
        if self.database.version != version:
            with self.database.transaction():
                self.database.execute(f"PRAGMA user_version = {version}")
        self.unfilled = not filled

    def add(self, recording: str, path: Path, transcript: Transcript, stamp: Stamp) -> int:
        """Index a transcript of a recording, in place of what it held of that file there; returns terms."""
        with self.database.transaction():
            self.forget(recording, path)
            speakers, turns = turns_of(transcript)
            self.database.execute(
                "INSERT INTO transcript"
                " (recording, path, size, modified_ns, format, terms, rough, speakers, turns)"
                " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
                (
                    recording,
                    text_of(path),
                    *stamp,
                    transcript.format,
                    all(cue.end_ms is None for cue in transcript.cues),
                    json.dumps(speakers),
                    json.dumps(turns),
                ),
            )
            number = self.database.connection.last_insert_rowid()
            body: list[str] = []
            with translated(self.database.path):
                self.database.connection.executemany(
                    "INSERT INTO passage VALUES (?, ?, ?, ?)", _rows(number, transcript, body)
                )
            different, said = _gathered(body)
            self.database.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number, said))
            self._spell(different)
            self.database.execute("UPDATE transcript SET terms = ? WHERE id = ?", (len(body), number))
            self._compare(recording, number, body)
            count = len(body)
            while body:  # a million and a half let go of in one step would hold up every other thread
                del body[-_PIECE_TERMS:]
            return count

    def _spell(self, different: set[str]) -> None:
        """Note terms in the order of their table, and empty the set, in steps nobody waits long for."""
        begins: dict[str, list[str]] = {}
        while different:
            term = different.pop()
            begins.setdefault(term[:2], []).append(term)
        with translated(self.database.path):
            for begin in sorted(begins):
                rows = [(term,) for term in sorted(begins.pop(begin))]
                self.database.connection.executemany("INSERT OR IGNORE INTO spelling (term) VALUES (?)", rows)

    def _compare(self, recording: str, number: int, body: list[str]) -> None:
        """Note which terms the wordings of a recording have in common, after one was added."""
        rows = self.database.query(
            "SELECT id FROM transcript WHERE recording = ? ORDER BY rough DESC, id", (recording,)
        )
        if len(rows) < 2:
            return
        (leader,), *others = rows
        led = {
            one
            for (one,) in self.database.query("SELECT transcript FROM wording WHERE leader = ?", (leader,))
        }
        reader = Reader(self.database)
        words = body if number == leader else reader.terms(leader)
        for (other,) in others:
            if other in led:
                continue
            runs = same_terms(body if number == other else reader.terms(other), words)
            if runs is not None:
                self.database.execute(
                    "INSERT OR REPLACE INTO wording (transcript, leader, runs) VALUES (?, ?, ?)",
                    (other, leader, runs),
                )
        self.database.execute("DELETE FROM wording WHERE transcript = ?", (leader,))

    def forget(self, recording: str, path: Path) -> None:
        """Take a transcript of a recording out of the index."""
        sql = "SELECT id FROM transcript WHERE recording = ? AND path = ?"
        with self.database.transaction():
            for (number,) in self.database.query(sql, (recording, text_of(path))):
                self._drop(number)

    def forget_recording(self, recording: str) -> None:
        """Take all transcripts of a recording out of the index."""
        with self.database.transaction():
            sql = "SELECT id FROM transcript WHERE recording = ?"
            for (number,) in self.database.query(sql, (recording,)):
                self._drop(number)
            self.database.execute("DELETE FROM recording WHERE id = ?", (recording,))

    def name(self, recording: str, title: str, *more: str) -> None:
        """Tell how a recording is called; `more` (show, file name) is what `in:` finds it by, too."""
        title = storable(title)
        known_as = " ".join(term for text in (title, *more) for term in terms(storable(text)))
        with self.database.transaction():
            self.database.execute(
                "INSERT OR REPLACE INTO recording (id, title, known_as) VALUES (?, ?, ?)",
                (recording, title, known_as),
            )

    def moved(self, recording: str, old: Path, new: Path) -> None:
        """Note where the file of a recording's transcript is now."""
        with self.database.transaction():
            self.forget(recording, new)
            self.database.execute(
                "UPDATE transcript SET path = ? WHERE recording = ? AND path = ?",
                (text_of(new), recording, text_of(old)),
            )

    def stamps(self) -> dict[tuple[str, Path], Stamp]:
        """Return the stamp of each transcript in the index, by its recording and its file."""
        rows = self.database.query("SELECT recording, path, size, modified_ns FROM transcript")
        return {(recording, path_of(path)): Stamp(size, at) for recording, path, size, at in rows}

    def counts(self) -> tuple[int, int, int]:
        """Return how many recordings, transcripts and terms the index holds."""
        sql = "SELECT count(DISTINCT recording), count(*), coalesce(sum(terms), 0) FROM transcript"
        recordings, transcripts, held = self.database.query(sql)[0]
        return int(recordings), int(transcripts), int(held)

    def fault(self) -> str | None:
        """Return what is wrong with the index, None for a sound one. Reads everything."""
        try:
            found = self.database.quick_check()
            if found is None:
                with self.database.transaction():
                    self.database.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 0)")
        except UserError as error:
            return error.message
        return found

    def close(self) -> None:
        """Close the index."""
        self.database.close()

    def _drop(self, number: int) -> None:
        self.database.execute("DELETE FROM words WHERE rowid = ?", (number,))
        self.database.execute(
            "DELETE FROM passage WHERE id >= ? AND id < ?", (key(number, 0), key(number + 1, 0))
        )
        self.database.execute("DELETE FROM wording WHERE transcript = ?1 OR leader = ?1", (number,))
        self.database.execute("DELETE FROM transcript WHERE id = ?", (number,))


def _rows(number: int, transcript: Transcript, body: list[str]) -> list[Row]:
    rows = []
    for row, found in passages_of(transcript, number):
        rows.append(row)
        body += found
    return rows


def _gathered(body: list[str]) -> tuple[set[str], str]:
    """Return the different terms, and all of them as one text.

    By pieces: a million and a half in one step would hold up every other thread till it is done.
    """
    different: set[str] = set()
    texts: list[str] = []
    for begin in range(0, len(body), _PIECE_TERMS):
        piece = body[begin : begin + _PIECE_TERMS]
        different.update(piece)
        texts.append(" ".join(piece))
    return different, " ".join(texts)
