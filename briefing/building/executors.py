"""Executors that a call names by a text: `dask=ADDRESS`, a Dask cluster."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Final

from briefing.building.pool import JOBS_A_WORKER
from briefing.errors import Problem, UsageError

FLAG: Final = "--executor"
DEFAULT_WINDOW: Final = 64
"""How many jobs to hand out at a time to an executor that we know nothing of."""
SECONDS: Final = 10
"""For how long a cluster is called before it counts as not there."""


@contextlib.contextmanager
def open_executor(text: str) -> Iterator[tuple[Executor, int]]:
    """The executor that `text` names, such as ``dask=tcp://10.0.0.5:8786``, and how many jobs to hand out at a time.

    Raises `UsageError` when there is no such kind, when its extra is not installed, and when nobody answers at the address.
    """
    kind, _, address = text.partition("=")
    if kind != "dask" or not address:
        raise _fault(f"'{text}' is no executor", "write dask=ADDRESS, for example dask=tcp://127.0.0.1:8786")
    try:
        from distributed import Client
    except ImportError:
        raise _fault("Dask is not installed", "install briefing with the extra 'dask': briefing[dask]") from None
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise _fault(f"no Dask scheduler answers at '{address}': {error}", "check the address") from None
    with client, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)  # pictures come along with a brief
        threads = sum(client.nthreads().values())
        if not threads:
            raise _fault(f"the Dask cluster at '{address}' has no workers", "start some")
        yield client.get_executor(pure=False), JOBS_A_WORKER * threads


def _fault(what: str, hint: str) -> UsageError:
    return UsageError(Problem("bad-option", what, hint, path=FLAG))
