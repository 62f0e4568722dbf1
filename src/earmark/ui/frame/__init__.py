# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The window itself: its zones, the head of the page, the welcome, and how it looks."""
