# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the listener does with the player: play, seek, step, say again, go elsewhere."""
