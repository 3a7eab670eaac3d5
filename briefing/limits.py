"""Every limit that the author of a brief may meet, in one place: what it bounds, and the setting that moves it.

An office moves them under ``[limits]`` in `briefing.toml`, a call by ``--limit``, which goes first. What reads or renders asks `limits` when it
needs one.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import Final

from msgspec import Struct

from briefing.errors import Problem, RenderError


class Limits(Struct, frozen=True):
    """The limits of one brief."""

    data_file_bytes: int = 2_000_000
    """Bytes of a data file."""
    list_items: int = 500
    """Items of a list, and rows of a table, in a data file."""
    text_characters: int = 50_000
    """Characters of one text in a data file."""
    brief_characters: int = 400_000
    """Characters of a brief's texts, with those of its tables and charts; some 120 pages."""
    brief_values: int = 10_000
    """Values of a brief, with those of its tables and charts."""
    saved_text_bytes: int = 50_000_000
    """Bytes of a source's saved file."""
    saved_text_unpacked_bytes: int = 100_000_000
    """Bytes to which a saved Word document unpacks."""
    saved_text_pages: int = 5_000
    """Pages of a saved PDF."""
    saved_text_characters: int = 5_000_000
    """Characters of a saved text, of whatever format."""
    saved_text_word: int = 20_000
    """Characters of a saved text without a space between them."""
    saved_text_marks: int = 200_000
    """Quotation marks of a saved text."""
    saved_texts_characters: int = 20_000_000
    """Characters of all saved texts of a brief together."""
    picture_bytes: int = 25_000_000
    """Bytes of a picture's file."""
    picture_pixels: int = 50_000_000
    """Pixels of a picture."""
    pictures_pixels: int = 300_000_000
    """Pixels of all pictures of a brief together."""
    reference_bytes: int = 50_000_000
    """Bytes of a reference document."""
    reading_seconds: int = 20
    """Seconds of computing that a saved text, a picture or a reference document may take to be read."""
    reading_megabytes: int = 1_000
    """Megabytes of memory that reading it may take."""
    brief_seconds: int = 300
    """Seconds of computing that a brief may take beside rendering and reading; in all it may take ten times as many by the clock."""
    rendering_seconds: int = 45
    """Seconds of computing that a brief's PDF may take, for each 250,000 characters; a page of 2,300 takes about 0.2."""
    rendering_megabytes: int = 4_096
    """Megabytes of memory that rendering it may take."""


class CallLimits(Limits, frozen=True):
    """The limits of a call that reads no settings, so that only its flag moves them."""


LIMIT_NAMES: Final = Limits.__struct_fields__
_now: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039  it is frozen


def limits() -> Limits:
    """The limits that hold now."""
    return _now.get()


@contextmanager
def limited_by(own: Limits) -> Iterator[None]:
    """Within this, and in this thread alone, `own` are the limits that hold."""
    token = _now.set(own)
    try:
        yield
    finally:
        _now.reset(token)


@contextmanager
def bounded_by(own: Limits, what: str) -> Iterator[None]:
    """Within this, `own` are the limits that hold, and `what` is done is stopped in time."""
    with limited_by(own), stopped_in_time(what):
        yield


@contextmanager
def stopped_in_time(what: str) -> Iterator[None]:
    """Within this, what is done in this process's main thread is stopped when it has computed for `brief_seconds`: `RenderError` is raised.

    In other threads, and where the system has no such timer (Windows), nothing is stopped. The timer is setitimer(2)'s ITIMER_PROF; one that runs
    already goes on.
    """
    has_timer = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    if not has_timer or signal.getitimer(signal.ITIMER_PROF)[0]:
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise took_too_long(what)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, min(limits().brief_seconds, _LONGEST_TIMER))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


_LONGEST_TIMER: Final = 10**8


def took_too_long(what: str) -> RenderError:
    """That what is done with a brief took more than `brief_seconds`."""
    message = f"{what} took longer than {limits().brief_seconds:,} seconds and was stopped"
    return RenderError(Problem("time-limit", message, how_to_raise("brief_seconds")))


def how_to_raise(name: str) -> str:
    """What a message says of the limit `name`: how high it is, and which setting, if any is read, and which flag move it."""
    setting = "" if isinstance(limits(), CallLimits) else f"'limits.{name}' in briefing.toml or "
    return f"at most {getattr(limits(), name):,} are accepted, unless {setting}--limit {name}=NUMBER says otherwise"
