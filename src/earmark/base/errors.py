# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Two kinds of failure: one the listener can do something about, and one that is ours."""

from __future__ import annotations

from typing import Any


class UserError(Exception):
    """Something in the listener's files or machine stands in the way; shown as one sentence.

    `code` names the case for tests and callers, `message` is the whole plain sentence, `data` what it
    is about. The sentence is written where the facts are, so window and command line say the same.
    """

    def __init__(self, code: str, message: str, **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


class BugError(Exception):
    """Something that must not happen did: reported with a trace, never swallowed."""


def expected(error: Exception) -> UserError:
    """Return an error as what the listener is told; raise it on where it is a bug."""
    if not isinstance(error, UserError):
        raise error
    return error
