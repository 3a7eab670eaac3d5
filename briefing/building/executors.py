"""Executors that a call names by a text: `dask=ADDRESS`, a Dask cluster."""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Final

from briefing.errors import Problem, UsageError

FLAG: Final = "--executor"
JOBS_A_WORKER: Final = 2
"""How many jobs are handed out for each that works: one to do and one to take up next."""
DEFAULT_WINDOW: Final = 64
"""How many jobs to hand out at a time to an executor that we know nothing of."""
SECONDS: Final = 10
"""For how long a cluster is called before it counts as not there."""

_ADDRESS = re.compile(r"([a-z]+://)?(\[[0-9a-fA-F:]+\]|[^\s:/]+):[0-9]+")


def cluster_address(text: str) -> str:
    """The address of the Dask scheduler that `text` names, such as ``dask=tcp://10.0.0.5:8786``. Raises `UsageError`."""
    kind, _, address = text.partition("=")
    if kind != "dask" or not _ADDRESS.fullmatch(address):
        raise _fault(f"'{text}' is no executor", "write dask=ADDRESS, for example dask=tcp://127.0.0.1:8786")
    return address


@contextlib.contextmanager
def open_executor(text: str) -> Iterator[tuple[Executor, int]]:
    """The executor that `text` names, as for `cluster_address`, and how many jobs to hand out at a time.

    Raises `UsageError` when its extra is not installed, when nobody answers at the address, and when the cluster has no workers.
    """
    address = cluster_address(text)
    try:
        from distributed import Client
    except ImportError:
        raise _fault("Dask is not installed", "install briefing with the extra 'dask': briefing[dask]") from None
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _fault(f"no Dask scheduler answers at '{address}': {error}", "check the address") from None
    with _told_by_us(), client, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)  # pictures come along with a brief
        threads = sum(client.nthreads().values())
        if not threads:
            raise _fault(f"the Dask cluster at '{address}' has no workers", "start some")
        yield client.get_executor(pure=False), JOBS_A_WORKER * threads


@contextlib.contextmanager
def _told_by_us() -> Iterator[None]:
    """Keep Dask from logging, with tracebacks, what comes back to us as an exception: a scheduler that is gone, a worker that died."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was_disabled in zip(loggers, before, strict=True):
            logger.disabled = was_disabled


def _fault(what: str, hint: str) -> UsageError:
    return UsageError(Problem("bad-option", what, hint, path=FLAG))
