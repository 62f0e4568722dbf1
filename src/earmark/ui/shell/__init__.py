# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The window: places panels, builds menus from the command table, routes bare keys."""
