# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Cue text of WebVTT: payload in; plain text, voices and inline times out.

webvtt-py keeps entities, forgets all but the first voice and has no model of inline times, so the payload
(its `raw_text`) is read here, after the tokenizer of the specification (§6.4): a tag ends at the next
`>` or at the end of the text, and only six character references are known.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"<([^>]*)(?:>|\Z)|&(amp|lt|gt|nbsp|lrm|rlm);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "nbsp": "\u00a0", "lrm": "\u200e", "rlm": "\u200f"}
_REFERENCE = re.compile(r"&(amp|lt|gt|nbsp|lrm|rlm);")
_VOICE = re.compile(r"v(?:\.[^\s.]*)*[ \t\n\f]+(.*)", re.DOTALL)
_TIME = re.compile(r"(?:([0-9]{1,9}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")


class CueText(NamedTuple):
    """The plain text, and at which of its offsets a voice or a written time begins."""

    text: str
    voices: tuple[tuple[int, str], ...]
    times: tuple[tuple[int, int], ...]


def read_cue_text(raw: str) -> CueText:
    """Return what a payload says; never fails, time is linear in its length."""
    if "<" not in raw and "&" not in raw:
        return CueText(raw, (), ())
    out: list[str] = []
    voices: list[tuple[int, str]] = []
    times: list[tuple[int, int]] = []
    length = at = 0
    for token in _TOKEN.finditer(raw):
        plain = raw[at : token.start()]
        if token[2]:
            plain += _CHARACTERS[token[2]]
        out.append(plain)
        length += len(plain)
        at = token.end()
        if token[1] is not None:
            _take_tag(token[1], length, voices, times)
    out.append(raw[at:])
    return CueText("".join(out), tuple(voices), tuple(times))


def _take_tag(tag: str, offset: int, voices: list[tuple[int, str]], times: list[tuple[int, int]]) -> None:
    if tag[:1] == "v":
        voice = _VOICE.fullmatch(tag)
        name = " ".join(_REFERENCE.sub(_character, voice[1]).split()) if voice else ""
        if name:
            voices.append((offset, name))
    elif time := _TIME.fullmatch(tag):
        hour, minute, second, milli = (int(part or 0) for part in time.groups())
        times.append((offset, ((hour * 60 + minute) * 60 + second) * 1000 + milli))


def _character(match: re.Match[str]) -> str:
    return _CHARACTERS[match[1]]
