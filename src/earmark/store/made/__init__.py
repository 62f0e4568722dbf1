# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the listener made, by subject, and how it is backed up and restored."""
