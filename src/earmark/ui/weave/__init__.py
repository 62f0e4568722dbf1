# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""What the listener sees of a weave beside the page: the card at a disagreement, and the choice of words."""
