# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's store and the library index; the only importer of apsw. Returns domain objects.

Rooms: `disk` (files, rows, journal, migrations), `made` (what the listener made, by subject, and its
backups), `library` (the index that can be made again); `user` opens what was made.

What the listener made (`user.db`), on `Lane.STORE`; what a method returns is on the disk:

    store = user.Store.open(profile)     # fast; main thread at start; UserError when it cannot be opened
    store.notices                        # UserErrors to tell: store-newer, store-read-only, store-restored
    store.settings.all() / save(key, value)
    mark = fingerprints.fingerprint(path)                 # 192 KB read; a worker, not the store's lane
    store.recordings.of_file(path, mark)                  # found again or added; a copy beside is another
    store.recordings.opened(id) / remember(id, position_ms=…, rate=…, track=…, view={…}, title=…, show=…,
        duration_ms=…, transcripts=(…)) / get / find / all / recent / set_removed / relocate / relocate_folder
    store.bookmarks.add(bookmark) / add_all / change(id, note=…, …) / delete(id) -> what it was / get
        / of_recording(id) / all() / tags()
    store.heard.add(recording, [(start_ms, end_ms), …]) / of(recording) / totals()
    store.maintain()                     # in quiet moments: verifies, backs up, thins; returns what to tell
    store.write_all(file) / read_all(file)                # everything, to a new computer and back
    store.faults(); store.back_up(); store.backups.all(); store.disk_was_full; store.close()
    place.warnings(profile.data)         # synced folders, network shares: to tell

The library index (`library.db`), rebuildable; one `Library` per thread, on `Lane.WORK`:

    scanning.scan(paths, media_endings, transcript_endings) -> groups of files
    pairing.same_talk({path: runs_of(transcript)}) -> groups of files that say the same
    library = Library.open(profile)      # library.unfilled: the files are to be imported again, then
                                         # library.mark_filled(); anew=True after "store-damaged", all other
                                         # connections closed
    library = Library.to_search(profile) # on a full or read-only disk, too; not to be written
    importing.import_items(library, [Item(recording id, path)], read_file, report, cancelled) -> Outcome
    library.name(recording id, title, show, file name); library.forget_recording(id); library.moved(id, a, b)
    search.Searcher(library).search(text, limit) -> Results / first(text, limit) / interrupt()

Errors are `UserError` with a code: store-full, store-read-only, store-busy, store-damaged, store-unopened,
store-unwritten, store-foreign, backup-newer, backup-damaged, backup-unreadable, file-missing, ….
"""
