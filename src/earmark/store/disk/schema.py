# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The tables of what the listener made. Inside `store` only; steps are only ever added.

Every row carries the digest of its other columns, and `seal` holds for each table how many rows there are
and the exclusive-or of their digests, because SQLite itself notices hardly any flipped bit in a text.
`history` counts the transactions, so that the change journal and the backups know their place.
"""

from __future__ import annotations

from earmark.store.disk.migrations import Step

USER_STEPS = (
    Step(
        1 << 16,
        """
        CREATE TABLE seal (
            name TEXT PRIMARY KEY,
            rows INTEGER NOT NULL,
            sum BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE history (seq INTEGER NOT NULL) STRICT;
        INSERT INTO history (seq) VALUES (0);

        CREATE TABLE setting (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL,
            digest BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE recording (
            id TEXT PRIMARY KEY,
            path TEXT NOT NULL,
            older_paths TEXT NOT NULL,
            size INTEGER NOT NULL,
            slices TEXT NOT NULL,
            transcripts TEXT NOT NULL,
            title TEXT NOT NULL,
            show TEXT NOT NULL,
            duration_ms INTEGER NOT NULL,
            position_ms INTEGER NOT NULL,
            rate REAL NOT NULL,
            track TEXT NOT NULL,
            view TEXT NOT NULL,
            added_ms INTEGER NOT NULL,
            opened_ms INTEGER NOT NULL,
            opened_seq INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            digest BLOB NOT NULL
        ) STRICT;
        CREATE INDEX recording_path ON recording (path);
        CREATE INDEX recording_slices ON recording (slices, size);
        CREATE INDEX recording_opened ON recording (opened_seq);
        """,
    ),
    Step(
        2 << 16,
        """
        CREATE TABLE bookmark (
            id TEXT PRIMARY KEY,
            recording TEXT NOT NULL,
            transcript TEXT NOT NULL,
            start_ms INTEGER NOT NULL,
            end_ms INTEGER NOT NULL,
            quote TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            speaker TEXT NOT NULL,
            note TEXT NOT NULL,
            tags TEXT NOT NULL,
            colour TEXT NOT NULL,
            certainty REAL NOT NULL,
            created_ms INTEGER NOT NULL,
            number INTEGER NOT NULL,
            digest BLOB NOT NULL
        ) STRICT;
        CREATE INDEX bookmark_recording ON bookmark (recording, start_ms);
        CREATE INDEX bookmark_number ON bookmark (number);

        CREATE TABLE heard (
            recording TEXT PRIMARY KEY,
            spans TEXT NOT NULL,
            heard_ms INTEGER NOT NULL,
            digest BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    Step(
        (2 << 16) | 1,
        """
        CREATE TABLE correction (
            id TEXT PRIMARY KEY,
            recording TEXT NOT NULL,
            quote TEXT NOT NULL,
            other TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            start_ms INTEGER NOT NULL,
            created_ms INTEGER NOT NULL,
            digest BLOB NOT NULL
        ) STRICT;
        CREATE INDEX correction_recording ON correction (recording, start_ms);
        """,
    ),
)

# The columns of each table but the digest; the first is the key.
USER_TABLES = {
    "setting": "key value",
    "recording": """id path older_paths size slices transcripts title show duration_ms position_ms rate track
        view added_ms opened_ms opened_seq removed""",
    "bookmark": """id recording transcript start_ms end_ms quote before after speaker note tags colour
        certainty created_ms number""",
    "heard": "recording spans heard_ms",
    "correction": "id recording quote other before after start_ms created_ms",
}
