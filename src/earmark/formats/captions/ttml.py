# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""TTML, DFXP, IMSC: paragraphs with times of four kinds, agents as speakers, timed spans as words.

Apple's podcast transcripts are not quite TTML: seconds without a unit (`3.5`, `1:02.345`), times inside a
paragraph counted from the start of the recording, agents nobody declares, no blanks between word spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import defusedxml.ElementTree as ElementTree
from defusedxml.common import DefusedXmlException

from earmark.domain.transcript import Cue, Transcript
from earmark.formats.captions.cuetext import CueText
from earmark.formats.captions.cuewords import timed_words
from earmark.formats.source import Source

_MAX_DEPTH = 60
_XML = "{http://www.w3.org/XML/1998/namespace}"
_SNIFF = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?tt[\s>/]")
_CLOCK = re.compile(r"([0-9]{1,5}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9})|:([0-9]{1,4})(?:\.[0-9]{1,4})?)?\Z")
_OFFSET = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(h|ms|m|s|f|t)\Z")
_BARE = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,7}(?:\.[0-9]{1,9})?)\Z")
_UNIT_MS = {"h": 3_600_000.0, "m": 60_000.0, "s": 1000.0, "ms": 1.0}
_BLANKS = re.compile(r"[ \t\r\n]+")


def sniff(head: str) -> bool:
    """Tell XML whose root is `tt`."""
    return head.lstrip()[:1] == "<" and _SNIFF.search(head[:8192]) is not None


