# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Journal, backups, restoring: whatever happens to the file, what was acknowledged is there."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import apsw
import pytest

from earmark.base.errors import UserError
from earmark.domain.items import Anchor, Bookmark
from earmark.store.disk.changes import Change
from earmark.store.disk.journal import Journal
from earmark.store.disk.schema import USER_STEPS
from earmark.store.made.backup import Backup, Backups, superfluous
from earmark.store.user import FILE_NAME, JOURNAL_NAME, Store


def mark(store, note):
    return store.bookmarks.add(Bookmark("", "rec", Anchor("quote"), note=note)).id


def notes(store):
    return sorted(one.note for one in store.bookmarks.all())


def reopened(profile):
    store = Store.open(profile)
    return store, [notice.code for notice in store.notices]


def ruin(path: Path, how: str):
    if how == "gone":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(path.read_bytes()[:6000])
    elif how == "header":
        path.write_bytes(b"not a database, surely" + path.read_bytes()[22:])
    else:
        content = bytearray(path.read_bytes())
        content[4096:] = b"\xff" * (len(content) - 4096)
        path.write_bytes(content)


@pytest.mark.parametrize("how", ["gone", "empty", "cut", "header", "pages"])
@pytest.mark.parametrize("backed_up", [False, True])
def test_a_ruined_file_is_restored_whole(store, profile, how, backed_up):
    mark(store, "one")
    store.settings.save("view.theme", "dark")
    if backed_up:
        store.back_up()
    doomed = mark(store, "two")
    mark(store, "three")
    store.bookmarks.delete(doomed)
    store.close()
    ruin(profile.data / FILE_NAME, how)
    again, codes = reopened(profile)
    assert codes == ["store-restored"]
    assert notes(again) == ["one", "three"]
    assert again.settings.all() == {"view.theme": "dark"}
    assert again.faults() == []
    assert ("backup of" in again.notices[0].message) == backed_up
    mark(again, "four")
    again.close()
    again, codes = reopened(profile)
    assert (codes, notes(again)) == ([], ["four", "one", "three"])
    again.close()
    assert len(list(profile.data.glob("user.damaged-*.db"))) == (0 if how == "gone" else 1)


def test_a_flipped_letter_in_the_schema_is_damage_not_a_crash(store, profile):
    mark(store, "one")
    store.close()
    path = profile.data / FILE_NAME
    content = path.read_bytes()
    assert b"quote TEXT" in content
    path.write_bytes(content.replace(b"quote TEXT", b"quota TEXT"))
    again, codes = reopened(profile)
    assert (codes, notes(again)) == (["store-restored"], ["one"])
    again.close()


def test_a_bad_backup_is_passed_over(store, profile):
    mark(store, "one")
    store.back_up()
    mark(store, "two")
    newest = store.back_up()
    mark(store, "three")
    store.close()
    ruin(newest.path, "pages")
    ruin(profile.data / FILE_NAME, "header")
    again, codes = reopened(profile)
    assert codes == ["store-restored"]
    assert notes(again) == ["one", "three", "two"]
    again.close()


def test_without_backup_and_journal_what_can_be_read_is_kept(store, profile):
    for number in range(50):
        mark(store, f"{number:02}")
    store.close()
    (profile.data / JOURNAL_NAME).unlink()
    connection = apsw.Connection(str(profile.data / FILE_NAME))
    connection.execute("UPDATE bookmark SET note = 'changed behind our back' WHERE number = 7")
    connection.close()
    again, _ = reopened(profile)
    told = again.restore_damaged()
    assert told.code == "store-restored"
    assert notes(again) == [f"{number:02}" for number in range(50) if number != 6]
    assert again.faults() == []
    again.close()


def test_a_row_changed_behind_our_back_is_noticed_and_mended(store, profile):
    mark(store, "one")
    mark(store, "two")
    connection = apsw.Connection(str(profile.data / FILE_NAME))
    connection.execute("UPDATE bookmark SET note = 'oops' WHERE note = 'one'")
    connection.close()
    assert store.maintain().code == "store-restored"
    assert notes(store) == ["one", "two"]
    mark(store, "three")
    assert store.maintain() is None
    assert len(store.backups.all()) == 1


def test_maintain_backs_up_what_is_new_and_not_too_often(store):
    assert store.maintain() is None
    assert store.backups.all() == []
    mark(store, "one")
    store.maintain()
    mark(store, "two")
    store.maintain()
    assert [one.seq for one in store.backups.all()] == [1]
    early = store.backups.all()[0]
    future = early.path.with_name(
        f"user-000000000001-{datetime.now() + timedelta(days=900):%Y%m%d-%H%M%S}.db"
    )
    early.path.rename(future)
    mark(store, "three")
    store.maintain()
    assert [one.seq for one in store.backups.all()] == [3, 1], "a clock set back does not stop backups"


