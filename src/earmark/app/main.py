# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Start here: `earmark` on the command line.

Order: arguments (no Qt yet) → subcommands that need no window → a pair of Qt and Python that cannot work
is refused → a window that runs takes the files → the program is built (`earmark.app.program`) and runs.
Each import below `main` waits until it is known to be needed: `earmark read` must not pay for a window.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from earmark.app.args import parse
from earmark.app.pair import refuse_broken_pair
from earmark.app.screen import prepare_screen
from earmark.base.errors import UserError
from earmark.base.log import set_up_log
from earmark.base.paths import Profile
from earmark.cli.printing import prepare_streams
from earmark.domain.marks.links import is_link, read_link

_NEVER = 1_000_000
_UNPRINTED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}  # by printing to a file on a full disk


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code (0 done, 1 a problem with the input, 2 wrong usage)."""
    prepare_streams()
    arguments = parse(sys.argv[1:] if argv is None else argv)
    if not arguments.debug:
        os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false")  # greets on stderr
    set_up_log(arguments.debug)
    try:
        profile = Profile.at(arguments.profile) if arguments.profile else Profile.default()
        code = _carry_out(arguments, profile)
        sys.stdout.flush()  # here, where what stands in the way can be told
        return code
    except UserError as error:
        sys.stderr.write(f"earmark: {error.message}\n")
    except BrokenPipeError:
        _silence()  # whoever read our output has had enough
    except OSError as error:
        sentence = _told(error)
        if sentence is None:
            raise
        _silence()
        sys.stderr.write(f"earmark: {sentence}\n")
    except KeyboardInterrupt:
        return 130
    return 1


def _told(error: OSError) -> str | None:
    """Return what the listener is told of an error that may befall any command; None where it is a bug."""
    if error.errno == errno.ENAMETOOLONG:
        return f"This name is too long for a file: {str(error.filename)[:60]}…"
    if error.filename is None and error.errno == errno.ENOENT:
        return "The folder that this was called in is gone."
    if error.filename is None and error.errno in _UNPRINTED:
        return f"What was to be printed could not be written: {error.strerror}."
    return None


def _carry_out(arguments: argparse.Namespace, profile: Profile) -> int:
    if arguments.subcommand is not None:
        from earmark.app.subcommands import run_subcommand  # no window: nothing of ui is imported

        return run_subcommand(arguments, profile)
    if arguments.version:
        refuse_broken_pair()
        from earmark.cli.doctor import version_line  # asks Qt, FFmpeg and SQLite

        sys.stdout.write(version_line() + "\n")
        return 0
    return _open_window(arguments, profile)


def _silence() -> None:
    """Let what is still buffered go nowhere, so that it does not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_window(arguments: argparse.Namespace, profile: Profile) -> int:
    links = [name for name in arguments.files if is_link(name)]
    for link in links:
        read_link(link)  # a link that is none is refused before anything opens
    files = [_path(name) for name in arguments.files if not is_link(name)]
    for path in files:
        if not path.exists():
            raise UserError("missing", f"There is no file {path}.")
    alone = arguments.run or arguments.screenshot
    if not alone and _hand_over(profile, files, arguments.sample, links):
        return 0
    prepare_screen(os.environ, arguments.screenshot is not None)
    gc.disable()  # until the first page is painted: what is being built now is no garbage
    # A look at every object there is takes half a second while a transcript of 100,000 cues is read, and
    # everything waits for it, whichever thread it happens in; so does comparing two such transcripts, again
    # and again. What is young is still looked at as ever.
    gc.set_threshold(*gc.get_threshold()[:2], _NEVER)
    from earmark.app.binding import load_qt  # before anything of Qt: see there

    load_qt(profile.cache)
    refuse_broken_pair()
    from earmark.app.program import run_window  # the heavy part: Qt's widgets

    # Python's own answer to Ctrl+C would wait until Qt calls Python again, which it may never do.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_window(arguments, profile, files, links)


def _path(name: str) -> Path:
    """Return the path of a file; desktops that may hand over links hand over files as `file:` URLs."""
    if not name.startswith("file://"):
        return Path(name).absolute()
    from urllib.parse import unquote, urlsplit  # brings Internet addresses with it; only for such a URL

    return Path(unquote(urlsplit(name).path)).absolute()


def _hand_over(profile: Profile, files: list[Path], sample: bool, links: list[str]) -> bool:
    """Give files and links to the window that runs with this profile; False without one.

    Raises UserError where the window could not use them.
    """
    if not os.access(profile.data / "window.lock", os.F_OK):
        return False  # saves importing Qt's network just to hear that nobody is there
    refuse_broken_pair()
    from earmark.desktop.instance import send_wish  # Qt's network, only when somebody may listen

    wish = {"open": [str(path) for path in files], "sample": sample, "links": links}
    answer = send_wish(profile.data, wish)
    if answer is not None and not answer.get("ok"):
        raise UserError("refused", str(answer.get("error", "The window did not take the files.")))
    return answer is not None
