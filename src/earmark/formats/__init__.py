# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Bytes to transcripts and back; the only importer of webvtt-py."""
