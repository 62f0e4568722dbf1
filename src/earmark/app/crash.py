# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What happens when something must not have happened: a trace in a file, and the program goes on.

Nothing is sent anywhere.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from contextlib import suppress
from types import TracebackType
from typing import TextIO

from earmark.base.paths import Profile

_log = logging.getLogger("earmark.app")


class CrashHooks:
    """Writes uncaught exceptions and crashes of the interpreter to `crash.log` in the profile.

    Where nothing can be written they are told on stderr alone.
    """

    def __init__(self, profile: Profile) -> None:
        self._path = profile.data / "crash.log"
        self._file: TextIO | None = None
        with suppress(OSError):
            self._file = self._path.open("a", encoding="utf-8")
        faulthandler.enable(self._file or sys.stderr)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def close(self) -> None:
        """Give the hooks back."""
        faulthandler.disable()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._file is not None:
            with suppress(OSError):  # a full disk
                self._file.close()
                if self._path.stat().st_size == 0:
                    self._path.unlink()

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        if self._file is not None:
            with suppress(OSError):  # a full disk
                self._file.write(text + "\n")
                self._file.flush()
        _log.error("%s", text)

    def _on_thread_exception(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            self._on_exception(failed.exc_type, failed.exc_value, failed.exc_traceback)