def test_a_backup_is_verified_before_it_counts(store, profile):
    mark(store, "one")
    connection = apsw.Connection(str(profile.data / FILE_NAME))
    connection.execute("UPDATE bookmark SET note = 'oops'")
    connection.close()
    with pytest.raises(UserError) as caught:
        store.back_up()
    assert caught.value.code == "store-damaged"
    assert list((profile.data / "backups").iterdir()) == []


def test_thinning_keeps_days_weeks_months_and_the_newest_three():
    now = datetime(2026, 6, 30, 12)
    every_six_hours = [Backup(5000 - n, now - timedelta(hours=6 * n), Path(f"{n}")) for n in range(4 * 365)]
    gone = superfluous(every_six_hours, now)
    kept = [one for one in every_six_hours if one not in gone]
    assert len(kept) <= 8 + 12 + 10 + 9
    ages = [(now - one.made).days for one in kept]
    assert ages[:9] == [0, 0, 0, 0, 1, 1, 1, 1, 2]
    assert 230 < max(ages) < 280
    future = [Backup(9000 + n, now + timedelta(days=3650 + n), Path(f"f{n}")) for n in range(3)]
    kept_with_future = set(every_six_hours) - set(superfluous([*future[::-1], *every_six_hours], now))
    assert len(kept_with_future) >= len(kept) - 6, "a clock far ahead costs at most a few"
    assert superfluous(every_six_hours[:3], now + timedelta(days=9999)) == []


def test_backup_names_that_are_none_are_left_alone(tmp_path):
    for name in ("user-1.db", "user-000000000001-99999999-999999.db", "user-000000000002-20260503-140200.db"):
        (tmp_path / name).write_bytes(b"")
    found = Backups(tmp_path).all()
    assert [(one.seq, one.told) for one in found] == [(2, "3 May 2026, 14:02")]


def change(number):
    return Change("setting", f"k{number}", {"key": f"k{number}", "value": "1"})


def test_journal_gives_back_what_was_appended(tmp_path):
    journal = Journal(tmp_path / "j")
    assert list(journal.frames()) == []
    journal.append(1, [change(1)])
    journal.append(2, [change(2), Change("setting", "k1", None)])
    assert [frame.seq for frame in journal.frames(1)] == [2]
    assert Journal(tmp_path / "j").frames is not None
    frames = list(Journal(tmp_path / "j").frames())
    assert frames[1].changes == (change(2), Change("setting", "k1", None))


def test_journal_drops_what_never_committed(tmp_path):
    path = tmp_path / "j"
    journal = Journal(path)
    journal.append(1, [change(1)])
    journal.append(2, [change(2)])
    journal.doubt()
    journal.append(2, [change(20)])
    journal.doubt()  # but this one had committed
    journal.append(3, [change(30)])
    Journal(path).append(3, [change(300)])  # another run: transaction 3 had not committed when it died
    with path.open("ab") as file:
        file.write(b'1234abcd {"seq": 4, tor')
    Journal(path).append(4, [change(4)])
    kept = [(frame.seq, frame.changes[0].key) for frame in journal.frames()]
    assert kept == [(1, "k1"), (2, "k20"), (3, "k300"), (4, "k4")]


def test_two_writers_share_a_journal(tmp_path):
    one, two = Journal(tmp_path / "j"), Journal(tmp_path / "j")
    for seq in range(1, 10):
        (one if seq % 2 else two).append(seq, [change(seq)])
    assert [frame.seq for frame in one.frames()] == list(range(1, 10))


def test_a_flipped_bit_costs_one_frame(tmp_path):
    journal = Journal(tmp_path / "j")
    for seq in range(1, 6):
        journal.append(seq, [change(seq)])
    content = bytearray(journal.path.read_bytes())
    content[len(content) // 2] ^= 1
    journal.path.write_bytes(content)
    assert len(list(journal.frames())) == 4


def test_a_long_journal_is_trimmed_to_the_third_newest_backup(store, profile, monkeypatch):
    monkeypatch.setattr("earmark.store.user._LONG_JOURNAL_BYTES", 10)
    for note in ("one", "two", "three", "four"):
        mark(store, note)
        store.back_up()
    mark(store, "five")
    journal = Journal(profile.data / JOURNAL_NAME)
    assert [frame.seq for frame in journal.frames()] == [3, 4, 5]
    for backup in store.backups.all()[:2]:
        ruin(backup.path, "pages")
    store.close()
    ruin(profile.data / FILE_NAME, "header")
    again, _ = reopened(profile)
    assert notes(again) == ["five", "four", "one", "three", "two"]
    assert "could not be read" not in again.notices[0].message
    again.close()


def test_a_hole_in_the_journal_is_told(store, profile):
    for note in ("one", "two", "three"):
        mark(store, note)
    store.close()
    journal = profile.data / JOURNAL_NAME
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + lines[2])
    ruin(profile.data / FILE_NAME, "header")
    again, _ = reopened(profile)
    assert notes(again) == ["one", "three"]
    assert "1 change could not be read" in again.notices[0].message
    again.close()


