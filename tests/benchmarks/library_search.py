# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Library search: import, index size, 200 stated queries against ripgrep over the same files, and typing.

The corpus (`../shared/corpus`, machine transcripts) is copied with every tenth word changed: to 500 files,
imported by the program's own reader and searched beside `rg` in turn (all hits counted and the best listed,
as many as `earmark search` lists, then 50, against a bare count); with `--large` to 10,000 recordings
(7 M cues), put into the index directly, since ten thousand files would measure the reader only.
Totals are checked against a plain reading of the words. Files go to a folder that is deleted.

    python tests/benchmarks/library_search.py [--large]
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles

from earmark.base.paths import Profile
from earmark.domain.items import Fingerprint
from earmark.domain.terms import terms
from earmark.domain.times import stamp
from earmark.domain.transcript import Cue, Transcript
from earmark.formats.registry import read_file
from earmark.store.library.importing import Item, import_items
from earmark.store.library.index import Library, Stamp
from earmark.store.library.indexfile import FILE_NAME
from earmark.store.search.searcher import Searcher
from earmark.store.user import Store

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CHANGED = 0.1
CUES = 700
LISTED = 50  # hits looked up, as while typing


class Copies:
    """The corpus again and again, with changed words."""

    def __init__(self) -> None:
        paths = sorted(CORPUS.glob("*.vtt"))
        self.originals = [read_file(path) for path in paths]
        self.words = [word for one in self.originals for cue in one.cues for word in cue.text.split()]

    def copy(self, number: int, cues: int | None = None) -> Transcript:
        """Return the copy with a number; another number gives other words."""
        draw = random.Random(number)
        original = self.originals[number % len(self.originals)]
        taken = original.cues[:cues]
        if cues and len(taken) < cues:
            taken = (original.cues * (cues // len(original.cues) + 1))[:cues]
        return Transcript(
            "webvtt", tuple(Cue(self._changed(cue.text, draw), cue.start_ms, cue.end_ms) for cue in taken)
        )

    def _changed(self, text: str, draw: random.Random) -> str:
        words = text.split(" ")
        for index in range(len(words)):
            if draw.random() < CHANGED:
                made_up = f"n{draw.randrange(100_000):x}"
                words[index] = made_up if draw.random() < 0.05 else draw.choice(self.words)
        return " ".join(words)


def queries(copies: Copies) -> list[tuple[str, str]]:
    """Return 200 queries: (kind, text). Words are drawn as they are said, so common ones are in it."""
    draw = random.Random(4)
    said = [terms(cue.text) for one in copies.originals for cue in one.cues]
    running = [terms(" ".join(cue.text for cue in one.cues)) for one in copies.originals]
    words = [word for line in said for word in line if word.isalpha()]
    distinct = sorted({word for word in words if len(word) > 3})
    found: list[tuple[str, str]] = []
    for number in range(50):
        found.append(("word", draw.choice(words) if number % 2 else draw.choice(distinct)))
        text = draw.choice(running)
        at = draw.randrange(len(text) - 5)
        found.append(("phrase", f'"{" ".join(text[at : at + draw.choice((2, 3, 4))])}"'))
        word = draw.choice([one for one in draw.sample(words, 50) if len(one) > 3])
        found.append(("prefix", word[: draw.randint(3, len(word) - 1)] + "*"))
        line = draw.choice([one for one in draw.sample(said, 50) if len(one) > 4])
        found.append(("two words", " ".join(draw.sample(line, 2))))
    return found


def grep(kind: str, query: str, folder: Path) -> float:
    """Return the milliseconds ripgrep takes to count the same."""
    bare = query.strip('"*')
    patterns = {"prefix": rf"\b{bare}\w*", "two words": "|".join(bare.split())}
    word = [] if kind == "prefix" else ["-w"]
    command = [
        "rg",
        "--no-config",
        "-i",
        "--count-matches",
        *word,
        "-e",
        patterns.get(kind, bare),
        str(folder),
    ]
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return (time.perf_counter() - started) * 1000


def joined(values: dict[str, list[float]]) -> list[float]:
    """Return the values of all kinds."""
    return [value for some in values.values() for value in some]


def spread(values: list[float]) -> str:
    """Return median and 95th percentile."""
    p95 = quantiles(values, n=20)[-1]
    return f"p50 {median(values):6.1f} ms  p95 {p95:6.1f} ms  max {max(values):6.1f} ms"


def write(copies: Copies, folder: Path, count: int) -> list[Item]:
    """Write copies as WebVTT files."""
    items = []
    for number in range(count):
        path = folder / f"{number:05}.vtt"
        blocks = (
            f"{stamp(cue.start_ms or 0)} --> {stamp(cue.end_ms or 0)}\n{cue.text}\n"
            for cue in copies.copy(number).cues
        )
        path.write_text("WEBVTT\n\n" + "\n".join(blocks))
        items.append(Item(f"r{number}", path))
    return items


def index_size(profile: Profile, text: int) -> str:
    """Tell the size of the index beside that of the words."""
    size = sum(path.stat().st_size for path in profile.cache.glob(FILE_NAME + "*"))
    return f"{size / 1e6:.0f} MB = {size / text:.2f} x the words (at most 3)"


def against_ripgrep(copies: Copies, root: Path, count: int = 500) -> None:
    """Measure with files: import, size, queries beside ripgrep, totals against a plain reading."""
    folder = root / "files"
    folder.mkdir()
    items = write(copies, folder, count)
    size = sum(item.path.stat().st_size for item in items) / 1e6
    profile = Profile.at(root / "small")
    library = Library.open(profile)
    reading, cues, text = 0.0, 0, 0

    def read(path: Path) -> Transcript:
        nonlocal reading, cues, text
        started = time.perf_counter()
        transcript = read_file(path)
        reading += time.perf_counter() - started
        cues += len(transcript.cues)
        text += sum(len(cue.text.encode()) + 1 for cue in transcript.cues)
        return transcript

    started = time.perf_counter()
    import_items(library, items, read)
    took = time.perf_counter() - started
    library.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"{count} recordings, {cues:,} cues, files {size:.0f} MB, words {text / 1e6:.0f} MB")
    speed = f"{cues / took:,.0f} cues/s, {size / took:.1f} MB/s"
    print(f"import     {speed}; {reading / took:.0%} of it reading the files")
    print(f"index      {index_size(profile, text)}")
    searcher = Searcher(library)
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    more: list[float] = []
    totals = {}
    asked = queries(copies)
    for kind, query in asked:
        theirs.setdefault(kind, []).append(grep(kind, query, folder))
        found = searcher.search(query)
        assert found is not None
        totals[query] = found.total
        ours.setdefault(kind, []).append(found.took_ms)
        listed = searcher.search(query, LISTED)
        assert listed is not None
        more.append(listed.took_ms)
    for kind in ours:
        print(f"{kind:10} {spread(ours[kind])}   rg {spread(theirs[kind])}")
    rg = joined(theirs)
    print(f"all 200    {spread(joined(ours))}   rg {spread(rg)}")
    for how_many, took in (("as many as the command lists", joined(ours)), (f"{LISTED} listed", more)):
        p95 = quantiles(took, n=20)[-1] / quantiles(rg, n=20)[-1]
        print(f"ratio      median {median(took) / median(rg):.3f} (at most 0.25), p95 {p95:.3f}   {how_many}")
    check(copies, totals, asked, count)
    typing(searcher, asked)
    library.close()


def check(copies: Copies, totals: dict[str, int | None], asked: list[tuple[str, str]], count: int) -> None:
    """Compare the totals of words, phrases and prefixes with a plain reading."""
    wanted = {query: tuple(terms(query)) for kind, query in asked if kind in ("word", "phrase")}
    prefixes = {query: query.rstrip("*") for kind, query in asked if kind == "prefix"}
    plain: Counter[tuple[str, ...]] = Counter()
    begun: Counter[str] = Counter()
    lengths = {len(said) for said in wanted.values()}
    for number in range(count):
        text = terms(" ".join(cue.text for cue in copies.copy(number).cues))
        for length in lengths:
            plain.update(zip(*(text[i:] for i in range(length)), strict=False))
        for word, times in Counter(text).items():
            for length in range(3, len(word) + 1):
                begun[word[:length]] += times
    wrong = [query for query, said in wanted.items() if totals[query] != plain[said]]
    wrong += [query for query, start in prefixes.items() if totals[query] != begun[start]]
    asked_for = len(wanted) + len(prefixes)
    print(f"totals     {asked_for - len(wrong)} of {asked_for} agree with a plain reading {wrong[:5]}")


def keystrokes(asked: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what stands in the box after each key, from the second on."""
    for kind, query in asked[::4]:
        text = query if kind == "phrase" else query.rstrip("*")
        for length in range(2, min(len(text), 14) + 1):
            yield text[:length]


def typing(searcher: Searcher, asked: list[tuple[str, str]]) -> None:
    """Measure the first 50 hits after each key, and how soon the next key gets its turn."""
    took = []
    for text in keystrokes(asked):
        found = searcher.first(text)
        assert found is not None
        took.append(found.took_ms)
    print(f"typing     {spread(took)}   first 50 hits, {len(took)} keys")
    waits = []
    for text in ("th*", "the of", "to* an*", '"i think"') * 5:
        done = threading.Event()
        thread = threading.Thread(target=lambda text=text, done=done: (searcher.search(text), done.set()))
        thread.start()
        time.sleep(0.002)
        if not done.is_set():
            started = time.perf_counter()
            searcher.interrupt()
            done.wait()
            waits.append((time.perf_counter() - started) * 1000)
        thread.join()
    if waits:
        print(f"interrupt  max {max(waits):.1f} ms of {len(waits)} that were still under way")


def large(copies: Copies, root: Path, count: int = 10_000) -> None:
    """Measure with 10,000 recordings of 700 cues."""
    profile = Profile.at(root / "large")
    library = Library.open(profile)
    started, cues, text, held = time.perf_counter(), 0, 0, 0.0
    for batch in range(0, count, 50):
        made = [copies.copy(number, CUES) for number in range(batch, min(batch + 50, count))]
        cues += sum(len(one.cues) for one in made)
        text += sum(len(cue.text.encode()) + 1 for one in made for cue in one.cues)
        begun = time.perf_counter()
        with library.database.transaction():
            for number, one in enumerate(made, batch):
                library.add(f"r{number}", Path(f"/talks/{number}.vtt"), one, Stamp(number, number))
                library.name(f"r{number}", f"Talk {number}")
        held += time.perf_counter() - begun
    library.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    took = time.perf_counter() - started
    print(f"\n{count} recordings, {cues:,} cues, words {text / 1e6:.0f} MB, made in {took:.0f} s")
    speed = f"{cues / held:,.0f} cues/s, {text / 1e6 / held:.1f} MB/s of words"
    print(f"indexing   {speed}")
    print(f"index      {index_size(profile, text)}")
    library.close()
    library = Library.open(profile)
    searcher = Searcher(library)
    asked = queries(copies)
    ours: dict[str, list[float]] = {}
    for kind, query in asked:
        found = searcher.search(query, LISTED)
        assert found is not None
        ours.setdefault(kind, []).append(found.took_ms)
    for kind, values in ours.items():
        print(f"{kind:10} {spread(values)}   ranked and counted")
    print(f"all 200    {spread(joined(ours))}   (p95 at most 300)")
    slowest = sorted(
        zip(
            (ms for values in ours.values() for ms in values),
            (q for kind in ours for k, q in asked if k == kind),
            strict=True,
        )
    )
    print("slowest   ", ", ".join(f"{query} {ms:.0f}" for ms, query in slowest[:-6:-1]))
    typing(searcher, asked)
    library.close()
    opening(profile, root, count)


def timed(call: Callable[[], object]) -> float:
    """Return how many milliseconds a call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def opening(profile: Profile, root: Path, count: int) -> None:
    """Measure what a large library adds to opening store and index."""
    store = Store.open(profile)
    with store._database.transaction():
        for number in range(count):
            mark = Fingerprint(number, f"{number:032x}")
            store.recordings.of_file(Path(f"/talks/{number}.mp3"), mark)
    store.close()
    empty = Profile.at(root / "empty")
    took = {}
    for name, one in (("empty", empty), ("large", profile)):
        values = [
            timed(lambda one=one: (Store.open(one).close(), Library.open(one).close())) for _ in range(7)
        ]
        took[name] = median(values)
    print(f"opening    store and index {took['large']:.1f} ms, empty {took['empty']:.1f} ms")


def main() -> None:
    """Run what was asked for."""
    if not CORPUS.is_dir():
        print("skipped: ../shared/corpus is not beside the checkout")
        return
    root = Path(tempfile.mkdtemp(prefix="earmark-bench-"))
    try:
        copies = Copies()
        if "--only-large" not in sys.argv:
            if shutil.which("rg"):
                against_ripgrep(copies, root)
            else:
                print("skipped: ripgrep (rg) is not installed")
        if "--large" in sys.argv or "--only-large" in sys.argv:
            large(copies, root)
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
