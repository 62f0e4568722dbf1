# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What every room may use and that knows nothing of transcripts: errors, paths, log."""
