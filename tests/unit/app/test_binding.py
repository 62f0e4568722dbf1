# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Qt's binding is loaded without what it does anew at every start."""

import subprocess
import sys

import pytest

LOAD = """
import builtins, sys
from pathlib import Path
import earmark.app.main
from earmark.app.binding import load_qt
assert "PySide6" not in sys.modules, "something on the way to the first page loads Qt its own way"
genuine, compiled = builtins.compile, []
def counted(source, filename, *rest, **named):
    compiled.append(str(filename))
    return genuine(source, filename, *rest, **named)
builtins.compile = counted
load_qt(Path(sys.argv[1]))
assert builtins.compile is counted
from PySide6.QtCore import QObject, Qt
import linecache
import earmark.ui.keys.actions
assert earmark.ui.keys.actions.__file__ not in linecache.cache, "the source of a module was read"
QObject().setObjectName("works")
print(sum(name.startswith("shibokensupport/") for name in compiled))
"""


def compiled_by(cache):
    run = subprocess.run(
        [sys.executable, "-c", LOAD, str(cache)], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    return int(run.stdout)


def test_what_the_binding_compiles_is_compiled_once(tmp_path):
    cache = tmp_path / "cache"
    first = compiled_by(cache)
    if first == 0:
        pytest.skip("this binding keeps its support files compiled")
    assert compiled_by(cache) == 0
    (kept,) = cache.iterdir()
    data = kept.read_bytes()
    kept.write_bytes(data[:-3])
    assert compiled_by(cache) == first  # what is not whole is not trusted
    assert kept.read_bytes() == data


def test_a_folder_that_takes_nothing_only_costs_time(tmp_path):
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("no folder")
    compiled_by(in_the_way)
    assert in_the_way.read_text() == "no folder"


LATER = {
    "rapidfuzz",
    "earmark.weave",
    "earmark.desktop",
    "earmark.cli",
    "PySide6.QtMultimedia",
    "PySide6.QtNetwork",
}
FIRST_PAGE = "import sys, earmark.app.program; print(*sys.modules)"


def test_what_the_first_page_does_not_need_comes_after_it():
    run = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE], capture_output=True, text=True, timeout=120, check=True
    )
    assert LATER.isdisjoint(run.stdout.split())
