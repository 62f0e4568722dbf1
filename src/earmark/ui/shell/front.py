# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is seen first: the window with its page, head and transport bar. GUI thread.

Everything else (panes, menus' contents, keys, find bar, dialogs) comes after the first paint, in `assembly`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from earmark.base.errors import UserError
from earmark.commands.registry import Registry
from earmark.session.steering.parts import SessionParts
from earmark.settings.values import Values
from earmark.ui.common.theme import Look
from earmark.ui.frame.header import Header
from earmark.ui.frame.views import Views
from earmark.ui.frame.window import MainWindow
from earmark.ui.keys.actions import CommandActions
from earmark.ui.page.view import PageView
from earmark.ui.player.controls import TransportBar
from earmark.ui.shell.page_binder import PageBinder
from earmark.ui.shell.transport_binder import TransportBinder


class Front(QObject):
    """The window as it first appears."""

    def __init__(
        self,
        application: QApplication,
        look: Look,
        values: Values,
        registry: Registry,
        parts: SessionParts,
    ) -> None:
        super().__init__()
        session = self._session = parts.session
        self.window = MainWindow(look)
        # First to hear of another look: a new style sheet takes away the fonts widgets gave themselves.
        self.views = Views(application, look, values, self.window)
        self.page = PageView(look)
        self.header = Header(look)
        self.actions = CommandActions(registry, self.window)
        self.actions.name_menus(self.window.menuBar())
        self.transport = TransportBar(look, self.actions.action, ("bookmark.capture",))
        self.window.place(self.header, self.page, self.transport)
        self.page_binder = PageBinder(self.page, self.window.pill, self.header, parts, values)
        self._transport_binder = TransportBinder(self.transport, parts)
        session.problem.connect(self._on_problem)
        session.opened.connect(self._on_opened)
        session.described.connect(self._on_described)
        parts.player.failed.connect(self._on_problem)
        self.views.restore()

    @Slot(object)
    def _on_problem(self, error: UserError) -> None:
        self.window.toast.show_text(error.message)
        self.window.announce(error.message)

    @Slot()
    def _on_opened(self) -> None:
        self.window.show_page(self._session.something_open)
        self._on_described()
        if self._session.something_open:
            self.page.setFocus()

    @Slot()
    def _on_described(self) -> None:
        title = self._session.title
        self.window.setWindowTitle(f"{title} — Earmark" if title else "Earmark")
