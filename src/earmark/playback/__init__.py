# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The player behind its interface, the word clock, and the tracker of lines and words."""
