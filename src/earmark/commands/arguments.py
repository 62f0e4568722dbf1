# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Read what a command is told: from a script's text, or as a value from within. Pure, any thread."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

from earmark.base.errors import UserError
from earmark.commands.catalogue import ArgKind, CommandSpec
from earmark.domain.times import parse_clock

Value = str | int | float | Path

_WANTED = {
    ArgKind.MILLISECONDS: "a time in milliseconds (or like 11:04)",
    ArgKind.RATE: "a speed (like 1.25)",
    ArgKind.TEXT: "a text",
    ArgKind.PATH: "a file",
    ArgKind.INTEGER: "a whole number",
}
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)


def read_argument(spec: CommandSpec, args: Sequence[Value]) -> tuple[Value, ...]:
    """Return the argument of a command as its handler takes it: one value, or none.

    A text may come in several words, as a shell splits it. Raises UserError "bad-argument".
    """
    if spec.arg is None:
        if args:
            raise _refusal(spec, f"“{spec.id}” takes no argument.")
        return ()
    wanted = _WANTED[spec.arg.kind]
    if not args:
        if spec.arg.required:
            raise _refusal(spec, f"“{spec.id}” needs {wanted}.")
        return ()
    if spec.arg.kind is ArgKind.TEXT:
        return (" ".join(str(arg) for arg in args),)
    value = _read(spec.arg.kind, args[0]) if len(args) == 1 else None
    if value is None:
        said = " ".join(str(arg) for arg in args)
        raise _refusal(spec, f"“{spec.id}” needs {wanted}, not “{said}”.")
    return (value,)


def _refusal(spec: CommandSpec, message: str) -> UserError:
    return UserError("bad-argument", message, command=spec.id)


def _read(kind: ArgKind, given: Value) -> Value | None:
    if kind is ArgKind.PATH:
        return Path(given) if isinstance(given, str | Path) and str(given) else None
    text = str(given).strip()
    if kind is ArgKind.RATE:
        return _rate(text)
    if kind is ArgKind.MILLISECONDS and ":" in text:
        return parse_clock(text)
    number = int(text) if _WHOLE.fullmatch(text) else None
    if kind is ArgKind.MILLISECONDS and number is not None and number < 0:
        return None
    return number


def _rate(text: str) -> float | None:
    try:
        rate = float(text.rstrip("x×"))
    except ValueError:
        return None
    return rate if math.isfinite(rate) and rate > 0 else None
