"""The data file's JSON Schema, for editors that complete and check while one types, and what each value means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel

from briefing.schema.brief import Brief, EvidenceShown, Paper, Source, SourceKind
from briefing.schema.items import (
    ChartKind,
    Confidence,
    Event,
    FigureItem,
    Influence,
    OwnSection,
    Question,
    QuestionStatus,
    Quote,
    Stakeholder,
    Stance,
)

MEANINGS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = {
    Paper: {Paper.A4: "210 mm by 297 mm.", Paper.LETTER: "8.5 in by 11 in."},
    EvidenceShown: {
        EvidenceShown.MARK: "A mark and words beside each quote.",
        EvidenceShown.FULL: "The mark, the words and the place in the source.",
        EvidenceShown.PROBLEMS: "Only beside quotes that are not verified.",
        EvidenceShown.NONE: "Nothing is printed.",
    },
    ChartKind: {
        ChartKind.BAR: "One bar for each value.",
        ChartKind.LINE: "Points joined by a line, for values in time.",
    },
    Confidence: {
        Confidence.LOW: "Scant or fragmentary information, or sources of doubt.",
        Confidence.MODERATE: "Credible and plausible, but not well enough corroborated.",
        Confidence.HIGH: "Information of high quality from several sources.",
    },
    Influence: {
        Influence.LOW: "Can be heard, but changes little.",
        Influence.MEDIUM: "Can help or hinder.",
        Influence.HIGH: "Can decide the matter, or stop it.",
    },
    QuestionStatus: {
        QuestionStatus.OPEN: "Nobody has answered it.",
        QuestionStatus.ANSWERED: "There is an answer; write it under 'answer'.",
        QuestionStatus.DROPPED: "It no longer matters.",
    },
    Stance: {
        Stance.STRONGLY_OPPOSED: "Works against the proposition.",
        Stance.OPPOSED: "Is against it.",
        Stance.MIXED: "Is for some of it and against some.",
        Stance.NEUTRAL: "Has chosen to take no side.",
        Stance.UNDECIDED: "Has not made up its mind.",
        Stance.SUPPORTIVE: "Is for it.",
        Stance.STRONGLY_SUPPORTIVE: "Works for it.",
        Stance.UNKNOWN: "The authors do not know.",
    },
    SourceKind: {
        SourceKind.PRIMARY: "The document or the person itself.",
        SourceKind.SECONDARY: "Reports what it has from a primary source.",
        SourceKind.HEARSAY: "Reports what another report says.",
    },
}


DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

_OFFERED: Final[dict[type[BaseModel], tuple[str, ...]]] = {
    Event: ("date", "event", "sources"),
    Quote: ("id", "text", "speaker", "role", "organisation", "date", "source", "locator"),
    Stakeholder: ("id", "name", "kind", "position", "stance", "influence", "sources"),
    Question: ("id", "question", "why", "owner", "due"),
    OwnSection: ("title", "body", "after"),
    FigureItem: ("image", "caption", "alt"),
    Source: ("id", "title", "publisher", "published", "url", "kind", "text"),
}
"""The keys that an editor fills in when a new item is begun."""


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) as plain values.

    It is a little wider than the program: ids that lead nowhere, for example, are not its business. `enumDescriptions` and `defaultSnippets` are
    keywords of VS Code and of its YAML extension; other readers pass over them.
    """
    made = Brief.model_json_schema(mode="validation")
    schema: dict[str, Any] = {
        "$schema": DRAFT,
        "title": "A policy brief",
        "description": "The data file of one brief: brief.yaml or brief.json.",
    }
    schema |= {key: value for key, value in made.items() if key not in ("title", "description")}
    for definition in (schema, *schema["$defs"].values()):
        for value in definition.get("properties", {}).values():
            _simplify(value)
    for name, definition in schema["$defs"].items():
        definition.pop("title", None)
        definition |= dict(_additions(name))
    schema["$defs"][FigureItem.__name__]["dependentRequired"] = {"image": ["alt"]}
    return schema


def _simplify(value: dict[str, Any]) -> None:
    """Take away what would only confuse where completion offers it: generated titles, ``null``, empty defaults."""
    value.pop("title", None)
    if isinstance(value.get("default"), list | dict | None):
        value.pop("default", None)
    choices = [choice for choice in value.pop("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        for key, inner in choices[0].items():
            value.setdefault(key, inner)
    elif choices:
        value["anyOf"] = choices


def _additions(name: str) -> Iterator[tuple[str, Any]]:
    """What a definition gets besides: the meanings of an enumeration's values, the keys to fill in of an item."""
    for kind, meanings in MEANINGS.items():
        if kind.__name__ == name:
            yield "enumDescriptions", [meanings[member] for member in kind]
            yield "description", " ".join((kind.__doc__ or "").split())
    for model, keys in _OFFERED.items():
        if model.__name__ == name:
            body = {key: f"${number}" for number, key in enumerate(keys, 1)}
            yield "defaultSnippets", [{"label": f"new {name.lower()}", "body": body}]
