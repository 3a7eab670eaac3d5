"""Settings that every test shares."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import hypothesis
import pytest

# The same examples on every run, however slow the machine: a test that fails has found something.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")

# No test leaves a text with the user, or is given one. The processes of one run share what they have read.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)


@pytest.hookimpl(optionalhook=True)  # mutants are tried without the plug-in
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests wait for the programs that they start a quarter of the time."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1
