# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The house's own rules: a pattern, where it holds, and what to do instead."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "earmark"
PYTHON = sorted(
    path
    for folder in (SOURCE, ROOT / "tests", ROOT / "packaging")
    for path in folder.rglob("*.py")
    if ".venv" not in path.parts
)
HEADER = "# SPDX-FileCopyrightText: 2026 The Earmark founders\n# SPDX-License-Identifier: MIT\n"


@dataclass(frozen=True)
class Rule:
    """What may not be written under `where` (a folder or file of the package), and why."""

    pattern: str
    message: str
    where: str = ""
    but: tuple[str, ...] = ()


RULES = (
    Rule(r"\bprocessEvents\(", "Re-enters the event loop: use a task and a signal."),
    Rule(r"\btime\.sleep\(|\bQThread\.m?sleep\(", "Waiting is done by timers and signals."),
    Rule(
        r"RichText|MarkdownText|\bsetHtml\(|\binsertHtml\(",
        "Text is text: captions never meet an HTML engine.",
    ),
    Rule(
        r"\bQText(?:Browser|Edit)\(|\bQLabel\(f?[\"'].*<",
        "Labels are plain: they would read this as HTML.",
    ),
    Rule(r"\bsetOpenExternalLinks\(True", "No link opens without being asked."),
    Rule(
        r"\b(?:QApplication|QGuiApplication|QCoreApplication|qApp)\.instance\(",
        "Pass it in.",
        but=("app", "ui/shell", "cli/doctor.py"),
    ),
    Rule(r"^\s*global\s", "No state in modules."),
    Rule(r"\.connect\(\s*lambda\b.*\bself\b", "Connect a @Slot method: a lambda keeps the widget alive."),
    Rule(
        r"#[0-9a-fA-F]{6}\b|\bQColor\(\s*[\"'\d]",
        "Colours have roles in resources/themes.",
        "ui",
        ("ui/common",),
    ),
    Rule(r"\bsetStyleSheet\(\s*f?[\"']", "The look comes from ui/common."),
    Rule(r"\bQFont\(\s*[\"']", "Fonts come from Look.", "ui", ("ui/common",)),
    Rule(r"\bQKeySequence\(\s*[\"']", "Keys are written in commands/catalogue only.", "ui"),
    Rule(r"\bQSettings\b|\bQSql\w*", "Options live in earmark.settings, data in earmark.store."),
    Rule(r"\bplatformdirs\b", "Ask earmark.base.paths.", but=("base/paths.py",)),
    Rule(r"\bunittest\.mock\b|\bMagicMock\b", "Fakes are written by hand."),
    Rule(r"#\s*(?:type:\s*ignore|noqa)\s*(?:$|[^\[:])", "Say which rule is set aside."),
    Rule(r"\bQTimer\.singleShot\(\s*0\s*,\s*lambda", "Name the method that comes next."),
)
# True of every file in the repository.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w|(?<![\w.])/tmp/\w|[A-Z]:\\\\Users")


def within(path: Path, place: str) -> bool:
    inside = path.relative_to(SOURCE).as_posix()
    return not place or inside == place or inside.startswith(place + "/")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.pattern)
def test_rule(rule: Rule) -> None:
    pattern = re.compile(rule.pattern)
    broken = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted(SOURCE.rglob("*.py"))
        if within(path, rule.where) and not any(within(path, place) for place in rule.but)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not broken, "\n".join([rule.message, *broken])


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(ROOT)))
def test_header_and_docstring(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(HEADER), "two SPDX lines come first"
    body = text.removeprefix(HEADER).lstrip("\n")
    assert "tests" in path.relative_to(ROOT).parts or body.startswith(('"""', 'r"""')), (
        "then the module says what it is"
    )


def test_no_room_is_called_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "misc", "common_code", "tools", "stuff"}
    assert not [path for path in SOURCE.rglob("*") if path.stem in vague]


def test_no_path_of_one_machine() -> None:
    endings = {".py", ".sh", ".md", ".toml", ".txt", ".desktop", ".xml", ".svg", ".script", ""}
    skipped = {"out", "dist", "build"}
    broken = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ROOT.rglob("*")
        if path.is_file() and path.suffix in endings and path != Path(__file__)
        if not any(part in skipped or part[0] == "." for part in path.relative_to(ROOT).parts)
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert not broken, "paths of one machine: " + ", ".join(broken)


def locked(name: str) -> list[Requirement]:
    lines = (ROOT / "packaging" / name).read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def applies(marker: Marker | None, python: str) -> bool:
    return marker is None or marker.evaluate({"python_version": python})


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_lock_pins_what_the_project_needs(python: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needs = [Requirement(text) for text in project["project"]["dependencies"]]
    develop = [Requirement(text) for text in project["dependency-groups"]["dev"]]
    for wanted, names in ((needs, ["requirements.txt"]), (develop, ["requirements-dev.txt"])):
        pins: dict[str, str] = {}
        for requirement in (r for name in names for r in locked(name) if applies(r.marker, python)):
            assert canonical(requirement.name) not in pins, f"{requirement.name} is pinned twice"
            (only,) = requirement.specifier
            assert only.operator == "=="
            pins[canonical(requirement.name)] = only.version
        for requirement in (r for r in wanted if applies(r.marker, python)):
            pinned = pins.get(canonical(requirement.name))
            assert pinned, f"{requirement.name} is not pinned for Python {python}"
            assert requirement.specifier.contains(pinned), f"{requirement.name} {pinned}"


@pytest.mark.parametrize("python", ["3.11", "3.12"])
def test_the_parts_of_qt_are_one_version(python: str) -> None:
    names = {"pyside6-essentials", "pyside6-addons", "shiboken6"}
    versions = {
        str(r.specifier)
        for r in locked("requirements.txt")
        if canonical(r.name) in names and applies(r.marker, python)
    }
    assert len(versions) == 1
    assert python != "3.11" or versions != {"==6.12.0"}, "that pair aborts within minutes"
