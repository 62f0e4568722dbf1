# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the first page needs and Qt has no part in, imported before Qt.

Once PySide6 is there it reads the source of each module that is imported, to see whether that module uses Qt
(`feature_imported` in its support package). For these it would be a tenth of our own share of the start.
"""

import concurrent.futures  # noqa: F401
import shlex  # noqa: F401

import earmark.commands.arguments
import earmark.session.opening
import earmark.settings.values
import earmark.store.user
import earmark.weave.insertion  # noqa: F401
