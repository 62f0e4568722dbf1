# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the listener marks: bookmarks and notes, made, kept, found again and travelled by."""
