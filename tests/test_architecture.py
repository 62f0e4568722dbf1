# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The floors of the house, by `ast` alone: runs wherever pytest runs, beside import-linter.

Says besides what linters cannot: which part of Qt may be met where, and that no attribute hides a method of
the Qt class it is set on.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "earmark"
CONTRACTS = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]


def ranks(container: str) -> dict[str, int]:
    """Return the floor of each room, the lowest first, as the contract of import-linter lists them."""
    (layers,) = [c["layers"] for c in CONTRACTS if c.get("containers") == [container]]
    return {room.strip(): floor for floor, rooms in enumerate(reversed(layers)) for room in rooms.split("|")}


RANK = ranks("earmark")
UI_RANK = ranks("earmark.ui")
# Where each part of Qt may be imported, as starts of module names.
QT = {
    "PySide6.QtWidgets": ("earmark.ui", "earmark.app"),
    "PySide6.QtGui": ("earmark.ui", "earmark.app", "earmark.commands.keymap", "earmark.desktop"),
    "PySide6.QtMultimedia": ("earmark.playback.qtplayer", "earmark.playback.availability"),
    "PySide6.QtMultimediaWidgets": ("earmark.ui.player",),
    "PySide6.QtNetwork": ("earmark.desktop",),
    "PySide6.QtDBus": ("earmark.desktop",),
}
QT_FREE = ("base", "domain", "formats", "weave", "store", "settings")
MAX_LINES, MAX_METHODS = 500, 25
MAX_MODULES = 14  # a room with more is two rooms

FILES = sorted(SOURCE.rglob("*.py"))
parametrised = pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))


def module_name(path: Path) -> str:
    parts = ("earmark", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, full name) of everything a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: relative import"
            assert node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def rank(name: str) -> tuple[int, int] | None:
    """Return the floor of a module of ours, and inside `ui` its storey."""
    parts = name.split(".")
    if parts[0] != "earmark" or len(parts) < 2 or parts[1] not in RANK:
        return None
    storey = UI_RANK.get(parts[2], -1) if parts[1] == "ui" and len(parts) > 2 else 0
    return RANK[parts[1]], storey


def room(name: str) -> tuple[str, ...]:
    parts = name.split(".")
    return tuple(parts[1:3] if parts[1:2] == ["ui"] else parts[1:2])


@parametrised
def test_imports_point_down(path: Path) -> None:
    here = module_name(path)
    mine = rank(here)
    for line, target in imports(path):
        theirs = rank(target)
        if mine is None or theirs is None or room(target) == room(here):
            continue
        assert theirs < mine, f"{path.name}:{line}: {here} must not know {target}"


def test_every_room_has_its_floor() -> None:
    rooms = {p.name for p in SOURCE.iterdir() if p.is_dir() and p.name not in {"__pycache__", "resources"}}
    assert rooms <= set(RANK)
    ui = {p.name for p in (SOURCE / "ui").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert ui <= set(UI_RANK)


@parametrised
def test_qt_is_met_only_where_it_may_be(path: Path) -> None:
    here = module_name(path)
    for line, target in imports(path):
        if not target.startswith(("PySide6", "shiboken6")):
            continue
        assert here.split(".")[1] not in QT_FREE, f"{path.name}:{line}: no Qt in {here}"
        assert here != "earmark.commands.catalogue", f"{path.name}:{line}: the catalogue is data"
        part = ".".join(target.split(".")[:2])
        assert part not in QT or here.startswith(QT[part]), f"{path.name}:{line}: {part} in {here}"


@parametrised
def test_files_and_classes_are_small(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= MAX_LINES, f"{path.name} has {lines} lines"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            methods = [n for n in node.body if isinstance(n, ast.FunctionDef) and _counts(n)]
            assert len(methods) <= MAX_METHODS, f"{path.name}: {node.name} has {len(methods)} methods"


def _declared(node: ast.FunctionDef) -> bool:
    """Tell whether a method only says what others do: a docstring and NotImplementedError."""
    return isinstance(node.body[-1], ast.Raise) and "NotImplementedError" in ast.dump(node.body[-1])


PROMISED = frozenset(
    node.name
    for path in FILES
    for node in ast.walk(tree(path))
    if isinstance(node, ast.FunctionDef) and _declared(node)
)


def _counts(node: ast.FunctionDef) -> bool:
    """Tell whether a method is one we chose: no property, nothing Qt or an interface asks for."""
    decorated = {
        d.attr if isinstance(d, ast.Attribute) else getattr(d, "id", "") for d in node.decorator_list
    }
    override = re.fullmatch(r"[a-z]+([A-Z]\w*)+", node.name)
    return not (node.name in PROMISED or override or decorated & {"property", "setter"})


@pytest.mark.parametrize("folder", sorted({p.parent for p in FILES}), ids=lambda p: p.name)
def test_a_room_with_too_many_modules_is_two_rooms(folder: Path) -> None:
    modules = [p for p in folder.glob("*.py") if p.name != "__init__.py"]
    assert len(modules) <= MAX_MODULES, f"{folder.name} has {len(modules)} modules"


@parametrised
def test_signals_are_told_in_the_docstring(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.ClassDef):
            continue
        signals = [
            target.id
            for item in node.body
            if isinstance(item, ast.Assign) and _calls(item.value, "Signal")
            for target in item.targets
            if isinstance(target, ast.Name) and not target.id.startswith("_")
        ]
        told = ast.get_docstring(node) or ""
        missing = [name for name in signals if name not in told]
        assert not missing, f"{path.name}: {node.name} does not say when {', '.join(missing)} is emitted"


def _calls(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


QOBJECT_METHODS = frozenset(
    "blockSignals children connect disconnect dynamicPropertyNames event eventFilter findChild findChildren"
    " inherits isWidgetType killTimer metaObject moveToThread objectName parent property sender setParent"
    " signalsBlocked startTimer thread tr".split()
)
QWIDGET_METHODS = QOBJECT_METHODS | set(
    "actions cursor depth devicePixelRatio find focusWidget font fontMetrics geometry hasFocus height hide"
    " icon keyboardGrabber layout locale mask menu metric minimumSize model movie move palette pixmap pos"
    " rect repaint resize screen scroll show size sizeHint style text title toolTip update viewport"
    " visibleRegion width window windowTitle x y".split()
)


@parametrised
def test_no_attribute_hides_a_method_of_qt(path: Path) -> None:
    """A widget with `self.actions = …` loses QWidget.actions() without a word."""
    for node in ast.walk(tree(path)):
        taken = _methods_of_bases(node) if isinstance(node, ast.ClassDef) else None
        if not taken:
            continue
        for inner in ast.walk(node):
            targets = inner.targets if isinstance(inner, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and _is_self(target.value):
                    assert target.attr not in taken, f"{path.name}:{target.lineno}: self.{target.attr}"


def _methods_of_bases(node: ast.ClassDef) -> frozenset[str] | None:
    names = {base.id for base in node.bases if isinstance(base, ast.Name)}
    if "QObject" in names:
        return QOBJECT_METHODS
    return QWIDGET_METHODS if any(re.match(r"Q[A-Z]", name) for name in names) else None


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"
