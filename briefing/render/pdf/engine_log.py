"""What the engine says while it works: it only logs, so its log is read and every line becomes a problem."""

from __future__ import annotations

import logging
from types import TracebackType

from briefing.errors import Problem, Severity

LOGGER = "weasyprint"
HARMLESS = ("Step ",)
"""Beginnings of messages that say nothing is wrong."""
SEEN_LATER = ("No anchor",)
"""Beginnings of errors that reading the file back finds, too, and can name the node of."""


class EngineLog(logging.Handler):
    """Collects warnings and errors of the engine as problems, while it is entered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []
        self._before: tuple[list[logging.Handler], bool, int] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Note one line. An error fails the build; a warning speaks of the theme, and is one of ours, too."""
        message = record.getMessage().strip()
        if message.startswith(HARMLESS):
            return
        glyph = "glyph" in message.lower() or ".notdef" in message
        code = "missing-glyph" if glyph else "engine"
        fails = record.levelno >= logging.ERROR and not message.startswith(SEEN_LATER)
        severity = Severity.ERROR if glyph or fails else Severity.WARNING
        hint = (
            "use letters of Latin, Greek or Cyrillic script" if glyph else "mend the theme's templates or style sheet"
        )
        problem = Problem(code, message, hint, severity=severity)
        if problem not in self.problems:
            self.problems.append(problem)

    def __enter__(self) -> EngineLog:
        logger = logging.getLogger(LOGGER)
        self._before = (logger.handlers, logger.propagate, logger.level)
        logger.handlers, logger.propagate = [self], False
        logger.setLevel(logging.WARNING)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._before is not None
        logger = logging.getLogger(LOGGER)
        logger.handlers, logger.propagate, _ = self._before
        logger.setLevel(self._before[2])
