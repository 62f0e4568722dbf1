# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Written transcripts: turns with a time or a name at their head, or neither."""
