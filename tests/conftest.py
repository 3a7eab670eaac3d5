"""Settings that every test shares."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import hypothesis

# The same examples on every run, however slow the machine: a test that fails has found something.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")

# No test leaves a text with the user, or is given one.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp()
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)
