# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""How things are kept: files, rows, journal, migrations. Inside `store` only."""
