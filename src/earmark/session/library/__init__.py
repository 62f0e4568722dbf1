# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The library of the listener: adding to it, listing it, searching it."""
