# SPDX-FileCopyrightText: 2026 The Earmark founders
# SPDX-License-Identifier: MIT
"""Work in the background, delivered on the main thread.

runner.run(fn, done, failed, lane=Lane.STORE, owner=self)   # fn() -> done(result) on the main thread
job.cancel()
runner.reporter(self._progressed, owner=self)               # callable a worker may call often
runner.wait_idle(timeout_ms); runner.close()
InlineRunner()                                              # the same for tests, at once
"""
