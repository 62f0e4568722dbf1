# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What comes before the window: what the first page needs and Qt has no part in, and Qt itself. Main thread.

The order saves time. Once PySide6 is there it reads the source of each module that is imported, to see
whether that module uses Qt (`feature_imported` in its support files). What does not use it is imported first.
"""

from __future__ import annotations

import builtins
import concurrent.futures  # noqa: F401
import marshal
import shlex  # noqa: F401
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType
from typing import Any

import earmark.commands.arguments
import earmark.session.opening
import earmark.settings.values
import earmark.store.user
import earmark.weave.insertion  # noqa: F401

_OF_QT = "shibokensupport/"  # how the binding names its own support files
_Codes = dict[tuple[str, int, int], CodeType]


def load_qt(cache: Path) -> None:
    """Import PySide6, if it is there; what it compiles is kept in the folder `cache` for the next start.

    Its support files lie inside its library, where Python cannot keep them compiled: 14 files, and a seventh
    of the time until a bare window is painted.
    """
    with _kept_code(cache / f"qt-{sys.hexversion:x}-{sys.flags.optimize}.code"), suppress(ImportError):
        import PySide6  # noqa: F401 - not above: it is this import that compiles


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
