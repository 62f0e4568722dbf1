# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What programs write for programs: JSON, TSV and the podcast forms."""
