# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Where things are kept; the only importer of platformdirs."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import earmark
from earmark.base.errors import UserError


class Profile(NamedTuple):
    """The folders of one listener: `data` is precious, `cache` can be made again."""

    data: Path
    cache: Path

    @classmethod
    def default(cls) -> Profile:
        """Return the folders this system keeps such things in."""
        import platformdirs  # not needed where a profile is named

        return cls(
            Path(platformdirs.user_data_dir("earmark", appauthor=False)),
            Path(platformdirs.user_cache_dir("earmark", appauthor=False)),
        )

    @classmethod
    def at(cls, folder: Path) -> Profile:
        """Return a profile that lives whole in one folder (`--profile DIR`)."""
        return cls(folder.absolute(), folder.absolute() / "cache")

    def make(self) -> None:
        """Create the folders, readable by their owner only; raises UserError where data cannot be kept.

        The cache may be missing in a profile that can only be read.
        """
        try:
            _make(self.data)
        except (FileExistsError, NotADirectoryError) as error:
            message = f"{self.data} is a file, not a folder to keep your data in."
            if not self.data.exists():
                message = f"{self.data} lies in a file, not in a folder."
            raise UserError("profile-unusable", message, path=self.data) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            message = f"The folder {self.data} for your data cannot be made: {reason}."
            raise UserError("profile-unusable", message, path=self.data) from error
        with suppress(OSError):
            _make(self.cache)


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def resource(*parts: str) -> Path:
    """Return a shipped file: inside the installed package, else in the source tree beside `src`."""
    package = Path(earmark.__file__).parent
    inside = package.joinpath("resources", *parts)
    if inside.exists():
        return inside
    return package.parent.parent.joinpath("resources", *parts)


def sample() -> Path:
    """Return the recording that ships with the program; its transcripts lie beside it."""
    return resource("samples", "keepers-logbook.opus")
