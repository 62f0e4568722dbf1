# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Podcasting 2.0 HTML: `<cite>Name:</cite><time>0:00</time><p>…</p>`, name and time optional.

Only these three elements are looked at, by a scanner that is linear in the text; nothing is rendered.
"""

from __future__ import annotations

import html
import re

from earmark.domain.times import parse_clock
from earmark.domain.transcript import Cue, Transcript
from earmark.formats.source import Source

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
_SNIFF = re.compile(r"<(?:cite|time)[\s>]", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "head", "template"})


def sniff(head: str) -> bool:
    """Tell markup that names speakers or times."""
    return head.lstrip()[:1] == "<" and _SNIFF.search(head) is not None and "<p" in head.lower()


def read(source: Source) -> Transcript:
    """Return a cue for each paragraph; a time holds for the next one, a name until another is named."""
    page = _Page(source)
    page.scan()
    source.check_count(len(page.cues))
    return Transcript("podcast-html", tuple(page.cues))


class _Page:
    def __init__(self, source: Source) -> None:
        self.cues: list[Cue] = []
        self._source = source
        self._held: list[str] = []
        self._inside: str | None = None
        self._silent: str | None = None
        self._speaker: str | None = None
        self._time: int | None = None
        self._opens = False

        self._line = 1

    def scan(self) -> None:
        text = self._source.text
        at = 0
        for tag in _TAG.finditer(text):
            if not self._silent:
                self._held.append(text[at : tag.start()])
            self._line += text.count("\n", at, tag.start())
            at = tag.end()
            self._tag(tag[2].lower(), bool(tag[1]))
        self._held.append(text[at:])
        self._close()

    def _tag(self, name: str, closing: bool) -> None:
        if self._silent:
            self._silent = None if closing and name == self._silent else self._silent
        elif name in _SILENT and not closing:
            self._silent = name
        elif name == "br":
            self._held.append("\n")
        elif name in ("cite", "time", "p"):
            self._close()
            self._inside = None if closing else name

    def _close(self) -> None:
        raw = html.unescape("".join(self._held))
        text = "\n".join(" ".join(line.split()) for line in raw.split("\n")).strip()
        inside, self._held, self._inside = self._inside, [], None
        if inside == "cite":
            self._speaker = text.rstrip(":").strip() or None
            self._opens = True
        elif inside == "time":
            self._time = parse_clock(text.strip("[]()"))
            self._opens = True
            if self._time is None:
                self._source.notes.add(self._line, "bad-times", f"This is no time: {text[:40]!r}.")
        elif inside == "p" and text:
            text = text.replace("\n", " ")
            self.cues.append(
                Cue(text, self._time, speaker=self._speaker, opens_turn=self._opens or not self.cues)
            )
            self._time, self._opens = None, False
        elif text:
            message = f"These words stand in no paragraph and were left out: {text[:40]!r}."
            line = self._line - raw.lstrip().count("\n")
            self._source.notes.add(line, "not-read", message)
