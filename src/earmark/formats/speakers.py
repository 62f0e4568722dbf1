# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Names before a colon, and the guard that keeps "First thing:" from becoming a speaker.

In 280 files without speakers 636 cues began like `Word Word:`. So a name counts only if it comes back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from earmark.domain.transcript import Cue
from earmark.formats.source import NoteBook

MAX_NAME_CHARS = 40
# One to four words, capitalised but for the small ones inside a name; digits as in "Speaker 1".
_WORD = r"[^\W\d_a-z][\w'’.&-]{0,30}"
_SMALL = "de|da|di|van|von|der|den|la|le|bin|al"
NAME = rf"{_WORD}(?:[ \u00a0](?:{_WORD}|{_SMALL}|and|&|[0-9]{{1,3}})){{0,3}}"
_PREFIX = re.compile(rf"\s*(?:>>\s*|[-–—]\s+)?({NAME})[ \u00a0]?:(?:[ \u00a0\n]+|\Z)")
_LEAST = 3
_MOST_NAMED = 0.6
_SPREAD = 0.4


def name_prefix(text: str) -> tuple[str, int] | None:
    """Return the `Name:` a text begins with and where the words after it start, or None."""
    match = _PREFIX.match(text[: MAX_NAME_CHARS * 4])
    if match is None or len(match[1]) > MAX_NAME_CHARS:
        return None
    return " ".join(match[1].split()), match.end()


def sure_names(heads: Sequence[str | None], *, at_turns: bool = False) -> frozenset[str]:
    """Return which names are speakers; `heads` has for each cue the name before its colon, or None.

    All of them, if most cues have one; else those that come at least three times, spread over the file.
    `at_turns` says that the heads are those of turns, where names belong and need not come back.
    """
    named = [(i, head) for i, head in enumerate(heads) if head]
    counts = Counter(head for _, head in named)
    recurring = at_turns or (len(named) >= _LEAST and len(counts) * 2 <= len(named))
    if recurring and len(named) > 1 and len(named) >= _MOST_NAMED * len(heads):
        return frozenset(counts)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for index, head in named:
        first.setdefault(head, index)
        last[head] = index
    often = {head for head, count in counts.items() if count >= _LEAST}
    if not often:
        return frozenset()
    reach = max(last[head] for head in often) - min(first[head] for head in often)
    if reach < _SPREAD * (len(heads) - 1):
        return frozenset()
    # In a file that does name its speakers, whoever comes twice is one of them: left out, their words
    # would go to the speaker before.
    return frozenset(head for head, count in counts.items() if count >= 2)


@cache
def _typed_name() -> re.Pattern[str]:
    small = r"[^\W\d_][\w'’.&-]{0,30}"
    title = rf"(?:(?:{_SMALL})[ \u00a0])*{NAME}(?:,[ \u00a0]?(?:Jr|Sr|I{{2,3}}|IV|Ph\.?D|M\.?D|Esq)\.?)?"
    role = r"(?:[ \u00a0]\([^()\n]{1,30}\))?"
    return re.compile(rf"\s*((?:{title}|{small}(?:[ \u00a0]{small})?){role})[ \u00a0]?:(?:[ \u00a0\n]+|\Z)")


def names_at_turns(texts: Sequence[str]) -> list[tuple[str, int] | None]:
    """Return for each turn its sure speaker and where the words after the colon start, or None.

    Where most turns begin with a name, names may be written small (`ann:`), have a comma or a part in
    brackets (`Ann (host):`). Small ones must come back, or no turn be without a name.
    """
    heads = [name_prefix(text) for text in texts]
    names = sure_names([head[0] if head else None for head in heads], at_turns=True)
    found = [head if head and head[0] in names else None for head in heads]
    left = [i for i, text in enumerate(texts) if found[i] is None and ":" in text[: 2 * MAX_NAME_CHARS]]
    typed: dict[int, tuple[str, int]] = {}
    for index in left:
        match = _typed_name().match(texts[index][: MAX_NAME_CHARS * 4])
        if match and len(match[1]) <= MAX_NAME_CHARS:
            typed[index] = " ".join(match[1].split()), match.end()
    taken = len(texts) - found.count(None)
    if not typed or taken + len(typed) < max(2, _MOST_NAMED * len(texts)):
        return found
    counts = Counter(name for name, _ in typed.values())
    everyone = taken + len(typed) == len(texts)
    for index, (name, end) in typed.items():
        if not name.islower() or counts[name] > 1 or (everyone and " " not in name):
            found[index] = name, end
    return found


def take_name_prefixes(cues: list[Cue], notes: NoteBook) -> list[Cue]:
    """Turn sure `Name:` prefixes of captions into speakers, each holding until the next."""
    found = [name_prefix(cue.text) for cue in cues]
    names = sure_names([head[0] if head else None for head in found])
    if not names:
        return cues
    notes.add(0, "names", f"Names before a colon were read as speakers: {some_names(names)}.")
    taken: list[Cue] = []
    voice: str | None = None
    for cue, head in zip(cues, found, strict=True):
        if head and head[0] in names:
            voice = head[0]
            cue = _without_start(cue, head[1])
        taken.append(cue._replace(speaker=voice))
    return taken


def _without_start(cue: Cue, start: int) -> Cue:
    words = tuple(w._replace(offset=w.offset - start) for w in cue.words if w.offset >= start)
    return cue._replace(text=cue.text[start:], words=words)


def some_names(names: Collection[str]) -> str:
    """Return names as a list for a note: the first six, and how many more."""
    listed = sorted(names)
    return ", ".join(listed[:6]) + (f" and {len(listed) - 6} more" if len(listed) > 6 else "")
