# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The one pair of Qt and Python that cannot work together.

PySide6 6.12.0 drops a reference to None at every call that returns nothing; below Python 3.12, where None
is counted, the process aborts within minutes ("none_dealloc"). Other versions keep the count.
"""

from __future__ import annotations

import sys

from earmark.base.errors import UserError

BROKEN_PYSIDE = "6.12.0"
FIRST_GOOD_PYTHON = (3, 12)


def is_broken_pair(pyside: str, python: tuple[int, ...]) -> bool:
    """Tell whether a version of PySide6 aborts on a version of Python."""
    return pyside == BROKEN_PYSIDE and tuple(python[:2]) < FIRST_GOOD_PYTHON


def refuse_broken_pair() -> None:
    """Raise UserError with what to install when this process would abort, or has no Qt at all."""
    try:
        import PySide6  # missing where the program was not set up; asking the package index is slower
    except ImportError as error:
        raise UserError("no-qt", "PySide6 is not installed; run `sh packaging/run.sh`.") from error
    pyside = PySide6.__version__
    if is_broken_pair(pyside, sys.version_info[:2]):
        python = ".".join(map(str, sys.version_info[:3]))
        raise UserError(
            "broken-pair",
            f"PySide6 {pyside} crashes on Python {python}: "
            "install PySide6 6.11.3, or use Python 3.12 or later.",
        )
