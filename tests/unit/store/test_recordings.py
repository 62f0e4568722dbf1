# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Recordings: found again, remembered, ordered by when they were opened."""

import os
from pathlib import Path

import pytest

from earmark.base.errors import BugError, UserError
from earmark.domain.items import Anchor, Bookmark, Correction
from earmark.store.disk.paths import path_of, text_of
from earmark.store.library.fingerprints import fingerprint
from earmark.store.user import Store


def added(store, path):
    return store.recordings.of_file(path, fingerprint(path))


def test_a_file_is_the_same_recording_when_opened_again(store, media):
    path = media()
    assert added(store, path) == added(store, path)
    assert len(store.recordings.all()) == 1


def test_a_moved_file_is_known_by_its_content(store, media):
    old = media()
    first = added(store, old)
    new = old.rename(old.with_name("renamed.mp3"))
    found = added(store, new)
    assert (found.id, found.path, found.older_paths) == (first.id, new, (old,))


def test_a_moved_text_alone_is_its_own_transcript_where_it_is_now(store, media):
    old, other = media("talk.vtt"), media("talk.en.vtt")
    first = store.recordings.remember(added(store, old).id, transcripts=(old, other))
    new = old.rename(old.with_name("speech.VTT"))
    moved = added(store, new)
    assert (moved.id, moved.transcripts) == (first.id, (new, other))
    newer = new.rename(new.with_name("words.vtt"))
    assert store.recordings.relocate(first.id, newer, first.fingerprint).transcripts == (newer, other)


def test_a_relocated_file_is_known_by_what_it_is_now(store, media):
    first = added(store, media("talk.vtt", b"as it was"))
    first.path.unlink()
    edited = media("new.vtt", b"as it is")
    store.recordings.relocate(first.id, edited, fingerprint(edited))
    assert added(store, edited.rename(edited.with_name("newer.vtt"))).id == first.id


def test_a_file_whose_tags_were_edited_is_known_by_its_path(store, media):
    first = added(store, media())
    again = added(store, media(content=b"other" * 1000))
    assert again.id == first.id
    assert again.fingerprint != first.fingerprint


def test_files_of_the_same_size_with_different_content_are_different(store, media):
    one, two = media("one.mp3", b"1" * 300_000), media("two.mp3", b"2" * 300_000)
    assert added(store, one).id != added(store, two).id


def test_what_is_remembered_survives_closing(store, media, profile):
    recording = added(store, media())
    remembered = store.recordings.remember(
        recording.id, position_ms=61_000, rate=1.5, track="human", view={"follow": False}, duration_ms=99
    )
    store.close()
    again = Store.open(profile)
    assert again.recordings.get(recording.id) == remembered
    assert again.faults() == []
    again.close()


def test_recent_goes_by_order_of_opening_not_by_clock(store, media, monkeypatch):
    ids = []
    clock = [5_000_000_000_000_000_000, 1, 1_000_000_000_000]
    for number, now in enumerate(clock):
        monkeypatch.setattr("time.time_ns", lambda now=now: now)
        recording = added(store, media(f"{number}.mp3", bytes([number]) * 1000))
        ids.append(store.recordings.opened(recording.id).id)
    assert [one.id for one in store.recordings.recent()] == ids[::-1]


def test_removed_is_hidden_and_comes_back_when_opened(store, media):
    recording = added(store, media())
    store.recordings.opened(recording.id)
    store.recordings.set_removed(recording.id, True)
    assert store.recordings.all() == store.recordings.recent() == []
    assert added(store, recording.path).id == recording.id
    assert [one.id for one in store.recordings.all()] == [recording.id]


def test_remembering_an_unknown_recording_is_a_bug(store):
    with pytest.raises(BugError):
        store.recordings.remember("nobody", position_ms=1)


@pytest.mark.parametrize(
    "name", ["plain.mp3", "naïve ü 日本.mp3", "100%25.mp3", "file:.mp3", os.fsdecode(b"bad\xff\xfe.mp3")]
)
def test_any_file_name_is_kept(store, tmp_path, name):
    path = tmp_path / name
    assert path_of(text_of(path)) == path
    path.write_bytes(b"x")
    recording = added(store, path)
    assert store.recordings.get(recording.id).path == path
    assert store.recordings.find(path).id == recording.id


@pytest.mark.parametrize("text", ["half \ud800 pair", "nul \0 inside", "\ud83d\ude00 joined", "<b>&amp;", ""])
def test_any_text_is_kept_as_well_as_it_can_be(store, media, text):
    recording = added(store, media())
    store.recordings.remember(recording.id, title=text)
    kept = store.recordings.get(recording.id).title
    assert kept == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert store.faults() == []


