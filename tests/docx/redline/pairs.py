"""Pairs of briefs: the data of one, and that of another that came out of it by a few edits."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from briefing.compose import resolve
from briefing.document.tree import Document
from briefing.schema import Brief
from briefing.schema.references import identified

Data = dict[str, Any]

BRIEF: Data = {
    "title": "Storage on the river",
    "subtitle": "Advice for the council",
    "date": "2026-03-13",
    "authors": ["Ann Author", "Ben Writer"],
    "audience": ["The council"],
    "handling": {"marking": "OFFICIAL", "caveat": "Rests on few sources"},
    "proposition": "The council should approve the basin.",
    "summary": "The basin holds **four million** cubic metres [@study, p. 3]. The dykes hold nothing [@register].",
    "key_points": [
        "The basin works *whether or not* the dykes are raised [@study, p. 2].",
        "Nobody knows the cost of upkeep [@letter; @register].",
        "The neighbours have not been asked, see [the law](https://example.org/law).",
    ],
    "background": "Three floods came.\n\n1. The first was small.\n2. The second broke a wall [@register].\n3. The third "
    "reached the city.\n\nThen the study began:\n\n- a basin;\n- dykes, which\n  - cost less;\n  - last longer.\n",
    "timeline": [
        {"date": "2024-09-17", "event": "The largest flood on record.", "sources": ["register"]},
        {"date": "2026-01-30", "event": "The institute publishes its study [@study]."},
        {"date": "2026-03-27", "event": "The council decides."},
    ],
    "quotes": [
        {
            "id": "dry",
            "text": "We want a dry city, not a high wall.",
            "speaker": "Dora Mayor",
            "role": "mayor",
            "date": "2026-02-26",
            "source": "letter",
            "context": "In a letter to the council.",
        },
        {
            "id": "fields",
            "text": "We call it our fields.",
            "speaker": "Nick Farmer",
            "source": "radio",
            "note": "Heard.",
        },
    ],
    "stakeholders": [
        {
            "id": "city",
            "name": "The city",
            "kind": "municipality",
            "position": "Supports the basin [@letter].",
            "stance": "supportive",
            "influence": "high",
            "confidence": "high",
            "interests": "A dry city.",
            "quotes": ["dry"],
        },
        {"id": "farmers", "name": "The farmers", "position": "Oppose it.", "stance": "opposed", "quotes": ["fields"]},
        {"id": "state", "name": "The Treasury", "position": "Takes no side.", "stance": "undecided"},
    ],
    "open_questions": [
        {"question": "Who pays for upkeep?", "owner": "Treasury", "due": "2026-03-20", "why": "No budget [@letter]."},
        {"question": "What does the delta say?", "status": "open", "next_step": "Send the drawing."},
    ],
    "decision": {
        "ask": "Whether to dig [@study].",
        "by": "2026-03-27",
        "urgency": "urgent",
        "reason": "The tender ends.",
    },
    "recommendations": [
        {
            "id": "dig",
            "verb": "agree",
            "text": "to dig the basin:\n\n- now;\n- deep.",
            "to": "Council",
            "by": "2026-03-27",
        },
        {"id": "tell", "verb": "note", "text": "that the delta waits."},
        {"id": "ask", "text": "Ask the farmers [@letter]."},
    ],
    "key_figures": [
        {
            "id": "room",
            "value": "4.10",
            "unit": "million m³",
            "label": "Room",
            "note": "By *survey*.",
            "sources": ["study"],
        },
        {"id": "share", "value": "12", "unit": "%", "label": "Share of the flood", "as_of": "2026-01-30"},
        {"id": "years", "value": "Three", "label": "Floods"},
    ],
    "sectors": [
        {
            "id": "farms",
            "name": "Farms",
            "lead": "Board",
            "needs": "Land.",
            "gaps": "- Seed.\n- Feed.",
            "sources": ["letter"],
        },
        {"id": "town", "name": "The town", "response": "Pumps."},
    ],
    "options": [
        {"id": "none", "title": "Wait", "cost": "Nothing.", "risks": "A flood."},
        {"id": "basin", "title": "The basin", "summary": "Dig.", "benefits": "Room [@study].", "recommended": True},
    ],
    "considerations": [{"id": "law", "kind": "legal", "text": "Land must be bought.", "cleared_by": "Counsel"}],
    "risks": [
        {
            "id": "late",
            "risk": "It is late.",
            "likelihood": "high",
            "impact": "medium",
            "mitigation": "Begin.",
            "owner": "Ann",
        },
        {"id": "dear", "risk": "It is dear.", "impact": "low"},
    ],
    "questions_and_answers": [
        {"id": "when", "question": "When is it done?", "answer": "In two years."},
        {"id": "who", "question": "Who pays?", "answer": "The council:\n\n1. first half;\n2. second half."},
    ],
    "lines_to_take": ["The city is safe.", "Nobody loses land [@letter]."],
    "clearance": [
        {"id": "law", "team": "Legal", "name": "Ben", "date": "2026-03-10", "status": "cleared"},
        {"id": "purse", "team": "Treasury"},
    ],
    "sections": [
        {"id": "law", "title": "What the law says", "body": "It says little [@radio]. See [@quote:dry]."},
        {
            "id": "rules",
            "title": "Rules",
            "body": "There are some.\n\n- One;\n- two.",
            "sections": [
                {"id": "old-rules", "title": "Old ones", "body": "They fell [@letter]."},
                {"id": "new-rules", "title": "New ones", "body": "They rose.", "after": "old-rules"},
            ],
        },
        {"id": "money", "title": "Money", "body": "| Year | Cost |\n| --- | --- |\n| 2027 | 3 |\n| 2028 | 5 |\n"},
    ],
    "tables": [
        {
            "id": "costs",
            "caption": "Costs [@study]",
            "columns": [{"label": "Item"}, {"label": "Price", "unit": "€"}],
            "rows": [["Dyke", "12.5"], ["Basin", "1300"], ["Upkeep", ""]],
            "note": "In prices of 2025.",
            "sources": ["register"],
            "after": "background",
        },
        {
            "id": "floods",
            "caption": "Floods",
            "columns": [{"label": "Year"}, {"label": "Days"}],
            "rows": [["1998", "3"]],
        },
    ],
    "boxes": [
        {
            "id": "basin",
            "title": "What a basin is",
            "body": "A hole [@letter].\n\n## Where\n\n- here;\n- there.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n",
            "after": "background",
        },
        {"id": "dyke", "title": "What a dyke is", "body": "A wall.", "after": "background"},
    ],
    "annexes": [
        {"id": "map", "title": "The map", "body": "See the wall[^a] [@study].\n\n[^a]: On the left."},
        {"id": "act", "title": "The act", "body": "It says little."},
    ],
    "numbered_paragraphs": True,
    "sources": [
        {"id": "study", "title": "A study of the basin", "publisher": "Institute", "published": "2026-01-30"},
        {
            "id": "register",
            "title": "Register of losses",
            "url": "https://example.org/losses",
            "accessed": "2026-03-01",
        },
        {"id": "letter", "title": "Letter to the council", "published": "2026-03-10"},
        {"id": "radio", "title": "Radio report", "kind": "hearsay", "via": "letter"},
    ],
}
"""A brief with every kind of block that changes between two states."""

PHRASES = (
    "in the valley",
    "**not yet**",
    "[@study]",
    "*by far*",
    "[@radio, item 2]",
    "since 1998",
    "[@letter; @study, p. 9]",
    "[a page](https://example.org/page)",
    "and nobody else",
)
_TEXTS = ("summary", "background", "subtitle", "title", "proposition")
_MARKED_UP = ("key_points", "background", "summary")
_LISTS = (
    *("key_points", "timeline", "quotes", "stakeholders", "open_questions", "sections", "authors"),
    *("tables", "boxes", "annexes"),
    *("recommendations", "key_figures", "sectors", "options", "considerations", "risks"),
    *("questions_and_answers", "lines_to_take", "clearance"),
)
_WHOLE = ("background", "timeline", "quotes", "subtitle", "handling", "annexes", "numbered_paragraphs", "decision")
_OPTIONAL = {
    "stakeholders": ("stance", "influence", "confidence", "interests", "kind", "position", "quotes"),
    "quotes": ("context", "note", "role", "date", "source"),
    "open_questions": ("owner", "due", "why", "status", "next_step"),
    "timeline": ("sources",),
    "recommendations": ("verb", "to", "by"),
    "key_figures": ("unit", "note", "as_of", "sources"),
    "sectors": ("lead", "needs", "response", "gaps", "sources"),
    "options": ("summary", "cost", "benefits", "risks", "recommended"),
    "considerations": ("cleared_by",),
    "risks": ("likelihood", "impact", "mitigation", "owner"),
    "clearance": ("name", "date", "status"),
    "tables": ("note", "sources"),
    "sections": ("sections",),
}


def document(data: Data) -> Document:
    """The tree of that data."""
    return resolve(identified(Brief.model_validate(data)), {})


def _tidy(data: Data) -> Data:
    """`data` without mentions of quotes that are gone."""
    there = {quote["id"] for quote in data.get("quotes", ())}
    for stakeholder in data.get("stakeholders", ()):
        stakeholder["quotes"] = [name for name in stakeholder.get("quotes", ()) if name in there]
    if "dry" not in there:
        for section in data.get("sections", ()):
            section["body"] = section["body"].replace(" See [@quote:dry].", "")
    return data


@st.composite
def edited(draw: st.DrawFn, data: Data) -> Data:
    """`data` after some edits of the kinds that editors make between two issues."""
    made = deepcopy(data)
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(("reword", "remove", "copy", "move", "drop", "cut", "handling")))
        name = draw(st.sampled_from(_LISTS))
        items = made.get(name, [])
        place = draw(st.integers(0, max(0, len(items) - 1)))
        if kind == "reword":
            _reword(draw, made)
        elif kind == "remove" and items:
            del items[place]
        elif kind == "copy" and items:
            items.insert(draw(st.integers(0, len(items))), _another(draw, items[place]))
        elif kind == "move" and items:
            items.insert(draw(st.integers(0, len(items) - 1)), items.pop(place))
        elif kind == "drop" and items and name in _OPTIONAL:
            for item in items if draw(st.booleans()) else [items[place]]:
                item.pop(draw(st.sampled_from(_OPTIONAL[name])), None)
        elif kind == "cut":
            made.pop(draw(st.sampled_from(_WHOLE)), None)
        elif kind == "handling":
            made["handling"] = {"marking": draw(st.sampled_from(("OFFICIAL", "SECRET")))}
    return _tidy(made)


def _reword(draw: st.DrawFn, data: Data) -> None:
    """Put a phrase between two words of some text, or take a word out."""
    key = draw(st.sampled_from(_TEXTS + _LISTS[:1]))
    text = data.get(key)
    place = 0
    if isinstance(text, list):
        place = draw(st.integers(0, max(0, len(text) - 1)))
        text = text[place] if text else None
    if not isinstance(text, str):
        return
    words = text.split(" ")
    at = draw(st.integers(1, len(words)))
    if draw(st.booleans()) or key not in _MARKED_UP:
        words.insert(at, draw(st.sampled_from(PHRASES if key in _MARKED_UP else PHRASES[:1])))
    else:
        words[at - 1 : at + 1] = ["other", "words"]
    if isinstance(data[key], list):
        data[key][place] = " ".join(words)
    else:
        data[key] = " ".join(words)


def _another(draw: st.DrawFn, item: Any) -> Any:
    """An item like `item`, with an id of its own."""
    if isinstance(item, str):
        return f"{item} {draw(st.sampled_from(PHRASES[:1]))}"
    number = draw(st.integers(0, 10**6))
    made = deepcopy(item)
    if "id" in made:
        made["id"] = f"{made['id']}-{number}"
    for inner in made.get("sections", ()):
        inner.pop("id", None)
        inner.pop("after", None)
        inner["title"] += f" {number}"
    if "rows" in made:
        made["rows"].insert(0, [f"Row {number}", "1"])
    for key in ("event", "question", "name", "title", "text", "caption", "label", "risk", "team"):
        if key in made:
            made[key] = f"{made[key]} {number}"
    return made


states = edited(BRIEF)
"""One state of the brief."""
pairs = states.flatmap(lambda data: st.tuples(st.just(data), edited(data)))
"""A state, and what became of it."""
