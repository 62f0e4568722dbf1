# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The outside world: one window a profile, media keys, tags of media files."""
