# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What is open and what the listener is doing; QtCore signals, no widgets."""
