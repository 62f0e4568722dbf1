# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""One window a profile: the second program finds the first and hands it its wishes.

A wish is one line of JSON, `{"do": [command, arg, …]}` or `{"open": [path, …]}`; the answer is one line,
`{"ok": true}` or `{"ok": false, "error": sentence}`. A lock file says who is first: `listen()` would take
over the name of a living server without an error.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CONNECT_MS = 400
_ANSWER_MS = 30_000
_MAX_LINE = 1 << 20


def _server_name(profile: Path) -> str:
    return "earmark-" + hashlib.blake2s(str(profile).encode(), digest_size=8).hexdigest()


def send_wish(profile: Path, wish: dict[str, Any]) -> dict[str, Any] | None:
    """Send a wish to the window that runs with this profile; return its answer, None without a window."""
    socket = QLocalSocket()
    socket.connectToServer(_server_name(profile))
    if not socket.waitForConnected(_CONNECT_MS):
        return None
    socket.write(json.dumps(wish).encode() + b"\n")
    socket.waitForBytesWritten(_CONNECT_MS)
    line = b""
    while not line.endswith(b"\n"):
        came = socket.waitForReadyRead(_ANSWER_MS)
        line += socket.readAll().data()  # also what came together with the end of the connection
        if not came and not line.endswith(b"\n"):
            return {"ok": False, "error": "The window did not answer."}
    answer: dict[str, Any] = json.loads(line)
    return answer


def is_open(profile: Path) -> bool:
    """Tell whether a window runs with this profile."""
    lock = _lock_of(profile)
    if lock.tryLock(0):
        lock.unlock()
        return False
    return lock.error() is QLockFile.LockError.LockFailedError


def _lock_of(profile: Path) -> QLockFile:
    lock = QLockFile(str(profile / "window.lock"))
    lock.setStaleLockTime(0)
    return lock


class Door(QObject):
    """Where wishes come in. Only the first program of a profile opens one.

    Signals:
        wish_received: the wish, and a callable that takes the answer and sends it back.
    """

    wish_received = Signal(object, object)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = _lock_of(profile)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        self._name = _server_name(profile)
        self._callers: set[_Caller] = set()

    def open(self) -> bool:
        """Become the first; False when another program is."""
        return self._lock.tryLock(0) and self._server.listen(self._name)

    def close(self) -> None:
        """Stop listening and let the next program be first."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _on_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            caller = _Caller(socket, self.wish_received.emit)
            self._callers.add(caller)
            socket.disconnected.connect(self._on_disconnected)

    @Slot()
    def _on_disconnected(self) -> None:
        self._callers = {caller for caller in self._callers if caller.connected()}


class _Caller(QObject):
    """One connection: reads its wish, writes the answer."""

    def __init__(
        self,
        socket: QLocalSocket,
        deliver: Callable[[dict[str, Any], Callable[[dict[str, Any]], None]], None],
    ) -> None:
        super().__init__()
        self._socket = socket
        self._deliver = deliver
        self._line = b""
        socket.readyRead.connect(self._on_ready_read)

    def connected(self) -> bool:
        """Whether the other side is still there."""
        return self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState

    def answer(self, answer: dict[str, Any]) -> None:
        """Send the answer, if the caller still waits for one."""
        if self.connected():
            self._socket.write(json.dumps(answer).encode() + b"\n")
            self._socket.flush()

    @Slot()
    def _on_ready_read(self) -> None:
        self._line += self._socket.readAll().data()
        if len(self._line) > _MAX_LINE:
            self._socket.abort()
        elif self._line.endswith(b"\n"):
            line, self._line = self._line, b""
            try:
                wish = json.loads(line)
            except ValueError:
                wish = None
            if isinstance(wish, dict):
                self._deliver(wish, self.answer)
            else:
                self.answer({"ok": False, "error": "That is not a wish."})
