"""Ids for items that were given none: made from the content, so that they are the same on every build and in every place."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from briefing.schema.brief import Brief
from briefing.schema.readers import LONGEST_ID

_WORDS = 4

_CONTENT: Final[dict[str, Callable[[Any], str]]] = {
    "timeline": lambda event: f"{event.date} {event.event}",
    "quotes": lambda quote: f"{quote.speaker} {quote.text}",
    "stakeholders": lambda stakeholder: stakeholder.name,
    "open_questions": lambda question: question.question,
    "sections": lambda section: section.title,
    "figures": lambda figure: figure.caption,
}


def content_id(text: str) -> str:
    """An id made from `text`: its first words in plain letters, and six hexadecimal digits of its SHA-256."""
    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", folded)[:_WORDS]
    digits = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:6]
    slug = "-".join(words)[: LONGEST_ID - 10].strip("-")
    return f"{slug}-{digits}" if slug[:1].isalpha() else f"i-{slug}-{digits}".replace("--", "-")


def identified(brief: Brief) -> Brief:
    """The brief with an id for every item; of items with the same content the later ones get ``-2``, ``-3`` and so on."""
    changed: dict[str, Any] = {}
    for name, content in _CONTENT.items():
        items = getattr(brief, name)
        taken = {item.id for item in items if item.id}
        made = []
        for item in items:
            if item.id is None:
                base = candidate = content_id(content(item))
                number = 1
                while candidate in taken:
                    number += 1
                    candidate = f"{base}-{number}"
                taken.add(candidate)
                item = item.model_copy(update={"id": candidate})
            made.append(item)
        changed[name] = tuple(made)
    return brief.model_copy(update=changed)
