# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The context menus of the library pane; each entry's data says what is wished for. GUI thread."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from earmark.settings.options import LIBRARY_SORT


def entry_menu(parent: QWidget, missing: bool, count: int) -> QMenu:
    """Return the menu of a recording: open, play, show, relocate, remove."""
    menu = QMenu(parent)
    for wish, text, possible in (
        ("open", "Open", not missing),
        ("play", "Play", not missing),
        ("show", "Show in its folder", not missing),
        ("relocate", "Relocate…", True),
    ):
        _add(menu, wish, text).setEnabled(possible)
    menu.addSeparator()
    _add(menu, "remove", "Remove from the library" if count < 2 else f"Remove {count} from the library")
    return menu


def pane_menu(parent: QWidget, order: str) -> QMenu:
    """Return the menu of the pane itself: add, rescan, sort."""
    menu = QMenu(parent)
    _add(menu, "add", "Add a folder…")
    _add(menu, "rescan", "Rescan")
    menu.addSeparator()
    for value, name in LIBRARY_SORT.choices:
        action = _add(menu, f"sort:{value}", name)
        action.setCheckable(True)
        action.setChecked(value == order)
    return menu


def _add(menu: QMenu, wish: str, text: str) -> QAction:
    action = menu.addAction(text)
    action.setData(wish)
    return action