@pytest.mark.parametrize(
    ("make", "code"), [("missing", "file-missing"), ("pipe", "file-irregular"), ("nul", "file-unreadable")]
)
def test_fingerprint_of_what_is_no_file(tmp_path, make, code):
    path = tmp_path / "x"
    if make == "pipe":
        os.mkfifo(path)
    if make == "nul":
        path = Path("a\0b")
    with pytest.raises(UserError) as caught:
        fingerprint(path)
    assert caught.value.code == code


def test_fingerprint_of_a_folder_is_refused(tmp_path):
    with pytest.raises(UserError) as caught:
        fingerprint(tmp_path)
    assert caught.value.code in {"file-irregular", "file-unreadable"}


def test_fingerprint_sees_each_slice(tmp_path):
    size = 1_000_000
    seen = set()
    for changed in (None, 0, size // 2, size - 1):
        content = bytearray(size)
        if changed is not None:
            content[changed] = 1
        (tmp_path / "f").write_bytes(content)
        seen.add(fingerprint(tmp_path / "f"))
    assert len(seen) == 4


def test_a_whole_folder_is_relocated_at_once(store, media, tmp_path):
    inside = [added(store, media(f"old/{n}.mp3", bytes([n]) * 999)) for n in range(3)]
    store.recordings.remember(inside[0].id, transcripts=(tmp_path / "old/0.vtt", tmp_path / "else/0.txt"))
    outside = added(store, media("older/x.mp3", b"y" * 50))
    moved = store.recordings.relocate_folder(tmp_path / "old", tmp_path / "new")
    assert sorted(one.path for one in moved) == [tmp_path / f"new/{n}.mp3" for n in range(3)]
    first = store.recordings.get(inside[0].id)
    assert first.transcripts == (tmp_path / "new/0.vtt", tmp_path / "else/0.txt")
    assert first.older_paths == (tmp_path / "old/0.mp3",)
    assert store.recordings.get(outside.id) == outside


def test_a_copy_beside_is_a_recording_of_its_own(store, media):
    first, second = (added(store, media(f"ep{number}.mp3")) for number in (1, 2))
    assert first.id != second.id
    assert store.recordings.get(first.id) == first
    assert [one.path.name for one in store.recordings.all()] == ["ep1.mp3", "ep2.mp3"]
    assert added(store, second.path).id == second.id


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_a_link_with_a_name_of_its_own_is_a_recording_of_its_own(store, media, link):
    first = added(store, media())
    other = first.path.with_name("linked.mp3")
    getattr(other, link)(first.path)
    assert added(store, other).id != first.id
    assert store.recordings.get(first.id) == first


def test_a_file_reached_by_another_way_is_the_same_recording(store, media, tmp_path):
    first = added(store, media("shows/talk.mp3"))
    (tmp_path / "way").symlink_to(tmp_path / "shows", target_is_directory=True)
    assert added(store, tmp_path / "way" / "talk.mp3").id == first.id
    assert len(store.recordings.all()) == 1


def test_only_one_copy_takes_the_place_of_a_file_that_is_gone(store, media):
    first = added(store, media("old.mp3"))
    first.path.unlink()
    one, two = added(store, media("one.mp3")), added(store, media("two.mp3"))
    assert one.id == first.id != two.id


def test_copies_that_move_together_are_each_found_again(store, media, tmp_path):
    before = [added(store, media(f"old/ep{number}.mp3")) for number in range(3)]
    (tmp_path / "old").rename(tmp_path / "new")
    after = [added(store, tmp_path / "new" / one.path.name) for one in reversed(before)]
    assert [one.id for one in reversed(after)] == [one.id for one in before]


def test_files_that_changed_names_are_known_by_their_content(store, media):
    one, two = added(store, media("one.mp3", b"1" * 1000)), added(store, media("two.mp3", b"2" * 999))
    spare = one.path.rename(one.path.with_name("spare.mp3"))
    two.path.rename(one.path)
    spare.rename(two.path)
    assert (added(store, one.path).id, added(store, two.path).id) == (two.id, one.id)


def test_what_was_removed_comes_back_only_when_it_is_named(store, media):
    recording = added(store, media())
    store.recordings.set_removed(recording.id, True)
    copy = media("copy.mp3")
    seen = [(path, fingerprint(path), {}) for path in (recording.path, copy)]
    assert [one.path for one in store.recordings.add_all(seen, revive=False)] == [copy]
    assert store.recordings.get(recording.id).removed
    assert len(store.recordings.add_all(seen)) == 2
    assert len(store.recordings.all()) == 2


def mark_of(store, recording, words="the lamp was lit"):
    anchor = Anchor(words, start_ms=1_000, end_ms=2_000)
    store.corrections.add(Correction("", recording.id, anchor, "the lamb"))
    return store.bookmarks.add(Bookmark("", recording.id, anchor, str(recording.path)))


def test_a_transcript_that_was_alone_becomes_the_recording_it_is_of(store, media):
    words = media("talk.vtt", b"WEBVTT")
    alone = store.recordings.opened(added(store, words).id)
    store.recordings.remember(alone.id, position_ms=61_000, transcripts=(words,))
    bookmark = mark_of(store, alone)
    sound = media()
    whole = store.recordings.of_file(sound, fingerprint(sound), [words])
    assert (whole.id, whole.path, whole.fingerprint) == (alone.id, sound, fingerprint(sound))
    assert (whole.position_ms, whole.transcripts, whole.older_paths) == (61_000, (words,), (words,))
    assert [one.id for one in store.recordings.all()] == [whole.id]
    assert store.bookmarks.of_recording(whole.id) == [bookmark]
    assert store.faults() == []


def test_what_was_made_on_a_transcript_goes_over_to_a_recording_that_is_known(store, media, profile):
    sound, words = media(), media("talk.vtt", b"WEBVTT")
    known = store.recordings.opened(added(store, sound).id)
    store.heard.add(known.id, [(0, 5_000)])
    alone = store.recordings.opened(added(store, words).id)
    store.recordings.remember(alone.id, position_ms=61_000, title="The lamp", transcripts=(words,))
    store.heard.add(alone.id, [(4_000, 9_000)])
    bookmark = mark_of(store, alone)
    what = {"transcripts": (words,)}
    (whole,) = store.recordings.add_all([(sound, fingerprint(sound), what)])
    assert (whole.id, whole.position_ms, whole.title) == (known.id, 61_000, "The lamp")
    assert store.recordings.recent() == store.recordings.all() == [whole]
    assert store.bookmarks.of_recording(whole.id) == [bookmark._replace(recording=whole.id)]
    assert [one.other for one in store.corrections.of_recording(whole.id)] == ["the lamb"]
    assert store.heard.of(whole.id) == ((0, 9_000),)
    assert (store.heard.of(alone.id), store.faults()) == ((), [])
    # A window may have had the transcript open meanwhile: nothing made there is left behind.
    store.recordings.remember(alone.id, position_ms=70_000)
    late = mark_of(store, alone, "late")
    again = store.recordings.of_file(sound, fingerprint(sound), [words])
    assert again.position_ms == 61_000
    assert late.id in [one.id for one in store.bookmarks.of_recording(again.id)]
    store.close()
    (profile.data / "user.db").unlink()
    restored = Store.open(profile)  # from the journal
    assert len(restored.bookmarks.of_recording(known.id)) == 2
    assert [one.id for one in restored.recordings.all()] == [known.id]
    restored.close()


def test_a_text_goes_on_as_what_was_made_on_another_of_its_name(store, media):
    machine = media("talk.vtt", b"WEBVTT")
    first = store.recordings.opened(added(store, machine).id)
    store.recordings.remember(first.id, position_ms=61_000, transcripts=(machine,))
    bookmark = mark_of(store, first)
    machine.unlink()
    others = (media("talk.2.txt", b"2"), media("talk-2.txt", b"3"), media("sub/talk.txt", b"4"))
    assert not {added(store, path).id for path in others} & {first.id}
    now = added(store, media("talk.txt", b"The lamp was lit."))
    assert (now.id, now.position_ms, now.older_paths) == (first.id, 61_000, (machine,))
    assert store.bookmarks.of_recording(now.id) == [bookmark]
    assert store.faults() == []


def test_a_recording_does_not_take_the_place_of_another_of_its_name(store, media):
    sound = added(store, media("talk.mp3"))
    assert added(store, media("talk.txt", b"The lamp was lit.")).id != sound.id


def test_one_of_several_texts_is_what_they_are(store, media):
    machine, human = media("talk-machine.vtt", b"WEBVTT"), media("talk human.txt", b"The lamp was lit.")
    one = added(store, machine)
    store.recordings.remember(one.id, transcripts=(machine, human))
    assert store.recordings.find(human).id == one.id
    assert added(store, human).id == one.id
    sound, words = added(store, media()), media("words.vtt", b"WEBVTT")
    store.recordings.remember(sound.id, transcripts=(words,))
    assert store.recordings.find(words) is None  # it may be opened without the recording


def test_two_recordings_of_one_transcript_stay_two(store, media):
    words = media("talk.vtt", b"WEBVTT")
    one, two = media("talk.mp3", b"1" * 9_000), media("talk.flac", b"2" * 9_000)
    made = [store.recordings.of_file(path, fingerprint(path), [words]) for path in (one, two, one)]
    assert made[0].id == made[2].id != made[1].id
