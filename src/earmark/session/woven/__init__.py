# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The woven transcript of what is open: made, corrected, and its disagreements walked through."""
