# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Says once after the start that sound cannot be played, also with nothing open. Main thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from earmark.base.errors import UserError
from earmark.session.session import Session

WAIT_MS = 400  # loading the sound system takes a tenth of a second: the empty window is usable before


class SoundCheck(QObject):
    """Asks, some time after it was made; a recording that is open by then has told by itself."""

    def __init__(self, session: Session, ask: Callable[[], UserError | None]) -> None:
        super().__init__()
        self._session = session
        self._ask = ask
        QTimer.singleShot(WAIT_MS, self, self._on_due)

    @Slot()
    def _on_due(self) -> None:
        if self._session.media is None and (fault := self._ask()) is not None:
            self._session.problem.emit(fault)
