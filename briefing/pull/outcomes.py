"""What comes of the changes of documents: edits of the data file, and what is left to do, in conflict or worth a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from briefing.formats import REDLINE_FORMAT
from briefing.source.editing import Edit, RemoveKey, SetText, SetValue

Prefer = str
"""Whose words are taken where both sides changed them: ``data``, or the name of the documents' format."""


class Outcome(Struct, frozen=True):
    """What came of one edit: ``changed``, ``conflict``, ``todo`` or ``note``, and of which kind; `path` leads into the data as it was."""

    status: str
    kind: str
    path: str
    message: str
    before: str = ""
    after: str = ""
    who: tuple[str, ...] = ()


class Plan(Struct):
    """The edits of the data file, each with what it brings, and everything else that is to be said; `prefer` settles conflicts with the data."""

    prefer: Prefer | None = None
    edits: list[tuple[Edit, list[Outcome]]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def say(
        self,
        status: str,
        kind: str,
        path: str,
        message: str,
        before: str = "",
        after: str = "",
        who: Sequence[str] = (),
    ) -> Outcome:
        """An outcome, kept unless it is a change, which goes with its edit."""
        made = Outcome(status, kind, path, message, before, after, tuple(who))
        if status != "changed":
            self.outcomes.append(made)
        return made

    def set_text(self, path: str, now: str, text: str, who: Sequence[str]) -> None:
        """Let the text at `path` be another."""
        made = self.say("changed", "text", path, "it was changed", now, text, who)
        self.edits.append((SetText(path, text), [made]))

    def remove(self, path: str, now: str, who: Sequence[str]) -> None:
        """Take out what stands at `path`."""
        made = self.say("changed", "removed", path, "it was taken out", now, "", who)
        self.edits.append((RemoveKey(path), [made]))

    def put_in(self, path: str, text: str, who: Sequence[str]) -> None:
        """Put a text where the data has none."""
        made = self.say("changed", "text", path, "it was put in", "", text, who)
        self.edits.append((SetValue(path, text), [made]))

    def conflict(self, path: str, message: str, now: str, texts: Mapping[str, str], *, of_data: bool = True) -> bool:
        """Say that texts are in conflict; whether the document's is to be taken."""
        settled = self.prefer if of_data else None
        status = "conflict" if settled is None else "note"
        more = {"data": "; the data is kept", REDLINE_FORMAT: "; the document is taken", None: ""}[settled]
        document = "\n".join(
            f"{name}: {text or 'deleted'}" if len(texts) > 1 and any(texts.values()) else text
            for name, text in sorted(texts.items())
        )
        self.say(status, "both-changed", path, message + more, now, document, sorted(texts))
        return settled == REDLINE_FORMAT
