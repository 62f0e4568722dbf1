# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What became of a request to open, for whoever waits for it (a script). Main thread."""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import QObject, Slot

from earmark.base.errors import UserError
from earmark.session.session import Session


class Outcome(QObject):
    """Listens to the session until a request to open is settled; `future` fails with the first problem."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.future: Future[None] = Future()
        self._problem: UserError | None = None
        session.problem.connect(self._on_problem)
        session.settled.connect(self._on_settled)

    @Slot(object)
    def _on_problem(self, problem: UserError) -> None:
        self._problem = self._problem or problem

    @Slot()
    def _on_settled(self) -> None:
        if self._problem is None:
            self.future.set_result(None)
        else:
            self.future.set_exception(self._problem)
        self.deleteLater()
