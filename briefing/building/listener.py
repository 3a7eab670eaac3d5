"""Being told how a build gets on."""

from __future__ import annotations


class Listener:
    """What is told how a build gets on. It hears nothing; override what is wanted."""

    def found(self, briefs: int) -> None:
        """So many briefs are to be looked at, those that lead nowhere included."""

    def stage(self, name: str, stage: str) -> None:
        """The brief `name` is reading, rendering, checking or writing; or building, when it is done in another process."""
