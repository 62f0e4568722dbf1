# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark search`: every transcript of the library. No window. Whatever is typed is a query."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from textwrap import fill

from earmark.base.errors import UserError
from earmark.base.paths import Profile
from earmark.cli.opened import check_recordings, opened_store, with_library
from earmark.cli.printing import print_json
from earmark.domain.items import Recording
from earmark.domain.times import clock
from earmark.session.library import adding
from earmark.session.library.searching import grouped
from earmark.session.opening import MEDIA_SUFFIXES
from earmark.store.library.index import Library
from earmark.store.search.searcher import Results, Searcher, SearchHit
from earmark.store.user import Store

_COLUMNS = 78


def run(profile: Profile, query: str, *, as_json: bool, limit: int) -> int:
    """Print the hits; return 0, also where there are none."""
    with opened_store(profile) as store:
        library = Library.to_search(profile, in_memory=True)
        results = with_library(profile, library, partial(_search, store, query, max(1, limit)))
        found = {hit.recording for hit in results.hits}
        check_recordings(store, profile, found)
        recordings = {one: store.recordings.get(one) for one in found}
    if as_json:
        print_json(_listed(results, results.hits[:limit], recordings), 1)
    else:
        _print(results, limit)
    return 0


def _search(store: Store, query: str, limit: int, library: Library) -> Results:
    if library.unfilled:
        _fill(store, library)
    return Searcher(library).search(query, limit) or Results(query, (), 0, {}, 0.0)


def _fill(store: Store, library: Library) -> None:
    """Read the files again: the index is new, had to be made anew, or whoever did so was stopped."""
    recordings = store.recordings.all()
    if recordings:
        sys.stderr.write("earmark: the index is made anew, which takes a moment.\n")
    try:
        adding.index(library, recordings)
        library.mark_filled()
    except UserError as error:
        if error.code != "store-busy":
            raise
        sys.stderr.write("earmark: another program is filling the index; not everything is found yet.\n")


def _listed(
    results: Results, hits: Sequence[SearchHit], recordings: Mapping[str, Recording | None]
) -> dict[str, object]:
    return {
        "query": results.query,
        "total": results.total or 0,
        "took_ms": round(results.took_ms, 3),
        "hits": [_hit(hit, recordings.get(hit.recording)) for hit in hits],
    }


def _hit(hit: SearchHit, recording: Recording | None) -> dict[str, object]:
    is_media = recording is not None and recording.path.suffix.lower() in MEDIA_SUFFIXES
    return {
        "recording": str(recording.path) if recording is not None and is_media else None,
        "transcript": str(hit.transcript),
        "title": hit.title,
        "start_ms": hit.start_ms,
        "text": hit.text,
        "spans": [list(span) for span in hit.spans],
    }


def _print(results: Results, limit: int) -> None:
    """Print hits by recording, each one's by time."""
    lines: list[str] = []
    title = None
    for hit in grouped(results.hits[:limit]):
        if hit.title != title:
            title = hit.title
            lines.append(f"== {title}")
        at = clock(hit.start_ms) if hit.start_ms is not None else "no time"
        lines.append(fill(hit.text, _COLUMNS, initial_indent=f"{at:>8}  ", subsequent_indent=" " * 10))
    total = results.total or 0
    if total:
        lines.append(f"{_counted(total, 'hit')} in {_counted(len(results.by_recording), 'recording')}")
    else:
        lines.append("Nothing was found.")
        if results.suggestions:
            lines.append(f"Near spellings: {', '.join(results.suggestions)}")
    print("\n".join(lines))


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
