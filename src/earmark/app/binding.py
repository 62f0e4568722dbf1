# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Loads Qt's binding, PySide6, without what it does anew at every start. Main thread, before any other of Qt.

Two of its habits cost a fifth of the time until the first page is painted:

- Its support files lie as source inside its library, where Python has no place to keep them compiled. They
  are compiled once and kept in the cache.
- It puts an `__import__` of its own in Python's place, which reads the source of every module imported, to
  find out which could ask for Qt's names in snake_case (`feature_imported` in its support files). None of
  ours do, so Python's own comes back.
"""

from __future__ import annotations

import builtins
import marshal
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType
from typing import Any

_OF_QT = "shibokensupport/"  # how the binding names its own support files
_Codes = dict[tuple[str, int, int], CodeType]


def load_qt(cache: Path) -> None:
    """Import PySide6, if it is there; what it compiles is kept in the folder `cache` for the next start."""
    genuine = builtins.__import__
    with _kept_code(cache / f"qt-{sys.hexversion:x}-{sys.flags.optimize}.code"), suppress(ImportError):
        import PySide6  # noqa: F401 - not above: it is this import that compiles
    builtins.__import__ = genuine


@contextmanager
def _kept_code(path: Path) -> Iterator[None]:
    genuine, kept = builtins.compile, _read(path)
    known = len(kept)

    # The flags of `from __future__` go over from here to what is compiled, as they would from the binding.
    def compile_once(source: Any, filename: Any, mode: str, *rest: Any, **named: Any) -> Any:
        plain = mode == "exec" and isinstance(source, bytes) and not rest and not named
        if not plain or not str(filename).startswith(_OF_QT):
            return genuine(source, filename, mode, *rest, **named)
        key = str(filename), len(source), zlib.crc32(source)
        if key not in kept:
            kept[key] = genuine(source, filename, mode)
        return kept[key]

    builtins.compile = compile_once
    try:
        yield
    finally:
        builtins.compile = genuine
    if len(kept) > known:
        _write(path, kept)


def _read(path: Path) -> _Codes:
    """Return what was kept; nothing where it is not there or not whole."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
        return {}
    codes: _Codes = marshal.loads(data[4:])
    return codes


def _write(path: Path, codes: _Codes) -> None:
    data = marshal.dumps(codes)
    beside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(zlib.crc32(data).to_bytes(4, "big") + data)
        beside.replace(path)
    except OSError:
        return  # a cache: the next start compiles again
