# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Every option once, and its value.

from earmark.settings import options
values = Values(store.settings.all(), save)        # save(key, value) keeps one value
values.get(options.TEXT_SCALE)                      # -> float
values.set(options.THEME, "dark")                   # checked, kept, listeners told; else BugError
end = values.subscribe(options.THEME, self._theme_changed)
"""
