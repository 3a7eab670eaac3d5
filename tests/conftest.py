"""Settings that every test shares."""

from __future__ import annotations

import hypothesis

# The same examples on every run, however slow the machine: a test that fails has found something.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")
