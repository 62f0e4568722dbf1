# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The table of formats: by what a file of each can be known, and the module that reads it.

A reader's module is loaded when a file has its hint: the readers together take a tenth of a second to load,
and a window should open in less. That is why the imports stand inside functions here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from earmark.formats.source import Reader


class Format(NamedTuple):
    """One row: `hint` is a text that the head of every such file holds, `load` gives the reader.

    A hint that is a pattern matches where the head of every such file begins.
    """

    hint: str | re.Pattern[str]
    load: Callable[[], Reader]

    def may_hold(self, head: str) -> bool:
        """Tell whether a file with this head may be of the format."""
        return self.hint in head if isinstance(self.hint, str) else self.hint.match(head) is not None


def readers_for(rows: tuple[Format, ...], head: str) -> Iterator[Reader]:
    """Yield the readers whose hint a file has, in the order of the table."""
    for row in rows:
        if row.may_hold(head):
            yield row.load()


def _webvtt() -> Reader:
    from earmark.formats.captions import webvtt

    return webvtt


def _jsonform() -> Reader:
    from earmark.formats import jsonform

    return jsonform


def _podcastjson() -> Reader:
    from earmark.formats.machine import podcastjson

    return podcastjson


def _whisper() -> Reader:
    from earmark.formats.machine import whisper

    return whisper


def _ttml() -> Reader:
    from earmark.formats.captions import ttml

    return ttml


def _podcasthtml() -> Reader:
    from earmark.formats.machine import podcasthtml

    return podcasthtml


def _ass() -> Reader:
    from earmark.formats.captions import ass

    return ass


def _srt() -> Reader:
    from earmark.formats.captions import srt

    return srt


def _sbv() -> Reader:
    from earmark.formats.captions import sbv

    return sbv


def _whispertsv() -> Reader:
    from earmark.formats.machine import whispertsv

    return whispertsv


def _markdown() -> Reader:
    from earmark.formats.texts import markdown

    return markdown


def _otter() -> Reader:
    from earmark.formats.texts import otter

    return otter


def _rev() -> Reader:
    from earmark.formats.texts import rev

    return rev


def _lrc() -> Reader:
    from earmark.formats.captions import lrc

    return lrc


def _stamped() -> Reader:
    from earmark.formats.texts import stamped

    return stamped


def _plain() -> Reader:
    from earmark.formats.texts import plain

    return plain


# Forms a program can tell for sure, then forms people type; the last takes anything with words in it.
FORMATS = (
    Format("WEBVTT", _webvtt),
    Format("{", _jsonform),
    Format('"segments"', _podcastjson),
    Format("{", _whisper),
    Format("<", _ttml),
    Format("<", _podcasthtml),
    Format("[", _ass),
    Format("-->", _srt),
    Format(re.compile(r"\s*[0-9:.]+,[0-9]"), _sbv),
    Format("\t", _whispertsv),
)
PROSE_FORMATS = (
    Format(re.compile(r"(?s).*?(?:\*\*|\\\[)"), _markdown),
    Format(re.compile(r"(?s).*?[ \t\u00a0][0-9]{1,3}(?::[0-9]{2}){1,2}[ \t]*(?:[\r\n]|\Z)"), _otter),
    Format(re.compile(r"(?s).*?[(\[][0-9]"), _rev),
    Format("[", _lrc),
    Format("", _stamped),
    Format("", _plain),
)
