# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`earmark do COMMAND [ARG …]`: reach the window that runs."""

from __future__ import annotations

import sys

from earmark.base.paths import Profile
from earmark.desktop.instance import send_wish


def run(profile: Profile, command: str, args: list[str]) -> int:
    """Send the command; return 0 when it is carried out, 1 without a window or when refused."""
    answer = send_wish(profile.data, {"do": [command, *args]})
    if answer is None:
        print("earmark: no window runs with this profile.", file=sys.stderr)
        return 1
    if not answer.get("ok"):
        print(f"earmark: {answer.get('error', 'the window refused.')}", file=sys.stderr)
        return 1
    return 0
