# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Whether a folder is a good place for the store: not one that a cloud copies about, not a network share.

Looks at the file system only; any thread, in a quiet moment or for `earmark doctor`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from earmark.base.errors import UserError

# What the programs that copy folders about leave in the folders they watch, or call them.
_MARKERS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".tmp.drivedownload": "Google Drive",
}
_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
}
_NETWORK = ("nfs", "cifs", "smb", "afpfs", "fuse.sshfs", "9p", "davfs", "fuse.rclone")
_MOUNTS = Path("/proc/self/mounts")


def warnings(folder: Path, mounts: Path = _MOUNTS) -> list[UserError]:
    """Return what speaks against keeping the store in a folder; empty for a good place."""
    found = []
    if program := _copied_by(folder):
        message = (
            f"{folder} is kept in step by {program}. Such a program copies the store while it is being"
            " written and can damage it; keep it elsewhere, and take a backup along instead."
        )
        found.append(UserError("place-synced", message, path=folder, program=program))
    if kind := _network_kind(folder, mounts):
        message = f"{folder} is on a network share ({kind}). The store is safer on a disk of this computer."
        found.append(UserError("place-network", message, path=folder, kind=kind))
    return found


def _copied_by(folder: Path) -> str | None:
    for parent in (folder, *folder.parents):
        if program := _NAMES.get(parent.name.casefold()):
            return program
        for marker, program in _MARKERS.items():
            if (parent / marker).exists():
                return program
    return None


def _network_kind(folder: Path, mounts: Path) -> str | None:
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return None  # a system without such a list
    kind = _kind_of(folder, (line.split(" ") for line in lines))
    return kind if kind.startswith(_NETWORK) else None


def _kind_of(folder: Path, mounts: Iterable[list[str]]) -> str:
    best, kind = -1, ""
    for fields in mounts:
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
