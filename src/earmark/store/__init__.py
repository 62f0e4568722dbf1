# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's store; the only importer of apsw. Returns domain objects.

    from earmark.store.user import Store
    store = Store.open(profile)          # fast; UserError when it cannot be opened
    store.notices                        # UserErrors to tell: "store-newer", "store-read-only", …
    store.read_only; store.path; store.faults(); store.close()

    store.settings.all() -> dict; store.settings.save(key, value)

    mark = fingerprints.fingerprint(path)            # reads 192 KB; any thread, not the store's lane
    recording = store.recordings.of_file(path, mark) # found again or added
    store.recordings.opened(recording.id)            # counts as opened now
    store.recordings.remember(recording.id, position_ms=…, rate=…, track=…, view={…}, title=…,
                              show=…, duration_ms=…, transcripts=(…))
    store.recordings.get(id) / find(path, mark) / all() / recent(limit) / set_removed(id, True)
                    / relocate(id, path)

All of `store.…` after `open` belongs on `Lane.STORE`. Errors are `UserError` with a code: store-full,
store-read-only, store-busy, store-damaged, store-unopened, store-unwritten, store-foreign.
"""
