# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Opening the store: its set-up, its versions, and files that are not what they should be."""

import apsw
import pytest

from earmark.base.errors import UserError
from earmark.store.disk.database import APPLICATION_ID
from earmark.store.disk.schema import USER_STEPS
from earmark.store.user import FILE_NAME, Store


def raw(profile, sql):
    connection = apsw.Connection(str(profile.data / FILE_NAME))
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_set_up_is_the_one_that_lost_nothing(store):
    database = store._database
    pragmas = "journal_mode synchronous foreign_keys trusted_schema cell_size_check mmap_size"
    assert [database.value(f"PRAGMA {name}") for name in pragmas.split()] == ["truncate", 3, 1, 0, 1, 0]
    assert database.application_id == APPLICATION_ID
    assert database.version == USER_STEPS[-1].version


def test_every_table_is_strict(store):
    rows = store._database.query(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    )
    assert {name for name, strict in rows if not strict} == {"sqlite_schema"}


def test_opening_again_changes_nothing(store, profile):
    store.settings.save("a", 1)
    store.close()
    before = (profile.data / FILE_NAME).read_bytes()
    again = Store.open(profile)
    assert again.settings.all() == {"a": 1}
    again.close()
    assert (profile.data / FILE_NAME).read_bytes() == before


def test_a_newer_file_is_read_and_not_written(store, profile):
    store.settings.save("a", 1)
    store.close()
    raw(profile, f"PRAGMA user_version = {99 << 16}")
    before = (profile.data / FILE_NAME).read_bytes()
    again = Store.open(profile)
    assert again.read_only
    assert [notice.code for notice in again.notices] == ["store-newer"]
    assert "format 99.0" in again.notices[0].message
    assert again.settings.all() == {"a": 1}
    with pytest.raises(UserError) as caught:
        again.settings.save("a", 2)
    assert caught.value.code == "store-read-only"
    again.close()
    assert (profile.data / FILE_NAME).read_bytes() == before


def test_a_newer_minor_is_written(store, profile):
    store.close()
    raw(profile, f"PRAGMA user_version = {USER_STEPS[-1].version + 1}")
    again = Store.open(profile)
    again.settings.save("a", 2)
    assert again.settings.all() == {"a": 2}
    assert again._database.version == USER_STEPS[-1].version + 1
    again.close()


def test_a_database_of_another_program_is_refused(profile):
    profile.make()
    raw(profile, "CREATE TABLE theirs (x)")
    with pytest.raises(UserError) as caught:
        Store.open(profile)
    assert caught.value.code == "store-foreign"


def test_a_second_connection_waits_its_turn_and_sees_what_was_written(store, profile):
    other = Store.open(profile)
    store.settings.save("a", 1)
    other.settings.save("b", 2)
    assert store.settings.all() == {"a": 1, "b": 2}
    assert store.faults() == []
    other.close()


def test_a_failing_transaction_leaves_nothing(store):
    store.settings.save("a", 1)
    with pytest.raises(ZeroDivisionError), store._database.transaction():
        store.settings.save("a", 2)
        raise ZeroDivisionError
    assert store.settings.all() == {"a": 1}
    assert store.faults() == []
    store.settings.save("a", 3)
    assert store._database.seq == 2


def test_a_changed_or_missing_row_is_noticed(store, profile):
    store.settings.save("a", "one")
    store.settings.save("b", "two")
    raw(profile, "UPDATE setting SET value = '\"tWo\"' WHERE key = 'b'")
    assert any("'b'" in fault for fault in store.faults())
    raw(profile, "DELETE FROM setting WHERE key = 'b'")
    assert store.faults() == ["the rows of setting are not those that were written"]
