"""A brief with all that stands before and behind the text, composed."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from briefing.compose import resolve
from briefing.compose.house import House
from briefing.document.tree import Document
from briefing.schema.references import identified
from briefing.schema.validate import validate
from tests.document.sample import picture

VALUES: Final[dict[str, Any]] = {
    "title": "Deposits on bottles",
    "date": "2026-09-21",
    "reference": "ENV/14",
    "series": {"title": "Waste weekly", "number": "6", "period": {"start": "2026-09-14", "end": "2026-09-21"}, "next": "2026-09-28"},
    "status": "draft",
    "version": "0.3",
    "updated": "2026-09-20",
    "office": {"name": "Department", "unit": "Waste", "address": "2 Quay Street", "web": "https://example.org/waste", "logo": "logo.png"},
    "authors": ["Ann Bell"],
    "audience": ["The Minister"],
    "copy_to": [{"name": "Bo Hall", "role": "Legal"}],
    "contacts": [{"name": "Ann Bell", "email": "ann@example.org", "telephone": "555 0100"}, "Duty officer"],
    "handling": {"marking": "OFFICIAL", "caveat": "Not for release."},
    "embargo": {"until": "2026-09-25", "note": "at noon"},
    "abbreviations": [{"short": "DRS", "long": "deposit return scheme"}, {"short": "EPA", "long": "Environmental Protection Agency"}],
    "abbreviations_list": "true",
    "summary": "DRS rules change [@memo]. An EPA study agrees[^n].\n\n[^n]: The EPA's own.",
    "background": "The DRS works.",
    "sources": [{"id": "memo", "title": "Memo on the DRS"}],
    "imprint": {
        "copyright": "© 2026 Department",
        "licence": "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)",
        "disclaimer": "Our own views.",
        "acknowledgements": "We thank:\n\n- Ann,\n- Bo.",
        "identifier": "ISSN 1234-5679",
    },
}  # fmt: skip
"""Every key of front and end matter."""


def front_matter(house: House | None = None, **values: Any) -> Document:
    """The document of `VALUES` and `values`, of which None takes a key away, with a logo."""
    given = {key: value for key, value in {**VALUES, **values}.items() if value is not None}
    return resolve(identified(validate(given)), {}, house=replace(house or House(), logo=picture()))
