# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Earmark: a desktop transcript player. Read along. Find it again."""

__version__ = "0.1.0"
