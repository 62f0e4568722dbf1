# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""The listener's store; the only importer of apsw. Returns domain objects."""
