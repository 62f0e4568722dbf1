# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What a bookmark holds on to: its anchor in the words, its colour, the link that leads back to it."""