def test_everything_goes_into_one_file_and_back(store, profile, tmp_path):
    kept = mark(store, "mine")
    store.settings.save("view.theme", "dark")
    store.heard.add("rec", [(0, 1000)])
    target = tmp_path / "all.earmark"
    assert store.write_all(target) == (0, 1, 1)
    store.bookmarks.change(kept, note="changed since")
    mark(store, "more")
    assert store.read_all(target) == (0, 1, 1)
    assert notes(store) == ["mine"]
    assert store.heard.totals() == {"rec": 1000}
    assert store.faults() == []
    assert len(store.backups.all()) == 1, "what was there is in a backup"
    store.close()
    ruin(profile.data / FILE_NAME, "header")
    again, _ = reopened(profile)
    assert notes(again) == ["mine"]
    again.close()


def hostile(path, sql):
    connection = apsw.Connection(str(path))
    for _ in connection.execute(sql):
        pass
    connection.close()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b"hello"), "backup-unreadable"),
        (lambda path: path.write_bytes(b""), "backup-unreadable"),
        (lambda path: hostile(path, "CREATE TABLE x (y)"), "backup-unreadable"),
        (lambda path: hostile(path, "PRAGMA user_version = 6553600"), "backup-newer"),
        (lambda path: hostile(path, "UPDATE bookmark SET note = 'forged'"), "backup-damaged"),
        (
            lambda path: hostile(
                path, "CREATE TRIGGER t AFTER INSERT ON setting BEGIN DELETE FROM bookmark; END"
            ),
            "backup-unreadable",
        ),
        (lambda path: ruin(path, "pages"), "backup-"),
        (lambda path: path.unlink(), "unreadable"),
    ],
)
def test_what_is_no_sound_backup_changes_nothing(store, tmp_path, make, code):
    mark(store, "mine")
    target = tmp_path / "all.earmark"
    if code in {"backup-newer", "backup-damaged", "backup-"} or "TRIGGER" in str(make.__code__.co_consts):
        store.write_all(target)
    else:
        target.write_bytes(b"")
    make(target)
    with pytest.raises(UserError) as caught:
        store.read_all(target)
    assert caught.value.code.startswith(code)
    assert notes(store) == ["mine"]
    assert not list(store.path.parent.glob("*.part*"))


def test_a_file_of_the_first_version_is_brought_up_to_date_after_a_backup(profile):
    profile.make()
    hostile(
        profile.data / FILE_NAME,
        USER_STEPS[0].sql
        + f"PRAGMA application_id = {0x4541524D}; PRAGMA user_version = {USER_STEPS[0].version}",
    )
    store, codes = reopened(profile)
    assert codes == []
    assert [one.seq for one in store.backups.all()] == [0]
    mark(store, "one")
    store.close()
    ruin(profile.data / FILE_NAME, "header")
    store, codes = reopened(profile)
    assert (codes, notes(store)) == (["store-restored"], ["one"])
    assert store.faults() == []
    store.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(store, profile, monkeypatch):
    mark(store, "one")
    store.close()
    before = (profile.data / FILE_NAME).read_bytes()
    from earmark.store import user
    from earmark.store.disk.migrations import Step

    steps = (*USER_STEPS, Step(3 << 16, "CREATE TABLE half (x) STRICT; CREATE TABLE half (x)"))
    monkeypatch.setattr(user, "USER_STEPS", steps)
    with pytest.raises(apsw.SQLError):
        Store.open(profile)
    assert (profile.data / FILE_NAME).read_bytes() == before


_OPEN = """
import sys
from pathlib import Path
from earmark.base.paths import Profile
from earmark.store.user import Store
print("ready", flush=True)
sys.stdin.readline()
store = Store.open(Profile.at(Path(sys.argv[1])))
print([one.code for one in store.notices], sorted(one.note for one in store.bookmarks.all()))
"""


@pytest.mark.parametrize("how", ["gone", "header"])
def test_of_programs_that_find_the_damage_together_one_recovers(store, profile, how):
    for number in range(40):
        mark(store, f"{number:02}")
    store.back_up()
    mark(store, "after")
    expected = notes(store)
    store.close()
    ruin(profile.data / FILE_NAME, how)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN, str(profile.data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for program in programs:
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    told = [program.communicate()[0].strip() for program in programs]
    assert sorted(told) == [f"['store-restored'] {expected}", *[f"[] {expected}"] * 3]
    assert len(list(profile.data.glob("*.damaged-*.db"))) == (how != "gone")
