# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Transcripts, their sentences and turns, and time: frozen data and pure functions, no Qt."""
