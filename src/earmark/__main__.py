# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""`python -m earmark`."""

import sys

from earmark.app.main import main

sys.exit(main())