def read(source: Source) -> Transcript:
    """Return the paragraphs in document order; a paragraph without times stays without."""
    try:
        root = ElementTree.fromstring(source.text, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise source.refused("bad-xml", "is broken or unsafe XML.") from error
    walk = _Walk(source, root)
    walk.element(root, _Span(0, None, False, None), 0)
    title = next((_flat(e) for e in root.iter() if _name(e) == "title"), None)
    return Transcript("ttml", tuple(walk.cues), language=root.get(f"{_XML}lang") or None, title=title)


@dataclass(frozen=True, slots=True)
class _Span:
    """What an element hands down: where its time starts and ends, whether it is timed, who speaks."""

    start_ms: int
    end_ms: int | None
    timed: bool
    agent: str | None


class _Walk:
    def __init__(self, source: Source, root: Any) -> None:
        self.cues: list[Cue] = []
        self._source = source
        frames = _number(_attribute(root, "frameRate"), 30.0)
        top, _, bottom = (_attribute(root, "frameRateMultiplier") or "1 1").partition(" ")
        self._frame_ms = 1000.0 / (frames * _number(top, 1.0) / _number(bottom, 1.0))
        self._tick_ms = 1000.0 / _number(_attribute(root, "tickRate"), frames)
        self._agents = self._names(root)
        self._bare = False
        self._absolute = not source.strict and self._is_absolute(root)

    def element(self, element: Any, held: _Span, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise self._source.refused("bad-xml", "is nested too deep for a transcript.")
        here = self._span(element, held)
        if _name(element) == "p":
            self._paragraph(element, here)
            return
        for child in element:
            self.element(child, here, depth + 1)

    def _paragraph(self, element: Any, span: _Span) -> None:
        words = _Collected()
        self._collect(element, span, words, element.get(f"{_XML}space") == "preserve", 0)
        text = words.text.rstrip(" ")
        agent = ", ".join(filter(None, (self._agents.get(key, key) for key in (span.agent or "").split())))
        self._source.check_count(len(self.cues))
        if words.times and not any(_attribute(element, name) for name in ("begin", "end", "dur")):
            ends = [words.times[-1][1], *words.ends]
            span = _Span(words.times[0][1], max(ends) if words.ends else span.end_ms, True, span.agent)
        elif not span.timed:
            self.cues.append(Cue(text, speaker=agent or None))
            return
        start, end = span.start_ms, span.end_ms
        given = timed_words(CueText(text, (), tuple(words.times)), start, end or start)
        self.cues.append(Cue(text, start, end, agent or None, element.get(f"{_XML}id") or "", given))

    def _collect(self, element: Any, span: _Span, out: _Collected, preserve: bool, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise self._source.refused("bad-xml", "is nested too deep for a transcript.")
        out.add(element.text or "", preserve)
        for child in element:
            name = _name(child)
            if name == "br":
                out.line_break()
            elif name == "span":
                here = self._span(child, span)
                if _attribute(child, "unit") is not None:  # Apple's: a word or a sentence
                    out.add(" ", False)
                if _attribute(child, "begin") is not None:
                    out.stamp(here.start_ms, here.end_ms)
                kept = child.get(f"{_XML}space")
                self._collect(child, here, out, kept == "preserve" if kept else preserve, depth + 1)
            out.add(child.tail or "", preserve)

    def _span(self, element: Any, held: _Span) -> _Span:
        begin, end = self._ms(_attribute(element, "begin")), self._ms(_attribute(element, "end"))
        dur = self._ms(_attribute(element, "dur"))
        agent = _attribute(element, "agent") or held.agent
        if begin is None and end is None and dur is None:
            return _Span(held.start_ms, held.end_ms, held.timed, agent)
        origin = 0 if self._absolute else held.start_ms
        start = held.start_ms if begin is None else origin + begin
        stops = [origin + end] if end is not None else []
        stops += [start + dur] if dur is not None else []
        stops += [held.end_ms] if held.end_ms is not None else []
        return _Span(start, min(stops) if stops else None, True, agent)

    def _ms(self, text: str | None) -> int | None:
        if text is None:
            return None
        ms, notes = self._value(text.strip()), self._source.notes
        if ms is None:
            notes.add(0, "bad-times", f"A time cannot be read and was passed over: {text[:40]!r}.")
        elif not self._bare and _BARE.match(text.strip()):
            self._bare = True
            notes.add(0, "bare-times", "Times without a unit were read as seconds.")
        return ms

    def _value(self, text: str) -> int | None:
        if match := _CLOCK.match(text):
            whole = (int(match[1]) * 60 + int(match[2])) * 60 + int(match[3])
            part = float(f"0.{match[4]}") * 1000 if match[4] else int(match[5] or 0) * self._frame_ms
            return round(whole * 1000 + part)
        if match := _OFFSET.match(text):
            unit = _UNIT_MS.get(match[2]) or (self._frame_ms if match[2] == "f" else self._tick_ms)
            return round(float(match[1]) * unit)
        if match := _BARE.match(text):
            return round((int(match[1] or 0) * 60 + float(match[2])) * 1000)
        return None

    def _is_absolute(self, root: Any) -> bool:
        """Tell whether times inside a timed element count from the start: read as offsets they do not fit."""
        if any(_attribute(element, "unit") for element in root.iter()):
            return True  # Apple's
        from_start = as_offsets = 0
        for parent in root.iter():
            low, high = (self._value(_attribute(parent, name) or "") for name in ("begin", "end"))
            if not low or high is None:
                continue
            for child in parent:
                begin = self._value(_attribute(child, "begin") or "")
                if begin is not None:
                    from_start += low <= begin <= high < low + begin
                    as_offsets += begin < low
        if from_start > as_offsets:
            message = "Times inside paragraphs were read as counted from the start of the recording."
            self._source.notes.add(0, "absolute-times", message)
        return from_start > as_offsets

    @staticmethod
    def _names(root: Any) -> dict[str, str]:
        agents = [element for element in root.iter() if _name(element) == "agent"]
        names: dict[str, str] = {}
        for agent in agents:
            key = agent.get(f"{_XML}id") or ""
            named = next((_flat(child) for child in agent if _name(child) == "name"), None)
            names[key] = named or (key if len(agents) > 1 else "")
        return names


class _Collected:
    """The words of a paragraph as they come, blanks folded as XML says."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._last = "\n"
        self.times: list[tuple[int, int]] = []
        self.ends: list[int] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, piece: str, preserve: bool) -> None:
        if not preserve:
            piece = _BLANKS.sub(" ", piece)
            if self._last in " \n":
                piece = piece.lstrip(" ")
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)
            self._last = piece[-1]

    def line_break(self) -> None:
        if self._last == " ":
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
        self._pieces.append("\n")
        self._length += 1
        self._last = "\n"

    def stamp(self, ms: int, end_ms: int | None) -> None:
        self.times.append((self._length, ms))
        if end_ms is not None:
            self.ends.append(end_ms)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str | None:
    """Return an attribute whatever its namespace: `begin` has none, `ttp:frameRate` one of three."""
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _flat(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None


def _number(text: str | None, otherwise: float) -> float:
    return (
        float(text)
        if text and re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text) and float(text)
        else otherwise
    )
