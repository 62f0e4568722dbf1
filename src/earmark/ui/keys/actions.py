# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Menus, tooltips and layer A keys, made from the catalogue and the keymap. For the window; GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from earmark.commands.catalogue import CommandSpec, Group
from earmark.commands.registry import Registry

if TYPE_CHECKING:  # it comes after the first paint
    from earmark.commands.keymap import Keymap

MENUS = tuple(dict.fromkeys(group.menu for group in Group))


class CommandActions(QObject):
    """One QAction for each command that a menu can offer.

    Layer A keys are the actions' shortcuts. Layer B keys are only written beside the title: who gets them
    is for the KeyRouter to say, since a shortcut would take them from text inputs and buttons.

    An action is greyed only while its menu is open. Otherwise it stays enabled: what is possible changes
    too often to keep 60 actions up to date, and a disabled action's key would be dead without a word,
    while the registry says why not.
    """

    def __init__(self, registry: Registry, window: QWidget) -> None:
        super().__init__(window)
        self._registry = registry
        self._specs = {spec.id: spec for spec in registry.specs() if spec.in_menu or spec.keys}
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._window = window
        self._by_id: dict[str, QAction] = {}
        self._group.triggered.connect(self._on_triggered)
        self._menus: list[tuple[QMenu, list[CommandSpec]]] = []

    def action(self, command: str) -> QAction:
        """Return the action of a command; KeyError for one that no menu can offer."""
        if command not in self._by_id:
            self._by_id[command] = self._made(self._specs[command])
        return self._by_id[command]

    def name_menus(self, bar: QMenuBar) -> None:
        """Put the menus into a menu bar, empty as yet; one without commands is left out."""
        for name in MENUS:
            specs = [spec for spec in self._specs.values() if spec.group.menu == name and spec.in_menu]
            if specs:
                menu = bar.addMenu(f"&{name}")
                menu.setToolTipsVisible(False)
                self._menus.append((menu, specs))

    def fill(self, keymap: Keymap) -> None:
        """Fill the menus and put the keys in force, when the commands have their handlers."""
        self._window.addActions([self.action(command) for command in self._specs])
        for menu, specs in self._menus:
            self._fill_menu(menu, specs)
        self._registry.ran.connect(self.refresh)
        self.set_keymap(keymap)
        self.refresh()

    def set_keymap(self, keymap: Keymap) -> None:
        """Put other keys in force."""
        from PySide6.QtGui import QKeySequence  # brings many names that the first page does not need

        self._keymap = keymap
        for spec in self._specs.values():
            action, key = self._by_id[spec.id], keymap.handiest(spec.id)
            action.setShortcuts([QKeySequence(name) for name in keymap.keys(spec.id)])
            # The part after the tab is what a menu shows at the right instead of the first shortcut.
            action.setText(f"{spec.title}\t{key}" if key else spec.title)
            action.setToolTip(self.tooltip(spec.id))

    def tooltip(self, command: str) -> str:
        """Return what hovering says: `Play from the line again (R)`, and the note if there is one."""
        spec = next(spec for spec in self._registry.specs() if spec.id == command)
        title, key = spec.title.removesuffix("…"), self._keymap.handiest(command)
        first = f"{title} ({key})" if key else title
        return f"{first}\n{spec.note}" if spec.note else first

    @Slot()
    def refresh(self) -> None:
        """Show anew what is switched on; for changes that no command made."""
        for command, action in self._by_id.items():
            if self._registry.checkable(command):
                action.setCheckable(True)
                action.setChecked(self._registry.checked(command))

    def _made(self, spec: CommandSpec) -> QAction:
        action = QAction(spec.title, self._group)
        action.setData(spec.id)
        action.setObjectName(spec.id)
        action.setIconText(spec.short or spec.title.removesuffix("…"))
        action.setAutoRepeat(spec.repeats)
        if spec.id == "app.quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        elif spec.id == "help.about":
            action.setMenuRole(QAction.MenuRole.AboutRole)
        else:
            action.setMenuRole(QAction.MenuRole.NoRole)
        return action

    def _fill_menu(self, menu: QMenu, specs: list[CommandSpec]) -> None:
        group = specs[0].group
        for spec in specs:
            if spec.group is not group:
                menu.addSeparator()
                group = spec.group
            menu.addAction(self._by_id[spec.id])
        menu.aboutToShow.connect(self._on_menu_shown)
        menu.aboutToHide.connect(self._on_menu_hidden)

    @Slot()
    def _on_menu_shown(self) -> None:
        self.refresh()
        for command, action in self._by_id.items():
            action.setEnabled(self._registry.can_run(command))

    @Slot()
    def _on_menu_hidden(self) -> None:
        for action in self._by_id.values():
            action.setEnabled(True)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._registry.attempt(action.data())
        self.refresh()  # a refused command leaves a checkable action as Qt switched it
